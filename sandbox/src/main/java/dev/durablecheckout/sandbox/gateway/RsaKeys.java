package dev.durablecheckout.sandbox.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Cipher;

/** An RSA key pair that signs with SHA-256, the "RSA2" of Alipay. It does not print. */
public final class RsaKeys {
  private static final int BITS = 2048;
  private static final String SHA256_WITH_RSA = "SHA256withRSA";

  private final PrivateKey privateKey;
  private final PublicKey publicKey;

  private RsaKeys(PrivateKey privateKey, PublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  public static RsaKeys generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      KeyPair pair = generator.generateKeyPair();
      return new RsaKeys(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no RSA", e);
    }
  }

  /** Reads a private key (PKCS#8, base64); IllegalArgumentException if it is none. */
  public static RsaKeys ofPrivateKey(String base64) {
    try {
      KeyFactory factory = KeyFactory.getInstance("RSA");
      RSAPrivateCrtKey key =
          (RSAPrivateCrtKey)
              factory.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
      return new RsaKeys(
          key,
          factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())));
    } catch (InvalidKeySpecException e) {
      throw new IllegalArgumentException("not an RSA private key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no RSA", e);
    }
  }

  /** Whether this is a private key, PKCS#8 in base64. */
  public static boolean isPrivateKey(String base64) {
    try {
      ofPrivateKey(base64);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether this is a public key, X.509 in base64. */
  public static boolean isPublicKey(String base64) {
    try {
      readPublicKey(base64);
      return true;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static PublicKey readPublicKey(String base64) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA")
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  /** PKCS#8, base64 on one line. */
  public String privateKey() {
    return Base64.getEncoder().encodeToString(privateKey.getEncoded());
  }

  /** X.509, base64 on one line. */
  public String publicKey() {
    return Base64.getEncoder().encodeToString(publicKey.getEncoded());
  }

  /** The base64 signature of the text's UTF-8 bytes. */
  public String sign(String text) {
    return Base64.getEncoder().encodeToString(sign(text.getBytes(StandardCharsets.UTF_8)));
  }

  public byte[] sign(byte[] content) {
    try {
      Signature signature = Signature.getInstance(SHA256_WITH_RSA);
      signature.initSign(privateKey);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign", e);
    }
  }

  /**
   * What somebody has sealed for the owner of this key: RSA-OAEP with SHA-1, base64.
   *
   * @throws IllegalArgumentException if it was not sealed for this key
   */
  public String open(String sealedBase64) {
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
      cipher.init(Cipher.DECRYPT_MODE, privateKey);
      return new String(
          cipher.doFinal(Base64.getDecoder().decode(sealedBase64)), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not sealed for this key", e);
    }
  }

  /** Whether the signature is of this text by the owner of this public key. */
  public static boolean verifies(String publicKeyBase64, String text, String signatureBase64) {
    try {
      Signature signature = Signature.getInstance(SHA256_WITH_RSA);
      signature.initVerify(readPublicKey(publicKeyBase64));
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.verify(Base64.getDecoder().decode(signatureBase64));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // A signature that is no base64 or has the wrong length is a wrong signature.
      return false;
    }
  }
}
