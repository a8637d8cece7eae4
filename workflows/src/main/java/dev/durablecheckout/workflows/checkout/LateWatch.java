package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.PayOrderClosing;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Sees a pay order that could still be paid, after its checkout has ended, to its own end at the
 * channel: closed there, or, where the channel never heard of it, looked for once more when nobody
 * can pay it any longer.
 */
final class LateWatch {
  private final Attempt attempt;
  private final CheckoutBooks books;
  private final CheckoutPolicy policy;
  private final Functions.Proc2<TradeResult, PaySource> heard;

  /**
   * @param heard called with each state of the trade that the channel tells
   */
  LateWatch(
      Attempt attempt,
      CheckoutBooks books,
      CheckoutPolicy policy,
      Functions.Proc2<TradeResult, PaySource> heard) {
    this.attempt = attempt;
    this.books = books;
    this.policy = policy;
    this.heard = heard;
  }

  /** Returns when no money can come any more, or has come. */
  void run() {
    CloseResult result = attempt.close().get();
    report(result);
    if (attempt.isPaying()) {
      books.recordPayOrderClosed(
          new PayOrderClosing(attempt.payOrder().outTradeNo(), result.outcome()));
      attempt.become(PayOrderStatus.CLOSED);
    }
    if (result.outcome() == CloseResult.Outcome.NOT_CREATED) {
      Promise<Void> dead = deadTimer();
      Workflow.await(() -> dead.isCompleted() || attempt.isPaymentSeen());
      if (!attempt.isPaymentSeen()) {
        lookOnceMore();
      }
    }
  }

  private Promise<Void> deadTimer() {
    Duration left =
        Duration.ofMillis(
            attempt.deadAt(policy.lateGrace()).toEpochMilli() - Workflow.currentTimeMillis());
    return Workflow.newTimer(
        left.isNegative() ? Duration.ZERO : left,
        TimerOptions.newBuilder()
            .setSummary("look once more at " + attempt.payOrder().outTradeNo())
            .build());
  }

  private void lookOnceMore() {
    TradeResult trade = attempt.queryUntilAnswered();
    if (trade.state() == TradeState.UNPAID) {
      attempt.closeAgain();
      report(attempt.close().get());
    } else {
      heard.apply(trade, PaySource.QUERY);
    }
  }

  private void report(CloseResult result) {
    if (result.trade() != null) {
      heard.apply(result.trade(), PaySource.CLOSE);
    }
  }
}
