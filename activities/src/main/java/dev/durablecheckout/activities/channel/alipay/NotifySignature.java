package dev.durablecheckout.activities.channel.alipay;

import java.nio.charset.Charset;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Alipay's signature on a notify, rule V1: {@code sign}, {@code sign_type} and empty parameters are
 * left out, the rest is sorted by name, joined as {@code name=value&...} and signed with RSA2
 * (SHA256withRSA) in the message's charset.
 */
final class NotifySignature {
  private static final String SIGN = "sign";
  private static final String SIGN_TYPE = "sign_type";
  private static final String RSA2 = "RSA2";

  private final PublicKey alipayKey;

  NotifySignature(PublicKey alipayKey) {
    this.alipayKey = alipayKey;
  }

  /** Whether Alipay signed exactly these parameters. Garbage is not an error, it is false. */
  boolean fits(SortedMap<String, String> parameters, Charset charset) {
    return fits(parameters, charset, false);
  }

  /**
   * The same for a message to the application, by either rule: V2 differs in that it signs the
   * {@code sign_type} too, and Alipay does not say which of the two such messages follow.
   */
  boolean fitsMessage(SortedMap<String, String> parameters, Charset charset) {
    return fits(parameters, charset, false) || fits(parameters, charset, true);
  }

  private boolean fits(
      SortedMap<String, String> parameters, Charset charset, boolean withSignType) {
    String sign = parameters.get(SIGN);
    if (sign == null || !RSA2.equals(parameters.get(SIGN_TYPE))) {
      return false;
    }
    String content =
        parameters.entrySet().stream()
            .filter(parameter -> !parameter.getKey().equals(SIGN))
            .filter(parameter -> withSignType || !parameter.getKey().equals(SIGN_TYPE))
            .filter(parameter -> !parameter.getValue().isEmpty())
            .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining("&"));
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(alipayKey);
      verifier.update(content.getBytes(charset));
      return verifier.verify(Base64.getDecoder().decode(sign));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Not base64, or not as long as a signature by this key is.
      return false;
    }
  }
}
