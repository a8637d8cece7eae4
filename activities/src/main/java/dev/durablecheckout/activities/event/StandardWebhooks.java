package dev.durablecheckout.activities.event;

import static com.google.common.base.Preconditions.checkArgument;

import dev.durablecheckout.activities.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures by the Standard Webhooks scheme, version v1: HMAC-SHA256 over {@code
 * id.timestamp.body}. Senders sign with it; receivers written in Java can verify with it.
 */
public final class StandardWebhooks {
  public static final String ID_HEADER = "webhook-id";
  public static final String TIMESTAMP_HEADER = "webhook-timestamp";
  public static final String SIGNATURE_HEADER = "webhook-signature";

  /** How far the timestamp of a message may be from the receiver's clock. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String SECRET_PREFIX = "whsec_";
  private static final String VERSION_PREFIX = "v1,";
  private static final String HMAC = "HmacSHA256";

  private StandardWebhooks() {}

  /**
   * The value of the signature header.
   *
   * @param timestamp of this attempt, cut to the second
   * @param secret {@code whsec_} and base64
   * @throws IllegalArgumentException if the secret is not of that form
   */
  public static String sign(String id, Instant timestamp, String body, Secret secret) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key(secret), HMAC));
      String content = id + "." + timestamp.getEpochSecond() + "." + body;
      return VERSION_PREFIX
          + Base64.getEncoder()
              .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static byte[] key(Secret secret) {
    String text = secret.reveal();
    checkArgument(
        text.startsWith(SECRET_PREFIX) && text.length() > SECRET_PREFIX.length(),
        "an event secret is whsec_ and base64");
    try {
      return Base64.getDecoder().decode(text.substring(SECRET_PREFIX.length()));
    } catch (IllegalArgumentException e) {
      // Not with the cause: its message holds a character of the secret.
      throw new IllegalArgumentException("an event secret is whsec_ and base64");
    }
  }

  /**
   * Whether a message with these header values is the sender's, and not an old one sent again.
   *
   * @param signatures one or more, separated by blanks; one that fits is enough
   */
  public static boolean verify(
      String id, String timestamp, String signatures, String body, Secret secret, Instant now) {
    Instant sent;
    try {
      sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
    } catch (NumberFormatException | DateTimeException e) {
      return false;
    }
    if (Duration.between(sent, now).abs().compareTo(TOLERANCE) > 0) {
      return false;
    }
    byte[] expected = sign(id, sent, body, secret).getBytes(StandardCharsets.UTF_8);
    boolean fits = false;
    for (String signature : signatures.split(" ", -1)) {
      fits |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
    }
    return fits;
  }
}
