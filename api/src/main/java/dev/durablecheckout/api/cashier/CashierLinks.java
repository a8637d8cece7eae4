package dev.durablecheckout.api.cashier;

import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.api.auth.SignedTokens;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Signs the links that let a buyer see one checkout. The same checkout has the same link in every
 * process, so that a repeated request is answered the same.
 */
public final class CashierLinks {
  private static final String PURPOSE = "cashier-link-1:";

  /** What a link stands for. */
  record Link(CheckoutId checkoutId, Instant expires) {
    boolean isExpired(Instant now) {
      return !now.isBefore(expires);
    }
  }

  private final SignedTokens tokens;
  private final URI publicUrl;
  private final Duration lifetime;

  /**
   * @param publicUrl where buyers and merchants reach this API, ending in a slash
   * @param lifetime how long a link lives after the checkout's deadline
   */
  public CashierLinks(URI publicUrl, Secret secret, Duration lifetime) {
    this.tokens = new SignedTokens(secret);
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
    return page(tokens.of(PURPOSE, id.value(), deadline.plus(lifetime)));
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
    return tokens
        .read(PURPOSE, token)
        .map(signed -> new Link(CheckoutId.parse(signed.subject()), signed.expires()));
  }

  /**
   * @param purpose keeps what is signed for one use apart from any other
   */
  byte[] sign(String purpose, byte[] payload) {
    return tokens.sign(purpose, payload);
  }
}
