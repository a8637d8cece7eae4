package dev.durablecheckout.api.notify;

import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.NotifiedRefund;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.VerifiedNotify;
import dev.durablecheckout.activities.channel.VerifiedPayment;
import dev.durablecheckout.activities.channel.VerifiedPayout;
import dev.durablecheckout.activities.channel.VerifiedServiceOrder;
import dev.durablecheckout.activities.notify.LoggedNotify;
import dev.durablecheckout.activities.notify.LoggedPayout;
import dev.durablecheckout.activities.notify.LoggedServiceOrder;
import dev.durablecheckout.activities.notify.NotifyLogDao;
import dev.durablecheckout.activities.notify.NotifyMessage;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.client.OutcomeUnknownException;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.PaymentNotified;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundNotified;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderNotified;
import dev.durablecheckout.workflows.withdrawal.PayoutNotified;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Takes in a notify. It is acknowledged only once it is durable: in the notify log, from where the
 * relay brings it on, or in Temporal, if the database is away. With neither, the channel must send
 * it again.
 */
public final class NotifyReceiver {
  private static final Logger log = LoggerFactory.getLogger(NotifyReceiver.class);

  /** What the channel is told. */
  enum Verdict {
    TAKEN,
    /** Not a message of the channel for this account. */
    INVALID,
    /** Neither the books nor Temporal could take it. */
    NOT_DURABLE
  }

  private final NotifyLogDao notifyLog;
  private final NotifyDelivery delivery;

  public NotifyReceiver(NotifyLogDao notifyLog, NotifyDelivery delivery) {
    this.notifyLog = notifyLog;
    this.delivery = delivery;
  }

  Verdict receive(NotifyMessage message, NotifyVerifier verifier) {
    VerifiedNotify verified;
    try {
      verified = verifier.verify(message.rawBody(), message.headers());
    } catch (InvalidNotifyException e) {
      noteInvalid(message, e);
      return Verdict.INVALID;
    }
    if (verified instanceof VerifiedServiceOrder order) {
      return receive(message, order);
    }
    if (verified instanceof VerifiedPayout payout) {
      return receive(message, payout);
    }
    return receive(message, (VerifiedPayment) verified);
  }

  /**
   * News of a payout is durable in its workflow alone: the log keeps what was said, and nobody
   * relays it. What no workflow takes is not acknowledged, unless the books have ended by it: if it
   * is of a payout of ours, a withdrawal has to hear of it. That one which was put back is paid is
   * a person's to hear, and is not acknowledged while its workflow still runs, either.
   */
  private Verdict receive(NotifyMessage message, VerifiedPayout verified) {
    Optional<LoggedPayout> logged = noted(verified, () -> notifyLog.logVerified(message, verified));
    PayoutNotified notified =
        new PayoutNotified(
            logged.map(LoggedPayout::id).orElse(null),
            verified.notifyId(),
            verified.amount(),
            verified.payout());
    boolean paidTwice =
        logged.filter(known -> known.isPaidAfterItWasPutBack(verified.payout())).isPresent();
    try {
      if ((!paidTwice && delivery.deliver(verified.no(), notified))
          || logged.filter(known -> known.hasEndedBy(verified.payout())).isPresent()) {
        return Verdict.TAKEN;
      }
      log.warn(
          "a notify {} to {} says that the payout {} is {}, and no workflow can take it: it is {} here",
          verified.notifyId(),
          message.merchant(),
          verified.no(),
          verified.payout().state(),
          logged.map(LoggedPayout::status).map(Enum::name).orElse("not known"));
    } catch (OutcomeUnknownException | JdbiException e) {
      log.warn("a notify of payout {} did not reach Temporal: {}", verified.no(), e.getMessage());
    }
    return Verdict.NOT_DURABLE;
  }

  private Verdict receive(NotifyMessage message, VerifiedPayment verified) {
    Optional<LoggedNotify> logged = noted(verified, () -> notifyLog.logVerified(message, verified));
    NotifiedRefund refund = verified.refund();
    boolean delivered =
        refund == null
            ? deliver(message, verified, logged.orElse(null))
            : deliver(message, verified, refund, logged.orElse(null));
    return delivered || logged.isPresent() ? Verdict.TAKEN : Verdict.NOT_DURABLE;
  }

  private Verdict receive(NotifyMessage message, VerifiedServiceOrder verified) {
    Optional<LoggedServiceOrder> logged =
        noted(verified, () -> notifyLog.logVerified(message, verified));
    boolean delivered = deliver(message, verified, logged.orElse(null));
    return delivered || logged.isPresent() ? Verdict.TAKEN : Verdict.NOT_DURABLE;
  }

  private boolean deliver(
      NotifyMessage message, VerifiedServiceOrder verified, @Nullable LoggedServiceOrder logged) {
    ServiceOrderId id = verified.id();
    if (logged != null && logged.serviceOrderId() != null) {
      id = logged.serviceOrderId();
    }
    if (id == null || !id.merchant().equals(message.merchant())) {
      log.warn(
          "a notify {} to {} is about {}, which is no service order of theirs",
          verified.notifyId(),
          message.merchant(),
          verified.outOrderNo());
      return false;
    }
    try {
      return delivery.deliver(
          id,
          new ServiceOrderNotified(
              logged == null ? null : logged.id(), verified.notifyId(), verified.order()));
    } catch (OutcomeUnknownException e) {
      log.warn("a notify of {} did not reach Temporal: {}", id, e.getMessage());
      return false;
    }
  }

  private boolean deliver(
      NotifyMessage message, VerifiedPayment verified, @Nullable LoggedNotify logged) {
    CheckoutId id = verified.checkoutId();
    if (logged != null && logged.checkoutId() != null) {
      id = logged.checkoutId();
    }
    if (id == null || !id.merchant().equals(message.merchant())) {
      // Nobody's number, or one of another merchant, whose checkout this account's money must not
      // pay. The log keeps it; no workflow would know what to do with it.
      log.warn(
          "a notify {} to {} is about {}, which is no pay order of theirs",
          verified.notifyId(),
          message.merchant(),
          verified.trade().outTradeNo());
      return false;
    }
    PaymentNotified notified =
        new PaymentNotified(
            logged == null ? null : logged.id(), verified.notifyId(), verified.trade());
    boolean booked = logged != null && logged.payOrderStatus() == PayOrderStatus.SUCCEEDED;
    try {
      return delivery.deliver(id, notified, booked);
    } catch (OutcomeUnknownException e) {
      log.warn("a notify of {} did not reach Temporal: {}", id, e.getMessage());
      return false;
    }
  }

  /**
   * A refund of ours is woken. One that was made in the channel's console is kept in the log, and
   * in the checkout's timeline; if it tells when the payment was made, it is as good as the
   * payment's own notify.
   */
  private boolean deliver(
      NotifyMessage message,
      VerifiedPayment verified,
      NotifiedRefund refund,
      @Nullable LoggedNotify logged) {
    OutRefundNo outRefundNo = refund.outRefundNo();
    if (outRefundNo != null && (logged == null || logged.refundKnown())) {
      RefundNotified notified =
          new RefundNotified(logged == null ? null : logged.id(), verified.notifyId());
      try {
        return delivery.deliver(outRefundNo, notified);
      } catch (OutcomeUnknownException e) {
        log.warn("a notify of refund {} did not reach Temporal: {}", outRefundNo, e.getMessage());
        return false;
      }
    }
    log.warn(
        "a notify {} to {} tells of a refund of {} that is not ours",
        verified.notifyId(),
        message.merchant(),
        verified.trade().outTradeNo());
    return verified.trade().paidAt() != null && deliver(message, verified, logged);
  }

  private static <T> Optional<T> noted(VerifiedNotify verified, Supplier<T> logging) {
    try {
      return Optional.of(logging.get());
    } catch (JdbiException e) {
      log.warn("a notify {} could not be logged: {}", verified.notifyId(), e.getMessage());
      return Optional.empty();
    }
  }

  private void noteInvalid(NotifyMessage message, InvalidNotifyException reason) {
    log.atLevel(reason.reason() == InvalidNotifyException.Reason.PROBE ? Level.INFO : Level.WARN)
        .log(
            "an invalid notify to {}, {}: {}",
            message.merchant(),
            reason.reason(),
            reason.getMessage());
    try {
      notifyLog.logInvalid(message, reason);
    } catch (JdbiException e) {
      log.warn("the invalid notify could not be logged: {}", e.getMessage());
    }
  }
}
