package dev.durablecheckout.activities.payment;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.durablecheckout.activities.ledger.AccountKind;
import dev.durablecheckout.activities.ledger.BusinessKey;
import dev.durablecheckout.activities.ledger.Ledger;
import dev.durablecheckout.activities.ledger.LedgerAccount;
import dev.durablecheckout.activities.ledger.Posted;
import dev.durablecheckout.activities.ledger.Posting;
import dev.durablecheckout.activities.ledger.PostingKind;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.Settlement;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What money that a channel collects or sends back means in the ledger. Each is posted in the
 * transaction that books it, so the two cannot disagree. A payment that settles is a sale; one that
 * does not is nobody's until it has gone back, and then SUSPENSE is as it was.
 *
 * <p>The wallet's are not among these: {@code WalletChannel} posts them with the balance that they
 * move.
 */
public final class ChannelPostings {
  private static final ImmutableSet<RefundReason> OF_NO_SALE =
      Sets.immutableEnumSet(RefundReason.LATE, RefundReason.DUPLICATE);

  private ChannelPostings() {}

  /** Idempotent on the pay order's number; nothing for one that was paid from the wallet. */
  public static void postPayment(
      Handle handle, PayOrder payOrder, Settlement settlement, Instant at) {
    if (payOrder.channel().isOutside()) {
      Posted unused = Ledger.post(handle, payment(payOrder, settlement), at);
    }
  }

  private static Posting payment(PayOrder payOrder, Settlement settlement) {
    MerchantId merchant = payOrder.checkoutId().merchant();
    AccountKind credited =
        switch (settlement) {
          case SETTLED -> AccountKind.SALES;
          case LATE, DUPLICATE -> AccountKind.SUSPENSE;
        };
    return Posting.transfer(
        BusinessKey.payment(payOrder.outTradeNo()),
        PostingKind.PAYMENT,
        LedgerAccount.channel(merchant, payOrder.channel()),
        LedgerAccount.of(merchant, credited),
        payOrder.amount(),
        Map.of(
            "checkout_id", payOrder.checkoutId().value(),
            "out_trade_no", payOrder.outTradeNo().value()));
  }

  /** Idempotent on the refund's number; nothing for one that went to the wallet. */
  public static void postRefund(Handle handle, RefundOrder refund, Instant at) {
    if (refund.channel().isOutside()) {
      Posted unused = Ledger.post(handle, refund(refund), at);
    }
  }

  private static Posting refund(RefundOrder refund) {
    MerchantId merchant = refund.checkoutId().merchant();
    AccountKind debited =
        OF_NO_SALE.contains(refund.reason()) ? AccountKind.SUSPENSE : AccountKind.SALES;
    return Posting.transfer(
        BusinessKey.refund(refund.outRefundNo()),
        PostingKind.REFUND,
        LedgerAccount.of(merchant, debited),
        LedgerAccount.channel(merchant, refund.channel()),
        refund.amount(),
        Map.of(
            "checkout_id", refund.checkoutId().value(),
            "out_trade_no", refund.outTradeNo().value(),
            "out_refund_no", refund.outRefundNo().value()));
  }

  /**
   * Idempotent on {@code out_order_no}; nothing for a service that cost nothing.
   *
   * @param paid what WeChat collected
   */
  public static void postServiceOrder(Handle handle, ServiceOrderId id, Money paid, Instant at) {
    if (!paid.equals(Money.ZERO)) {
      Posted unused = Ledger.post(handle, serviceOrder(id, paid), at);
    }
  }

  private static Posting serviceOrder(ServiceOrderId id, Money paid) {
    return Posting.transfer(
        BusinessKey.serviceOrder(id),
        PostingKind.PAYMENT,
        LedgerAccount.channel(id.merchant(), Channel.WECHAT_PAY),
        LedgerAccount.of(id.merchant(), AccountKind.SALES),
        paid,
        Map.of("service_order_id", id.value(), "out_order_no", id.outOrderNo()));
  }
}
