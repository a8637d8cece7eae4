package dev.durablecheckout.activities.channel.wallet;

import dev.durablecheckout.activities.ledger.AccountKind;
import dev.durablecheckout.activities.ledger.BusinessKey;
import dev.durablecheckout.activities.ledger.LedgerAccount;
import dev.durablecheckout.activities.ledger.Posting;
import dev.durablecheckout.activities.ledger.PostingKind;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.refund.RefundOrder;
import java.util.Map;

/** What a payment from a wallet, and its refund, mean in the ledger. */
final class WalletPostings {
  private WalletPostings() {}

  /** We owe the buyer less, and the merchant as much more. */
  static Posting payment(PayOrder payOrder) {
    MerchantId merchant = payOrder.checkoutId().merchant();
    return Posting.transfer(
        BusinessKey.walletPayment(payOrder.outTradeNo()),
        PostingKind.WALLET_PAYMENT,
        LedgerAccount.wallet(merchant, payOrder.buyerId()),
        LedgerAccount.of(merchant, AccountKind.SALES),
        payOrder.amount(),
        Map.of(
            "checkout_id", payOrder.checkoutId().value(),
            "out_trade_no", payOrder.outTradeNo().value()));
  }

  /** The other way round. */
  static Posting refund(RefundOrder refund, String buyerId) {
    MerchantId merchant = refund.checkoutId().merchant();
    return Posting.transfer(
        BusinessKey.refund(refund.outRefundNo()),
        PostingKind.WALLET_REFUND,
        LedgerAccount.of(merchant, AccountKind.SALES),
        LedgerAccount.wallet(merchant, buyerId),
        refund.amount(),
        Map.of(
            "checkout_id", refund.checkoutId().value(),
            "out_trade_no", refund.outTradeNo().value(),
            "out_refund_no", refund.outRefundNo().value()));
  }
}
