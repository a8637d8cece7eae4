package dev.durablecheckout.activities.channel.wechatpay;

import static com.google.common.base.Preconditions.checkArgument;

import com.wechat.pay.java.core.cipher.RSASigner;
import com.wechat.pay.java.core.cipher.Signer;
import com.wechat.pay.java.core.util.PemUtil;
import dev.durablecheckout.activities.secret.Secret;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys and certificates of an account, once, at the start: a wrong one must not look like a
 * forged message later. No message of this class holds key material.
 */
final class WechatPayKeys {
  private WechatPayKeys() {}

  /**
   * Signs in the name of the merchant.
   *
   * @throws IllegalArgumentException naming the setting that is missing or cannot be read
   */
  static Signer merchantKey(WechatPayConfiguration configuration) {
    Secret privateKey = configuration.privateKey();
    String serialNo = configuration.merchantSerialNo();
    checkArgument(privateKey != null, "private_key is needed to make calls");
    checkArgument(serialNo != null, "merchant_serial_no is needed to make calls");
    checkArgument(serialNo.matches("[0-9A-Fa-f]{1,64}"), "merchant_serial_no is not in hex");
    return new RSASigner(
        serialNo, read("private_key", privateKey.reveal(), PemUtil::loadPrivateKeyFromString));
  }

  static PublicKey publicKey(String base64OrPem) {
    return read("public_key", base64OrPem, PemUtil::loadPublicKeyFromString);
  }

  static X509Certificate certificate(String pem) {
    return read("platform_certificates", pem, PemUtil::loadX509FromString);
  }

  /** A certificate's serial number as WeChat writes it: hex in upper case. */
  static String serial(X509Certificate certificate) {
    return certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
  }

  private static <T> T read(String setting, String text, Function<String, @Nullable T> reader) {
    T read;
    try {
      read = reader.apply(text);
    } catch (IllegalArgumentException e) {
      read = null;
    }
    checkArgument(read != null, "the setting %s of a WeChat Pay account cannot be read", setting);
    return read;
  }
}
