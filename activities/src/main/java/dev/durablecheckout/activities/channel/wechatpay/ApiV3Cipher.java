package dev.durablecheckout.activities.channel.wechatpay;

import static com.google.common.base.Preconditions.checkArgument;

import com.wechat.pay.java.core.cipher.AeadAesCipher;
import com.wechat.pay.java.core.cipher.AeadCipher;
import com.wechat.pay.java.core.exception.DecryptionException;
import dev.durablecheckout.activities.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Opens what WeChat Pay encrypts with the merchant's API v3 key: notifies and certificates. */
final class ApiV3Cipher {
  private static final int KEY_BYTES = 32;
  private static final String ALGORITHM = "AEAD_AES_256_GCM";

  private final AeadCipher cipher;

  /**
   * @throws IllegalArgumentException if the key is missing or not of 32 bytes
   */
  ApiV3Cipher(WechatPayConfiguration configuration) {
    Secret key = configuration.apiV3Key();
    byte[] bytes = key == null ? new byte[0] : key.reveal().getBytes(StandardCharsets.UTF_8);
    checkArgument(bytes.length == KEY_BYTES, "api_v3_key must have %s bytes", KEY_BYTES);
    cipher = new AeadAesCipher(bytes);
  }

  /**
   * The text inside a {@code resource} or an {@code encrypt_certificate}.
   *
   * @throws IllegalArgumentException if it is not one, was made with another key, or was changed
   */
  String open(WechatPayMessage sealed) {
    checkArgument(ALGORITHM.equals(sealed.required("algorithm")), "another algorithm");
    byte[] associatedData =
        sealed.text("associated_data").orElse("").getBytes(StandardCharsets.UTF_8);
    byte[] nonce = sealed.required("nonce").getBytes(StandardCharsets.UTF_8);
    try {
      return cipher.decrypt(
          associatedData, nonce, Base64.getDecoder().decode(sealed.required("ciphertext")));
    } catch (DecryptionException e) {
      throw new IllegalArgumentException("it is not sealed with this account's api_v3_key");
    }
  }
}
