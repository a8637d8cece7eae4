package dev.durablecheckout.api.auth;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.durablecheckout.activities.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Tokens for addresses: they let a browser, which has no API key, see one thing until they expire.
 * What is signed for one purpose opens nothing of another.
 */
public final class SignedTokens {
  private static final BaseEncoding BASE64 = BaseEncoding.base64Url().omitPadding();

  private final HashFunction hmac;

  public SignedTokens(Secret secret) {
    this.hmac = Hashing.hmacSha256(secret.reveal().getBytes(StandardCharsets.UTF_8));
  }

  /** What a token stands for. */
  public record Token(String subject, Instant expires) {
    public boolean isExpired(Instant now) {
      return !now.isBefore(expires);
    }
  }

  /** The same for the same things, in every process; whole seconds count. */
  public String of(String purpose, String subject, Instant expires) {
    byte[] payload = (subject + ":" + expires.getEpochSecond()).getBytes(StandardCharsets.UTF_8);
    return BASE64.encode(payload) + "." + BASE64.encode(sign(purpose, payload));
  }

  /** What a token stands for, expired or not; empty if it was not signed here for this. */
  public Optional<Token> read(String purpose, String token) {
    int dot = token.indexOf('.');
    if (dot < 0
        || !BASE64.canDecode(token.substring(0, dot))
        || !BASE64.canDecode(token.substring(dot + 1))) {
      return Optional.empty();
    }
    byte[] payload = BASE64.decode(token.substring(0, dot));
    if (!MessageDigest.isEqual(sign(purpose, payload), BASE64.decode(token.substring(dot + 1)))) {
      return Optional.empty();
    }
    return Optional.of(parse(new String(payload, StandardCharsets.UTF_8)));
  }

  private static Token parse(String signed) {
    int colon = signed.lastIndexOf(':');
    try {
      return new Token(
          signed.substring(0, colon),
          Instant.ofEpochSecond(Long.parseLong(signed.substring(colon + 1))));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalStateException("signed here, yet not of our form", e);
    }
  }

  /**
   * @param purpose keeps what is signed for one use apart from any other
   */
  public byte[] sign(String purpose, byte[] payload) {
    return hmac.newHasher()
        .putString(purpose, StandardCharsets.UTF_8)
        .putBytes(payload)
        .hash()
        .asBytes();
  }
}
