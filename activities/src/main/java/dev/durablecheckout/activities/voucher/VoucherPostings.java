package dev.durablecheckout.activities.voucher;

import dev.durablecheckout.activities.ledger.AccountKind;
import dev.durablecheckout.activities.ledger.BusinessKey;
import dev.durablecheckout.activities.ledger.LedgerAccount;
import dev.durablecheckout.activities.ledger.Posting;
import dev.durablecheckout.activities.ledger.PostingKind;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.order.Voucher;
import java.util.Map;

/** What a voucher that the merchant keeps here means in the ledger. */
final class VoucherPostings {
  private VoucherPostings() {}

  /** The merchant has sold for the whole price, and has itself paid what the voucher took off. */
  static Posting redeemed(CheckoutId checkout, Voucher voucher) {
    return Posting.transfer(
        BusinessKey.voucherRedeemed(checkout),
        PostingKind.VOUCHER_REDEEMED,
        LedgerAccount.of(checkout.merchant(), AccountKind.VOUCHER),
        LedgerAccount.of(checkout.merchant(), AccountKind.SALES),
        voucher.discount(),
        numbers(checkout, voucher));
  }

  /** It has not, after all: the voucher is the buyer's again. */
  static Posting returned(CheckoutId checkout, Voucher voucher) {
    return Posting.transfer(
        BusinessKey.voucherReturned(checkout),
        PostingKind.VOUCHER_RETURNED,
        LedgerAccount.of(checkout.merchant(), AccountKind.SALES),
        LedgerAccount.of(checkout.merchant(), AccountKind.VOUCHER),
        voucher.discount(),
        numbers(checkout, voucher));
  }

  private static Map<String, String> numbers(CheckoutId checkout, Voucher voucher) {
    return Map.of("checkout_id", checkout.value(), "voucher_no", voucher.voucherNo().value());
  }
}
