package dev.durablecheckout.api.notify;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.client.CheckoutClient;
import dev.durablecheckout.workflows.client.PayoutSignals;
import dev.durablecheckout.workflows.client.RefundClient;
import dev.durablecheckout.workflows.client.ServiceOrderClient;
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

/** Brings a verified notify to the workflow that has to know of it. */
public final class NotifyDelivery {
  private final CheckoutClient client;
  private final ServiceOrderClient serviceOrders;
  private final PayoutSignals payouts;
  private final RefundClient refunds;
  private final Duration patience;

  public NotifyDelivery(
      CheckoutClient client,
      ServiceOrderClient serviceOrders,
      RefundClient refunds,
      PayoutSignals payouts,
      Duration patience) {
    this.client = client;
    this.serviceOrders = serviceOrders;
    this.refunds = refunds;
    this.payouts = payouts;
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
   * Signals the withdrawal.
   *
   * @return whether Temporal has it; false if no workflow of it is running
   * @throws dev.durablecheckout.workflows.client.OutcomeUnknownException if Temporal did not answer
   */
  boolean deliver(WithdrawalNo no, PayoutNotified notified) {
    return payouts.payoutNotified(no, notified, patience);
  }
}
