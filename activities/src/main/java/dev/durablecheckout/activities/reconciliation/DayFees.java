package dev.durablecheckout.activities.reconciliation;

import dev.durablecheckout.activities.ledger.AccountKind;
import dev.durablecheckout.activities.ledger.BusinessKey;
import dev.durablecheckout.activities.ledger.Ledger;
import dev.durablecheckout.activities.ledger.LedgerAccount;
import dev.durablecheckout.activities.ledger.Posted;
import dev.durablecheckout.activities.ledger.Posting;
import dev.durablecheckout.activities.ledger.PostingKind;
import dev.durablecheckout.activities.ledger.PostingRefusedException;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import dev.durablecheckout.workflows.reconciliation.ItemKind;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What a channel kept of a day, as fees, and what the merchant's vouchers paid in place of buyers:
 * one posting each for a day, since that is how bills and invoices have them. A day that gave more
 * back than it kept is posted the other way round. What was posted is never posted again with
 * another sum: that is a difference.
 */
final class DayFees {
  private static final String POSTED =
      """
      select coalesce(sum(e.debit_fen), 0) from ledger_postings p join ledger_entries e using (posting)
      where p.merchant = :merchant and p.business_key = :key
      """;

  private final Handle handle;
  private final BillDay day;
  private final DayItems items;
  private final Instant now;

  DayFees(Handle handle, BillDay day, DayItems items, Instant now) {
    this.handle = handle;
    this.day = day;
    this.items = items;
    this.now = now;
  }

  /**
   * @param netFen kept less given back
   */
  void fees(long netFen) {
    post(
        BusinessKey.fee(day.channel(), day.day()),
        PostingKind.FEE,
        AccountKind.FEE,
        ItemKind.FEE,
        netFen);
  }

  /**
   * @param netFen paid by vouchers less what of it went back
   */
  void vouchers(long netFen) {
    post(
        BusinessKey.voucher(day.channel(), day.day()),
        PostingKind.VOUCHER,
        AccountKind.VOUCHER,
        ItemKind.VOUCHER,
        netFen);
  }

  private void post(
      BusinessKey key, PostingKind kind, AccountKind account, ItemKind item, long netFen) {
    String difference = null;
    if (netFen == 0) {
      if (postedFen(key) != 0) {
        difference = "none by the bill, and some in the ledger";
      }
    } else {
      try {
        Posted unused = Ledger.post(handle, posting(key, kind, account, netFen), now);
      } catch (PostingRefusedException e) {
        difference =
            "the bill has "
                + netFen
                + " fen now, and the ledger what an earlier one had: post what is missing by hand";
      }
    }
    items.daySumDiffers(item, postedFen(key), Math.abs(netFen), difference);
  }

  private Posting posting(BusinessKey key, PostingKind kind, AccountKind account, long netFen) {
    LedgerAccount kept = LedgerAccount.of(day.merchant(), account);
    LedgerAccount channel = LedgerAccount.channel(day.merchant(), day.channel());
    return Posting.transfer(
        key,
        kind,
        netFen > 0 ? kept : channel,
        netFen > 0 ? channel : kept,
        Money.ofFen(Math.abs(netFen)),
        Map.of("channel", day.channel().name(), "bill_day", day.day().toString()));
  }

  private long postedFen(BusinessKey key) {
    return handle
        .createQuery(POSTED)
        .bind("merchant", day.merchant().value())
        .bind("key", key.value())
        .mapTo(Long.class)
        .one();
  }
}
