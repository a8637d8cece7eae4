package dev.durablecheckout.activities.voucher;

import dev.durablecheckout.activities.ledger.Ledger;
import dev.durablecheckout.activities.ledger.Posted;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.Voucher;
import dev.durablecheckout.workflows.order.VoucherNo;
import dev.durablecheckout.workflows.temporal.FailureType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Vouchers and what they were used for. One that is HELD or REDEEMED is one checkout's: a unique
 * index says so. What it pays is in the ledger from the moment in which the checkout is paid.
 */
public final class VoucherDao {
  private static final String ISSUE =
      """
      insert into vouchers (merchant, voucher_no, worth_fen, buyer_id, expires_at)
      values (:merchant, :no, :worthFen, :buyer, :expiresAt)
      on conflict (merchant, voucher_no) do update
      set worth_fen = excluded.worth_fen, buyer_id = excluded.buyer_id, expires_at = excluded.expires_at
      """;
  private static final String HOLD =
      """
      insert into voucher_uses (checkout_id, merchant, voucher_no, discount_fen, status)
      select :checkout, merchant, voucher_no, :discountFen, 'HELD' from vouchers
      where merchant = :merchant and voucher_no = :no and worth_fen >= :discountFen
        and coalesce(buyer_id, :buyer) = :buyer and coalesce(expires_at, 'infinity') > :at
      on conflict (merchant, voucher_no) where status in ('HELD', 'REDEEMED') do nothing
      """;
  private static final String WHY_NOT =
      """
      select case
          when coalesce(buyer_id, :buyer) <> :buyer then 'is another buyer''s'
          when coalesce(expires_at, 'infinity') <= :at then 'has expired'
          when worth_fen < :discountFen then 'is worth ' || worth_fen || ' fen, less than the ' || :discountFen || ' to be taken off'
          else 'is in use' end
      from vouchers where merchant = :merchant and voucher_no = :no
      """;
  private static final String MOVE =
      """
      update voucher_uses set status = :to where checkout_id = :checkout and status = :from
      returning voucher_no, discount_fen
      """;
  private static final String IS_REDEEMED =
      """
      select exists (select 1 from voucher_uses where checkout_id = :checkout and status = 'REDEEMED')
      """;

  private VoucherDao() {}

  /**
   * Gives a voucher out, or changes one that is; orders that have it already keep what they got.
   *
   * @param worth the most that it takes off an order
   * @param buyerId whose it is; absent if it is for whoever has the number
   * @param expiresAt from when on no order gets it any more
   */
  public static void issue(
      Handle handle,
      MerchantId merchant,
      VoucherNo voucherNo,
      Money worth,
      @Nullable String buyerId,
      @Nullable Instant expiresAt) {
    handle
        .createUpdate(ISSUE)
        .bind("merchant", merchant.value())
        .bind("no", voucherNo.value())
        .bind("worthFen", worth.amountFen())
        .bind("buyer", buyerId)
        .bind("expiresAt", expiresAt)
        .execute();
  }

  /**
   * Holds a voucher for a checkout that is new, or fails for good with VOUCHER_NOT_USABLE, and then
   * the transaction must be rolled back. Waits for another checkout that is about to hold it.
   */
  public static void hold(
      Handle handle, CheckoutId checkout, Voucher voucher, String buyerId, Instant at) {
    Map<String, Object> facts =
        Map.of(
            "merchant", checkout.merchant().value(),
            "no", voucher.voucherNo().value(),
            "discountFen", voucher.discount().amountFen(),
            "buyer", buyerId,
            "at", at);
    int held =
        handle.createUpdate(HOLD).bindMap(facts).bind("checkout", checkout.value()).execute();
    if (held == 0) {
      String why =
          handle
              .createQuery(WHY_NOT)
              .bindMap(facts)
              .mapTo(String.class)
              .findOne()
              .orElse("does not exist");
      throw FailureType.VOUCHER_NOT_USABLE.verdict("voucher " + voucher.voucherNo() + " " + why);
    }
  }

  /** What was held has paid its part. Does nothing the second time, or where there is none. */
  public static void redeem(Handle handle, CheckoutId checkout, Instant at) {
    Optional<Posted> unused =
        move(handle, checkout, "HELD", "REDEEMED")
            .map(voucher -> Ledger.post(handle, VoucherPostings.redeemed(checkout, voucher), at));
  }

  /** What was held can be used again. Does nothing the second time, or where there is none. */
  public static void release(Handle handle, CheckoutId checkout) {
    Optional<Voucher> unused = move(handle, checkout, "HELD", "RELEASED");
  }

  /** What was redeemed can be used again. Does nothing the second time, or where there is none. */
  public static void giveBack(Handle handle, CheckoutId checkout, Instant at) {
    Optional<Posted> unused =
        move(handle, checkout, "REDEEMED", "RETURNED")
            .map(voucher -> Ledger.post(handle, VoucherPostings.returned(checkout, voucher), at));
  }

  /** Whether the checkout has a voucher that can be given back. */
  public static boolean isRedeemed(Handle handle, CheckoutId checkout) {
    return handle
        .createQuery(IS_REDEEMED)
        .bind("checkout", checkout.value())
        .mapTo(Boolean.class)
        .one();
  }

  /** Of a row that has the columns of {@code voucher_uses}, null where there was none. */
  public static @Nullable Voucher voucher(ResultSet row) throws SQLException {
    String voucherNo = row.getString("voucher_no");
    return voucherNo == null
        ? null
        : new Voucher(VoucherNo.of(voucherNo), Money.ofFen(row.getLong("discount_fen")));
  }

  private static Optional<Voucher> move(
      Handle handle, CheckoutId checkout, String from, String to) {
    return handle
        .createQuery(MOVE)
        .bind("checkout", checkout.value())
        .bind("from", from)
        .bind("to", to)
        .map((row, context) -> Optional.ofNullable(voucher(row)))
        .findOne()
        .flatMap(voucher -> voucher);
  }
}
