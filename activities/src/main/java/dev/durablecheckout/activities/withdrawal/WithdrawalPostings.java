package dev.durablecheckout.activities.withdrawal;

import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.ledger.AccountKind;
import dev.durablecheckout.activities.ledger.BusinessKey;
import dev.durablecheckout.activities.ledger.LedgerAccount;
import dev.durablecheckout.activities.ledger.Posting;
import dev.durablecheckout.activities.ledger.PostingKind;
import java.util.Map;

/** Where the money of a withdrawal is at each moment, in the ledger. */
final class WithdrawalPostings {
  private WithdrawalPostings() {}

  /** Out of the wallet, and still with us. */
  static Posting hold(WithdrawalRow row) {
    return Posting.transfer(
        BusinessKey.withdrawalHold(row.no().value()),
        PostingKind.WITHDRAWAL_HOLD,
        wallet(row),
        held(row),
        row.amount(),
        numbers(row));
  }

  /** Gone to the buyer, out of what lies at the channel. */
  static Posting paid(WithdrawalRow row) {
    return Posting.transfer(
        BusinessKey.withdrawal(row.no().value()),
        PostingKind.WITHDRAWAL,
        held(row),
        LedgerAccount.channel(row.merchant(), row.channel()),
        row.amount(),
        numbers(row));
  }

  /** Not paid: in the wallet again. */
  static Posting release(WithdrawalRow row) {
    return Posting.transfer(
        BusinessKey.withdrawalRelease(row.no().value()),
        PostingKind.WITHDRAWAL_RELEASE,
        held(row),
        wallet(row),
        row.amount(),
        numbers(row));
  }

  /** Paid and come back: it lies at the channel again, and is the buyer's. */
  static Posting returned(WithdrawalRow row) {
    return Posting.transfer(
        BusinessKey.withdrawalReturned(row.no().value()),
        PostingKind.WITHDRAWAL_RETURNED,
        LedgerAccount.channel(row.merchant(), row.channel()),
        wallet(row),
        row.amount(),
        numbers(row));
  }

  private static LedgerAccount wallet(WithdrawalRow row) {
    return LedgerAccount.wallet(row.merchant(), row.buyerId());
  }

  private static LedgerAccount held(WithdrawalRow row) {
    return LedgerAccount.of(row.merchant(), AccountKind.PAYOUT);
  }

  private static Map<String, String> numbers(WithdrawalRow row) {
    return ImmutableMap.of(
        "withdrawal_no", row.merchantNo().value(), "payout_request_no", row.no().value());
  }
}
