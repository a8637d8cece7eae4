package dev.durablecheckout.workflows.withdrawal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A channel's definite answer to a payout, compared with what was asked for.
 *
 * @param payoutNo the channel's number of it
 * @param at when it was paid, returned or cancelled
 * @param fee what the channel took for it, where it says
 * @param refusal why it was not paid: REFUSED, NOT_NOW, and RETURNED where the channel says
 * @param confirmation AWAITING_BUYER: what the buyer confirms with; a query may not have it
 */
public record PayoutResult(
    State state,
    @Nullable String payoutNo,
    @Nullable Instant at,
    @Nullable Money fee,
    @Nullable Refusal refusal,
    @Nullable PayoutConfirmation confirmation) {
  /** Where a payout stands at the channel. */
  public enum State {
    /**
     * Only of a query: the channel has nothing under this number. Not the same as refused: what was
     * sent may still be on its way. The same payout is sent again, unchanged; but not once the
     * channel may have forgotten it ({@link
     * dev.durablecheckout.workflows.payment.Channel#remembersPayouts}).
     */
    NOT_CREATED,
    /** The channel has it, and will say later how it ended. */
    PROCESSING,
    /** Nothing is paid before the buyer confirms, within a day. */
    AWAITING_BUYER,
    /** Paid. A bank can still send it back: RETURNED. */
    SUCCEEDED,
    /**
     * Not paid, for a reason that passes: the merchant's balance, a limit of the day. The same
     * payout may be sent again later; until it is, nothing is paid.
     */
    NOT_NOW,
    /** Not paid, and never will be under this number. Final. */
    REFUSED,
    /** Not paid: taken back before the buyer confirmed. Final. */
    CANCELLED,
    /** Was paid and came back whole. Final. */
    RETURNED
  }

  /** Whether the channel will never say anything else. */
  @JsonIgnore
  public boolean isFinal() {
    return switch (state) {
      case REFUSED, CANCELLED, RETURNED -> true;
      case NOT_CREATED, PROCESSING, AWAITING_BUYER, SUCCEEDED, NOT_NOW -> false;
    };
  }

  public static PayoutResult notCreated() {
    return new PayoutResult(State.NOT_CREATED, null, null, null, null, null);
  }

  public static PayoutResult processing(@Nullable String payoutNo) {
    return new PayoutResult(State.PROCESSING, payoutNo, null, null, null, null);
  }

  public static PayoutResult awaitingBuyer(
      @Nullable String payoutNo, @Nullable PayoutConfirmation confirmation) {
    return new PayoutResult(State.AWAITING_BUYER, payoutNo, null, null, null, confirmation);
  }

  public static PayoutResult succeeded(@Nullable String payoutNo, Instant at, @Nullable Money fee) {
    return new PayoutResult(State.SUCCEEDED, payoutNo, at, fee, null, null);
  }

  public static PayoutResult notNow(Refusal refusal) {
    return new PayoutResult(State.NOT_NOW, null, null, null, refusal, null);
  }

  public static PayoutResult refused(@Nullable String payoutNo, Refusal refusal) {
    return new PayoutResult(State.REFUSED, payoutNo, null, null, refusal, null);
  }

  public static PayoutResult cancelled(@Nullable String payoutNo, Instant at) {
    return new PayoutResult(State.CANCELLED, payoutNo, at, null, null, null);
  }

  public static PayoutResult returned(
      @Nullable String payoutNo, Instant at, @Nullable Refusal refusal) {
    return new PayoutResult(State.RETURNED, payoutNo, at, null, refusal, null);
  }
}
