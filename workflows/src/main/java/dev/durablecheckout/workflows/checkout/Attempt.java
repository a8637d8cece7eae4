package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.payment.ChannelActivities;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayOrderClosing;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.Payer;
import dev.durablecheckout.workflows.payment.PayerIdentity;
import dev.durablecheckout.workflows.payment.PaymentView;
import dev.durablecheckout.workflows.payment.PersistentCalls;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.temporal.ActivityPolicies;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One pay order inside its checkout. It is created at the channel and polled in a thread of its
 * own, which only reports; what a report means is decided by the checkout.
 */
final class Attempt {
  private static final Duration AT_LEAST = Duration.ofSeconds(1);

  /** How long a buyer who switches waits for the channel that is left behind. */
  private static final Duration CLOSE_PROMPTLY = Duration.ofSeconds(10);

  private PayOrder payOrder;
  private final Functions.Proc1<TradeResult> found;
  private final Functions.Proc1<String> trouble;

  private PayOrderStatus status;

  /** Whether the books know that nobody has to look again, once it is CLOSED. */
  private boolean deadInBooks;

  private @Nullable PayCredential credential;
  private @Nullable Refusal refusal;
  private boolean gaveUpCreating;
  private boolean paymentSeen;
  private boolean mismatchSeen;
  private @Nullable Promise<CloseResult> closing;
  private boolean closeSlow;
  private @Nullable Instant closeAnswered;

  /**
   * @param found called when a poll has found the trade paid or closed
   * @param trouble called when the channel has not answered for long
   */
  Attempt(
      PayOrder payOrder,
      PayOrderStatus status,
      Functions.Proc1<TradeResult> found,
      Functions.Proc1<String> trouble) {
    this.payOrder = payOrder;
    this.status = status;
    this.found = found;
    this.trouble = trouble;
    this.paymentSeen = status == PayOrderStatus.SUCCEEDED;
  }

  /** Creates the trade at the channel and polls it, in the background. */
  void begin() {
    Async.procedure(this::createAndPoll);
  }

  /**
   * As {@link #begin}, for a pay order that was begun before: it may be paid by now, so the channel
   * is asked first. The credential was lost with whoever had it; the same number gets another.
   */
  private void resume() {
    Async.procedure(this::lookAndGoOn);
  }

  private void lookAndGoOn() {
    TradeResult trade = queryUntilAnswered();
    if (status != PayOrderStatus.PAYING) {
      return;
    }
    if (trade.state() == TradeState.PAID) {
      found.apply(trade);
    } else if (trade.state() == TradeState.UNPAID && lacksPayer()) {
      // It can still be paid on the phone that has the credential, and by nobody else.
      credential = PayCredential.none();
      poll();
    } else {
      createAndPoll();
    }
  }

  /** The books keep no codes that are good once. */
  private boolean lacksPayer() {
    Payer payer = payOrder.payer();
    return switch (payOrder.method()) {
      case JSAPI, MINI_PROGRAM ->
          payer == null || (payer.openid() == null && payer.loginCode() == null);
      case QR, PAGE, WAP, APP, BARCODE, H5, BALANCE -> false;
    };
  }

  /** Goes on from what the books say of it. */
  void takeUp(PayOrderRecord record, boolean isAwaited, boolean isKnown) {
    deadInBooks = status == PayOrderStatus.CLOSED && !Boolean.TRUE.equals(record.watched());
    if (status == PayOrderStatus.CLOSED && !deadInBooks) {
      // Closed by a workflow that is gone, and that did not see it to its end at the channel.
      Promise<CloseResult> unused = close();
    } else if (status == PayOrderStatus.PAYING && isAwaited) {
      if (isKnown) {
        resume();
      } else {
        begin();
      }
    }
  }

  /** Follows the books, which have come further. */
  void follow(PayOrderRecord record) {
    if (record.status() == PayOrderStatus.SUCCEEDED) {
      paymentSeen();
      become(PayOrderStatus.SUCCEEDED);
    } else if (status == PayOrderStatus.PAYING && record.status() == PayOrderStatus.CLOSED) {
      become(PayOrderStatus.CLOSED);
      Promise<CloseResult> unused = close();
    }
  }

  private void createAndPoll() {
    PrepayResult result = create();
    gaveUpCreating = result == null;
    if (result == null) {
      return;
    }
    if (result.trade() != null) {
      found.apply(result.trade());
      return;
    }
    refusal = result.refusal();
    credential = result.credential();
    if (credential != null && status == PayOrderStatus.PAYING) {
      poll();
    }
  }

  private void poll() {
    found.apply(
        ActivityPolicies.polling(payOrder.channel(), "has " + payOrder.outTradeNo() + " been paid?")
            .awaitPayment(payOrder));
  }

  /**
   * Absent if the channel did not answer while the answer was of use; the close finds out what
   * exists there.
   */
  private @Nullable PrepayResult create() {
    while (status == PayOrderStatus.PAYING && now().isBefore(payOrder.timeExpire())) {
      Duration patience = patienceToCreate();
      String summary = "create " + payOrder.outTradeNo();
      try {
        ChannelActivities channel = ActivityPolicies.channel(payOrder.channel(), patience, summary);
        Refusal unknownPayer = identifyPayer(channel);
        return unknownPayer == null ? channel.prepay(payOrder) : PrepayResult.refused(unknownPayer);
      } catch (ActivityFailure e) {
        if (status == PayOrderStatus.PAYING) {
          trouble.apply(summary + " has had no usable answer for " + patience.toSeconds() + " s");
        }
      }
    }
    return null;
  }

  private @Nullable Refusal identifyPayer(ChannelActivities channel) {
    if (payOrder.choice().openLoginCode() == null) {
      return null;
    }
    PayerIdentity identity = channel.identify(payOrder.checkoutId(), payOrder.choice());
    if (identity.openid() != null) {
      payOrder = payOrder.by(Payer.ofOpenid(identity.openid()));
    }
    return identity.refusal();
  }

  private Duration patienceToCreate() {
    Duration left = Duration.between(now(), payOrder.timeExpire());
    if (left.compareTo(ActivityPolicies.PATIENCE) > 0) {
      return ActivityPolicies.PATIENCE;
    }
    return left.compareTo(AT_LEAST) < 0 ? AT_LEAST : left;
  }

  /** Closes the trade at the channel, until it is known what that came to; begun once. */
  Promise<CloseResult> close() {
    if (closing == null) {
      closing = Async.function(this::closeUntilAnswered);
    }
    return closing;
  }

  /** Forgets an answered close, so that {@link #close} asks again. */
  void closeAgain() {
    closing = null;
  }

  private CloseResult closeUntilAnswered() {
    String summary = "close " + payOrder.outTradeNo();
    CloseResult result;
    try {
      result =
          ActivityPolicies.channel(payOrder.channel(), CLOSE_PROMPTLY, summary).close(payOrder);
    } catch (ActivityFailure e) {
      if (Workflow.getVersion("close promptly", Workflow.DEFAULT_VERSION, 1)
          == Workflow.DEFAULT_VERSION) {
        // Before, the first round took as long as the others, and a switch waited for it.
        PersistentCalls.tellAndPause(summary, trouble);
      }
      closeSlow = true;
      result =
          PersistentCalls.untilAnswered(
              payOrder.channel(), summary, channel -> channel.close(payOrder), trouble);
    }
    closeAnswered = now();
    if (status == PayOrderStatus.CLOSED && result.trade() != null) {
      // It was given up before the channel answered; nobody else looks at the answer.
      found.apply(result.trade());
    }
    return result;
  }

  /** Whether the channel has not answered a close for so long that a buyer cannot wait for it. */
  boolean isCloseSlow() {
    return closeSlow;
  }

  /** What the channel says of the trade, however long it takes to say something. */
  TradeResult queryUntilAnswered() {
    return PersistentCalls.untilAnswered(
        payOrder.channel(),
        "query " + payOrder.outTradeNo(),
        channel -> channel.query(payOrder),
        trouble);
  }

  /**
   * Whether this pay order's last word from the channel leaves it payable: it was never closed
   * there, or (never created) could not be, and nobody has looked since its expiry.
   */
  boolean mayStillBePaid(Duration grace) {
    if (paymentSeen
        || mismatchSeen
        || status == PayOrderStatus.FAILED
        || status == PayOrderStatus.SUCCEEDED) {
      return false;
    }
    if (closing == null || !closing.isCompleted()) {
      return status == PayOrderStatus.PAYING || closing != null;
    }
    return closing.get().outcome() == CloseResult.Outcome.NOT_CREATED
        && closeAnswered != null
        && closeAnswered.isBefore(deadAt(grace));
  }

  /** The close as the books are to know it. */
  PayOrderClosing closing(CloseResult.@Nullable Outcome outcome, Duration grace) {
    deadInBooks = outcome != null && !mayStillBePaid(grace);
    return new PayOrderClosing(payOrder.outTradeNo(), outcome, deadInBooks);
  }

  /** Whether the books would have somebody look again, though there is no need any more. */
  boolean isUnburied() {
    return status == PayOrderStatus.CLOSED && !deadInBooks;
  }

  /** When a trade that was never created at the channel cannot be created any more. */
  Instant deadAt(Duration grace) {
    return payOrder.timeExpire().plus(grace);
  }

  boolean serves(PayChoice choice) {
    return status == PayOrderStatus.PAYING
        && refusal == null
        && !Boolean.TRUE.equals(choice.afresh())
        && choice.isServedBy(choice());
  }

  PayChoice choice() {
    return payOrder.choice();
  }

  boolean isAnswered() {
    return credential != null || gaveUpCreating || mismatchSeen || status != PayOrderStatus.PAYING;
  }

  /** A refusal that the books do not know yet. */
  @Nullable Refusal newRefusal() {
    return status == PayOrderStatus.PAYING ? refusal : null;
  }

  boolean isPaying() {
    return status == PayOrderStatus.PAYING;
  }

  boolean isPaymentSeen() {
    return paymentSeen;
  }

  /**
   * Whether a payment that the channel reports has not been dealt with yet: booked, or called out
   * as wrong.
   */
  boolean isNews(TradeResult trade) {
    return !paymentSeen && (payOrder.agreesWith(trade) || !mismatchSeen);
  }

  void mismatchSeen() {
    mismatchSeen = true;
  }

  void paymentSeen() {
    paymentSeen = true;
  }

  void become(PayOrderStatus next) {
    status = next;
  }

  PayOrder payOrder() {
    return payOrder;
  }

  PaymentView view() {
    return new PaymentView(
        payOrder.outTradeNo(),
        payOrder.channel(),
        payOrder.method(),
        status,
        payOrder.timeExpire(),
        status == PayOrderStatus.PAYING ? credential : null,
        refusal);
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
