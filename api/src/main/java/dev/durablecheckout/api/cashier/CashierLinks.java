package dev.durablecheckout.api.cashier;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Signs the links that let a buyer see one checkout. The same checkout has the same link in every
 * process, so that a repeated request is answered the same.
 */
public final class CashierLinks {
  private static final BaseEncoding BASE64 = BaseEncoding.base64Url().omitPadding();

  /** Keeps these signatures apart from any other use of the same key. */
  private static final String PURPOSE = "cashier-link-1:";

  /** What a link stands for. */
  record Link(CheckoutId checkoutId, Instant expires) {}

  private final HashFunction hmac;
  private final URI publicUrl;
  private final Duration lifetime;

  /**
   * @param publicUrl where buyers and merchants reach this API, ending in a slash
   * @param lifetime how long a link lives after the checkout's deadline
   */
  public CashierLinks(URI publicUrl, Secret secret, Duration lifetime) {
    this.hmac = Hashing.hmacSha256(secret.reveal().getBytes(StandardCharsets.UTF_8));
    this.publicUrl = publicUrl;
    this.lifetime = lifetime;
  }

  public URI publicUrl() {
    return publicUrl;
  }

  /** The address of a checkout's cashier page. */
  public String url(CheckoutId id, Instant deadline) {
    long expires = deadline.plus(lifetime).getEpochSecond();
    byte[] payload = (id.value() + ":" + expires).getBytes(StandardCharsets.UTF_8);
    return publicUrl
        .resolve("cashier/" + BASE64.encode(payload) + "." + BASE64.encode(sign(payload)))
        .toString();
  }

  /** What a token stands for, expired or not; empty if it was not signed here. */
  Optional<Link> read(String token) {
    int dot = token.indexOf('.');
    if (dot < 0
        || !BASE64.canDecode(token.substring(0, dot))
        || !BASE64.canDecode(token.substring(dot + 1))) {
      return Optional.empty();
    }
    byte[] payload = BASE64.decode(token.substring(0, dot));
    if (!MessageDigest.isEqual(sign(payload), BASE64.decode(token.substring(dot + 1)))) {
      return Optional.empty();
    }
    return Optional.of(link(new String(payload, StandardCharsets.UTF_8)));
  }

  private byte[] sign(byte[] payload) {
    return hmac.newHasher()
        .putString(PURPOSE, StandardCharsets.UTF_8)
        .putBytes(payload)
        .hash()
        .asBytes();
  }

  private static Link link(String signed) {
    int colon = signed.lastIndexOf(':');
    try {
      return new Link(
          CheckoutId.parse(signed.substring(0, colon)),
          Instant.ofEpochSecond(Long.parseLong(signed.substring(colon + 1))));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalStateException("signed here, yet not of our form", e);
    }
  }
}
