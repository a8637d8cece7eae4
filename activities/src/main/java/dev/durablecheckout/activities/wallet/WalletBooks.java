package dev.durablecheckout.activities.wallet;

import dev.durablecheckout.activities.ledger.AccountKind;
import dev.durablecheckout.activities.ledger.BusinessKey;
import dev.durablecheckout.activities.ledger.LedgerAccount;
import dev.durablecheckout.activities.ledger.Posted;
import dev.durablecheckout.activities.ledger.Posting;
import dev.durablecheckout.activities.ledger.PostingKind;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PayOrder;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Fills wallets, and reads what is in them. */
public final class WalletBooks {
  private final Jdbi jdbi;
  private final Clock clock;

  public WalletBooks(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** What a buyer has with a merchant: nothing, if nothing was ever put in. */
  public Wallet find(MerchantId merchant, String buyerId) {
    return jdbi.withHandle(handle -> WalletDao.find(handle, merchant, buyerId))
        .orElseGet(() -> new Wallet(merchant, buyerId, Money.ZERO));
  }

  /**
   * Puts money into a buyer's wallet, which stands against SUSPENSE until it is known where it came
   * from. Idempotent on the reference: a repeat puts in nothing.
   *
   * @return whether it was not put in before
   * @throws dev.durablecheckout.activities.ledger.PostingRefusedException if the reference stands
   *     for another amount or buyer
   */
  public boolean topUp(MerchantId merchant, String buyerId, Money amount, String reference) {
    Posting posting =
        Posting.transfer(
            BusinessKey.topUp(reference),
            PostingKind.TOP_UP,
            LedgerAccount.of(merchant, AccountKind.SUSPENSE),
            LedgerAccount.wallet(merchant, buyerId),
            amount,
            Map.of("reference", reference));
    return jdbi.inTransaction(handle -> topUp(handle, buyerId, posting));
  }

  /**
   * Puts what a channel has collected by a pay order into its buyer's wallet: the money lies at the
   * channel, and is owed to the buyer. For the transaction in which the checkout becomes paid,
   * which has locked it; idempotent on the pay order.
   */
  public static void topUp(Handle handle, PayOrder paid, Instant at) {
    MerchantId merchant = paid.checkoutId().merchant();
    Wallet wallet = WalletDao.lockOrOpen(handle, merchant, paid.buyerId(), at);
    Posted unused =
        WalletDao.post(
            handle,
            wallet,
            Posting.transfer(
                BusinessKey.payment(paid.outTradeNo()),
                PostingKind.TOP_UP,
                LedgerAccount.channel(merchant, paid.channel()),
                wallet.account(),
                paid.amount(),
                Map.of(
                    "checkout_id", paid.checkoutId().value(),
                    "out_trade_no", paid.outTradeNo().value())),
            at);
  }

  /**
   * What happened to a wallet, the latest first, a page at a time.
   *
   * @param before the number of the entry that the page before ended with; absent for the first
   * @param limit how many at most
   */
  public List<WalletEntry> entries(
      MerchantId merchant, String buyerId, @Nullable Long before, int limit) {
    return jdbi.withHandle(handle -> WalletDao.entries(handle, merchant, buyerId, before, limit));
  }

  private boolean topUp(Handle handle, String buyerId, Posting posting) {
    Instant now = clock.instant();
    Wallet wallet = WalletDao.lockOrOpen(handle, posting.merchant(), buyerId, now);
    return WalletDao.post(handle, wallet, posting, now).isNew();
  }
}
