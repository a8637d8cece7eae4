package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts with a merchant's API v3 key: AES-256-GCM. */
final class Seal {
  private static final int TAG_BITS = 128;
  private static final int NONCE_LENGTH = 12;

  private Seal() {}

  static ObjectNode of(String text, String associatedData, String apiV3Key, WechatNumbers numbers) {
    String nonce = numbers.letters(NONCE_LENGTH);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(apiV3Key.getBytes(StandardCharsets.UTF_8), "AES"),
          new GCMParameterSpec(TAG_BITS, nonce.getBytes(StandardCharsets.UTF_8)));
      cipher.updateAAD(associatedData.getBytes(StandardCharsets.UTF_8));
      byte[] sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Json.object()
          .put("algorithm", "AEAD_AES_256_GCM")
          .put("nonce", nonce)
          .put("associated_data", associatedData)
          .put("ciphertext", Base64.getEncoder().encodeToString(sealed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot seal", e);
    }
  }
}
