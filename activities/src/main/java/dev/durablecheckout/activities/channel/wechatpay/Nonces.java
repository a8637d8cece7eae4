package dev.durablecheckout.activities.channel.wechatpay;

import com.google.common.io.BaseEncoding;
import java.security.SecureRandom;
import java.util.function.Supplier;

/** Texts of 32 letters and digits, never the same twice. */
final class Nonces {
  private static final int BYTES = 16;

  private Nonces() {}

  static Supplier<String> random() {
    SecureRandom random = new SecureRandom();
    return () -> {
      byte[] bytes = new byte[BYTES];
      random.nextBytes(bytes);
      return BaseEncoding.base16().encode(bytes);
    };
  }
}
