package dev.durablecheckout.activities.channel.alipay;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Key pairs made for this run, and plain JDK signatures with them. */
public final class TestKeys {
  static final KeyPair APP = generate();
  static final KeyPair ALIPAY = generate();

  private TestKeys() {}

  public static KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  public static String base64(java.security.Key key) {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  public static String sign(String content, Charset charset, PrivateKey key) {
    try {
      Signature signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(key);
      signer.update(content.getBytes(charset));
      return Base64.getEncoder().encodeToString(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether a request is signed as Alipay's gateway wants it: all but sign, sign_type included. */
  static boolean isSignedRequest(Map<String, String> parameters, PublicKey key) {
    Map<String, String> signed = new TreeMap<>(parameters);
    signed.remove("sign");
    String content =
        signed.entrySet().stream()
            .filter(parameter -> !parameter.getValue().isEmpty())
            .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining("&"));
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(key);
      verifier.update(content.getBytes(StandardCharsets.UTF_8));
      return verifier.verify(Base64.getDecoder().decode(parameters.get("sign")));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
