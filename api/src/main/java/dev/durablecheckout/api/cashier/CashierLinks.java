package dev.durablecheckout.api.cashier;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
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

  private static final String PURPOSE = "cashier-link-1:";

  /** What a link stands for. */
  record Link(CheckoutId checkoutId, Instant expires) {
    boolean isExpired(Instant now) {
      return !now.isBefore(expires);
    }
  }

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

  /** The address of the page that a token opens. */
  String page(String token) {
    return publicUrl.resolve("cashier/" + token).toString();
  }

  /** The address of a checkout's cashier page. */
  public String url(CheckoutId id, Instant deadline) {
    long expires = deadline.plus(lifetime).getEpochSecond();
    byte[] payload = (id.value() + ":" + expires).getBytes(StandardCharsets.UTF_8);
    return page(BASE64.encode(payload) + "." + BASE64.encode(sign(PURPOSE, payload)));
  }

  /**
   * The checkout whose page a token opens now.
   *
   * @throws ProblemException if the token was not signed here, or has expired
   */
  CheckoutId open(String token, Instant now) {
    Link link =
        read(token)
            .orElseThrow(
                () -> ProblemException.of(ProblemCode.NOT_FOUND, "the link is not one of ours"));
    if (link.isExpired(now)) {
      throw ProblemException.of(ProblemCode.LINK_EXPIRED, "the link has expired");
    }
    return link.checkoutId();
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
    if (!MessageDigest.isEqual(sign(PURPOSE, payload), BASE64.decode(token.substring(dot + 1)))) {
      return Optional.empty();
    }
    return Optional.of(link(new String(payload, StandardCharsets.UTF_8)));
  }

  /**
   * @param purpose keeps what is signed for one use apart from any other
   */
  byte[] sign(String purpose, byte[] payload) {
    return hmac.newHasher()
        .putString(purpose, StandardCharsets.UTF_8)
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
