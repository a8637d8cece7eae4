package dev.durablecheckout.sandbox.contract.teabank;

import static com.google.common.base.Preconditions.checkArgument;

import dev.durablecheckout.activities.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The keys of an account, read once, at the start. No message of this class holds one. */
record TeaBankKeys(PublicKey bank, @Nullable PrivateKey merchant) {
  private static final String ED25519 = "Ed25519";

  /**
   * @throws IllegalArgumentException naming the setting that cannot be read
   */
  static TeaBankKeys of(TeaBankConfiguration configuration) {
    Secret secret = configuration.privateKey();
    try {
      return new TeaBankKeys(
          KeyFactory.getInstance(ED25519)
              .generatePublic(new X509EncodedKeySpec(base64(configuration.bankKey()))),
          secret == null
              ? null
              : KeyFactory.getInstance(ED25519)
                  .generatePrivate(new PKCS8EncodedKeySpec(base64(secret.reveal()))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException("bank_key or private_key cannot be read");
    }
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }

  String sign(String text) {
    checkArgument(merchant != null, "private_key is needed to make calls");
    try {
      Signature signature = Signature.getInstance(ED25519);
      signature.initSign(merchant);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no Ed25519");
    }
  }

  /** Whether the bank signed exactly these bytes. Garbage is not an error, it is false. */
  boolean isBanks(byte[] signed, String signature) {
    try {
      Signature verifier = Signature.getInstance(ED25519);
      verifier.initVerify(bank);
      verifier.update(signed);
      return verifier.verify(base64(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
