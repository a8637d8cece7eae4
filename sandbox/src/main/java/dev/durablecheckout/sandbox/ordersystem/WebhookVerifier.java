package dev.durablecheckout.sandbox.ordersystem;

import dev.durablecheckout.sandbox.http.Request;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies Standard Webhooks signatures: HMAC-SHA256 over {@code id.timestamp.body}. Written from
 * the scheme alone, so that a mistake of the sender's implementation is not repeated here.
 */
final class WebhookVerifier {
  private static final String SECRET_PREFIX = "whsec_";
  private static final String HMAC = "HmacSHA256";
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final SecretKeySpec key;
  private final Clock clock;

  /** IllegalArgumentException if the secret is not {@code whsec_} and base64. */
  WebhookVerifier(String secret, Clock clock) {
    if (!secret.startsWith(SECRET_PREFIX)) {
      throw new IllegalArgumentException("the secret does not begin with " + SECRET_PREFIX);
    }
    byte[] bytes = Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
    this.key = new SecretKeySpec(bytes, HMAC);
    this.clock = clock;
  }

  /** Whether one of the request's signatures is ours and the timestamp is of now. */
  boolean verifies(Request request) {
    String id = request.header("webhook-id").orElse("");
    String timestamp = request.header("webhook-timestamp").orElse("");
    if (id.isEmpty() || !timestamp.matches("[0-9]{1,12}") || !isOfNow(timestamp)) {
      return false;
    }
    byte[] expected = mac(id, timestamp, request.body());
    return Arrays.stream(request.header("webhook-signature").orElse("").split(" ", -1))
        .filter(each -> each.startsWith("v1,"))
        .anyMatch(each -> MessageDigest.isEqual(decoded(each.substring(3)), expected));
  }

  private boolean isOfNow(String timestamp) {
    Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
    return Duration.between(sent, clock.instant()).abs().compareTo(TOLERANCE) <= 0;
  }

  private byte[] mac(String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      ByteArrayOutputStream signed = new ByteArrayOutputStream();
      signed.writeBytes((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      signed.writeBytes(body);
      return mac.doFinal(signed.toByteArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + HMAC, e);
    }
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
