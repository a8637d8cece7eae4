package dev.durablecheckout.api.scene;

import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.PayoutActivities;
import dev.durablecheckout.workflows.withdrawal.PayoutConfirmation;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Alipay takes payouts on and says no more; WeChat wants them confirmed; a remark is refused. */
public final class ScriptedPayouts implements PayoutActivities {
  public static final String REFUSED = "refused by the channel";

  private final Map<String, PayoutResult> payouts = new ConcurrentHashMap<>();

  @Override
  public PayoutResult pay(Payout payout) {
    return payouts.computeIfAbsent(payout.no().value(), no -> begin(payout));
  }

  private static PayoutResult begin(Payout payout) {
    if (payout.remark().equals(REFUSED)) {
      return PayoutResult.refused(
          "P", new Refusal(Refusal.Code.BUYER_ACCOUNT, "PAYEE_NOT_EXIST", "no such account"));
    }
    return payout.channel() == Channel.WECHAT_PAY
        ? PayoutResult.awaitingBuyer("P", new PayoutConfirmation("mch", "wx1", "package"))
        : PayoutResult.processing("P");
  }

  @Override
  public PayoutResult query(Payout payout) {
    return payouts.getOrDefault(payout.no().value(), PayoutResult.notCreated());
  }

  @Override
  public PayoutResult awaitChange(Payout payout, PayoutResult.State from) {
    throw ApplicationFailure.newFailure("not yet", "NOT_CHANGED_YET");
  }

  @Override
  public PayoutResult cancel(Payout payout) {
    return payouts.computeIfPresent(
        payout.no().value(),
        (no, now) ->
            now.state() == PayoutResult.State.AWAITING_BUYER
                ? PayoutResult.cancelled("P", Instant.now())
                : now);
  }
}
