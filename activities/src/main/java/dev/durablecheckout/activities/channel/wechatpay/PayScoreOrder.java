package dev.durablecheckout.activities.channel.wechatpay;

import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult.State;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A service order as WeChat tells of it, the same in answers and notifies. Whose it is has to be
 * checked before.
 */
final class PayScoreOrder {
  /** The buyer's confirmation is the beginning; until then WeChat repeats what was asked for. */
  private static final String ON_ACCEPT = "OnAccept";

  private PayScoreOrder() {}

  /**
   * @throws IllegalArgumentException if it does not say, or says it in a way that is not known here
   */
  static ServiceOrderResult order(WechatPayMessage order) {
    State state = state(order);
    WechatPayMessage collection = order.object("collection");
    Optional<WechatPayMessage> payment =
        collection.objects("details").stream()
            .filter(detail -> detail.text("transaction_id").isPresent())
            .reduce((first, last) -> last);
    boolean settled = state == State.SETTLED;
    @Nullable Money paid = settled ? collection.fen("paid_amount").orElse(null) : null;
    return new ServiceOrderResult(
        state,
        order.text("order_id").orElse(null),
        startedAt(state, order).orElse(null),
        order.fen("total_amount").orElse(null),
        settled
            ? payment.flatMap(p -> p.text("transaction_id")).map(TradeNo::of).orElse(null)
            : null,
        paid,
        settled
            ? payment.flatMap(p -> p.text("paid_time")).map(PayScoreTimes::parse).orElse(null)
            : null);
  }

  private static Optional<Instant> startedAt(State state, WechatPayMessage order) {
    return switch (state) {
      case NOT_CREATED, CREATED, EXPIRED -> Optional.empty();
      case CONFIRMED, COLLECTING, SETTLED, CANCELLED ->
          order
              .object("time_range")
              .text("start_time")
              .filter(time -> !time.equals(ON_ACCEPT))
              .map(PayScoreTimes::parse);
    };
  }

  private static State state(WechatPayMessage order) {
    String state = order.required("state");
    return switch (state) {
      case "CREATED" -> State.CREATED;
      case "DOING" -> doing(order);
      case "DONE" -> State.SETTLED;
      case "REVOKED" -> State.CANCELLED;
      case "EXPIRED" -> State.EXPIRED;
      default -> throw new IllegalArgumentException("unknown state");
    };
  }

  private static State doing(WechatPayMessage order) {
    String description = order.required("state_description");
    return switch (description) {
      case "USER_CONFIRM" -> State.CONFIRMED;
      case "MCH_COMPLETE" ->
          order.object("collection").text("state").filter("USER_PAID"::equals).isPresent()
              ? State.SETTLED
              : State.COLLECTING;
      default -> throw new IllegalArgumentException("unknown state_description");
    };
  }
}
