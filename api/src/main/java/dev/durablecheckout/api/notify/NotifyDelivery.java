package dev.durablecheckout.api.notify;

import dev.durablecheckout.activities.withdrawal.OpenWithdrawals;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.client.CheckoutClient;
import dev.durablecheckout.workflows.client.PayoutSignals;
import dev.durablecheckout.workflows.client.RefundClient;
import dev.durablecheckout.workflows.client.ServiceOrderClient;
import dev.durablecheckout.workflows.client.WorkflowToStart;
import dev.durablecheckout.workflows.payment.LatePayment;
import dev.durablecheckout.workflows.payment.PaymentNotified;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundNotified;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderNotified;
import dev.durablecheckout.workflows.withdrawal.PayoutNotified;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import java.time.Duration;
import java.util.Optional;

/** Brings a verified notify to the workflow that has to know of it. */
public final class NotifyDelivery {
  private final CheckoutClient client;
  private final ServiceOrderClient serviceOrders;
  private final PayoutSignals payouts;
  private final RefundClient refunds;
  private final OpenWithdrawals withdrawals;
  private final Duration patience;

  public NotifyDelivery(
      CheckoutClient client,
      ServiceOrderClient serviceOrders,
      RefundClient refunds,
      PayoutSignals payouts,
      OpenWithdrawals withdrawals,
      Duration patience) {
    this.client = client;
    this.serviceOrders = serviceOrders;
    this.refunds = refunds;
    this.payouts = payouts;
    this.withdrawals = withdrawals;
    this.patience = patience;
  }

  /**
   * Signals the checkout; where its workflow has ended and money came, starts the look into the
   * late payment. Either may be repeated.
   *
   * @param booked whether the books have this payment already: then an ended workflow need not be
   *     told
   * @return whether Temporal has it; false if no workflow needs it
   * @throws dev.durablecheckout.workflows.client.OutcomeUnknownException if Temporal did not answer
   */
  boolean deliver(CheckoutId id, PaymentNotified notified, boolean booked) {
    if (client.paymentNotified(id, notified, patience)) {
      return true;
    }
    if (booked || notified.trade().state() != TradeState.PAID) {
      return false;
    }
    client.startLatePayment(new LatePayment(id, notified), patience);
    return true;
  }

  /**
   * Signals the refund, which then asks the channel. One that has ended needs no notify.
   *
   * @return whether Temporal has it
   * @throws dev.durablecheckout.workflows.client.OutcomeUnknownException if Temporal did not answer
   */
  boolean deliver(OutRefundNo outRefundNo, RefundNotified notified) {
    return refunds.refundNotified(outRefundNo, notified, patience);
  }

  /**
   * Signals the service order. One that has ended needs no notify: it ended by what WeChat said.
   *
   * @return whether Temporal has it
   * @throws dev.durablecheckout.workflows.client.OutcomeUnknownException if Temporal did not answer
   */
  boolean deliver(ServiceOrderId id, ServiceOrderNotified notified) {
    return serviceOrders.notified(id, notified, patience);
  }

  /**
   * Signals the withdrawal; where its workflow has ended, and a bank can still send the money back,
   * starts it again from the books, to ask the channel. Whose message it is does not matter: the
   * withdrawal asks under its own account.
   *
   * @return whether Temporal has it; false if nothing moves this withdrawal any more, or it is none
   *     of ours
   * @throws dev.durablecheckout.workflows.client.OutcomeUnknownException if Temporal did not answer
   * @throws org.jdbi.v3.core.JdbiException if it has to be started again, and the books did not
   *     answer
   */
  boolean deliver(WithdrawalNo no, PayoutNotified notified) {
    if (payouts.payoutNotified(no, notified, patience)) {
      return true;
    }
    Optional<WorkflowToStart> again = withdrawals.rebuildForNews(no);
    again.ifPresent(withdrawal -> payouts.startNotified(withdrawal, notified, patience));
    return again.isPresent();
  }
}
