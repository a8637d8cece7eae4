package dev.durablecheckout.workflows.payment;

import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a payment that arrived did for its checkout. */
public enum Settlement {
  /** It paid the checkout. At most one per checkout. */
  SETTLED,
  /** It came after the deadline or the close; it goes back. */
  LATE,
  /** The checkout was paid already; it goes back. */
  DUPLICATE;

  /**
   * The one rule of what a payment does for its checkout. A payment made before the deadline counts
   * however late we hear of it, as long as the checkout was not closed meanwhile; one made after
   * the deadline never counts.
   *
   * @param status the checkout's, under its lock
   * @param paidAt the channel's time of payment; absent if it did not say, which does not count
   *     against the buyer
   */
  public static Settlement of(CheckoutStatus status, Instant deadline, @Nullable Instant paidAt) {
    return switch (status) {
      case PAID -> DUPLICATE;
      case CLOSED -> LATE;
      case AWAITING_PAYMENT -> paidAt != null && paidAt.isAfter(deadline) ? LATE : SETTLED;
    };
  }
}
