package dev.durablecheckout.activities.refund;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.activities.voucher.VoucherDao;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.Item;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.refund.RefundNo;
import dev.durablecheckout.workflows.refund.RefundStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads the books of refunds for the API. Writes nothing. */
public final class RefundReader {
  private static final String REQUESTED =
      "select * from refunds where asked_by = :merchant and refund_no = :no";
  private static final String BY_EITHER_NUMBER =
      """
      select r.* from refunds r join checkouts c using (checkout_id)
      where c.merchant = :merchant and ((r.asked_by = :merchant and r.refund_no = :no) or r.out_refund_no = :no)
      order by r.refund_no = :no desc nulls last limit 1
      """;
  private static final String OF_CHECKOUT =
      "select * from refunds where checkout_id = :checkout order by created_at, out_refund_no";
  private static final String PAYMENT =
      """
      select p.out_trade_no, p.channel, p.paid_fen, v.voucher_no, v.discount_fen
      from pay_orders p left join voucher_uses v using (checkout_id)
      where p.checkout_id = :checkout and p.settlement = 'SETTLED'
      """;
  private static final String ORDERS =
      "select order_no, items from orders where checkout_id = :checkout order by order_no";

  private final Jdbi jdbi;

  public RefundReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The refund that a merchant asked for under this number of its own. */
  public Optional<RefundDetails> find(MerchantId merchant, RefundNo refundNo) {
    return find(REQUESTED, merchant, refundNo.value());
  }

  /** A merchant's refund by its own number, or else by ours. */
  public Optional<RefundDetails> find(MerchantId merchant, String number) {
    return find(BY_EITHER_NUMBER, merchant, number);
  }

  private Optional<RefundDetails> find(String sql, MerchantId merchant, String number) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(sql)
                .bind("merchant", merchant.value())
                .bind("no", number)
                .map((row, context) -> details(row))
                .findOne());
  }

  /** All refunds of a checkout, also automatic ones, oldest first. */
  public List<RefundDetails> ofCheckout(CheckoutId checkout) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(OF_CHECKOUT)
                .bind("checkout", checkout.value())
                .map((row, context) -> details(row))
                .list());
  }

  /** What a refund of this checkout would be of; empty if it is not paid. */
  public Optional<RefundablePayment> refundable(CheckoutId checkout) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(PAYMENT)
                .bind("checkout", checkout.value())
                .map(
                    (row, context) ->
                        new RefundablePayment(
                            checkout,
                            OutTradeNo.of(row.getString("out_trade_no")),
                            Channel.ofCode(row.getInt("channel")),
                            Money.ofFen(row.getLong("paid_fen")),
                            VoucherDao.voucher(row),
                            orders(handle, checkout)))
                .findOne());
  }

  private static Map<String, OrderedItems> orders(Handle handle, CheckoutId checkout) {
    Map<String, OrderedItems> orders = new LinkedHashMap<>();
    handle
        .createQuery(ORDERS)
        .bind("checkout", checkout.value())
        .map(
            (row, context) ->
                Map.entry(
                    row.getString("order_no"),
                    new OrderedItems(
                        BookJson.read(row.getString("items"), new TypeReference<List<Item>>() {}))))
        .forEach(entry -> orders.put(entry.getKey(), entry.getValue()));
    return orders;
  }

  private static RefundDetails details(ResultSet row) throws SQLException {
    return new RefundDetails(
        RefundDao.refund(row),
        Columns.constant(row, "status", RefundStatus.class),
        Columns.instantOrNull(row, "refunded_at"),
        refusal(row));
  }

  private static @Nullable Refusal refusal(ResultSet row) throws SQLException {
    Refusal.Code code = Columns.constantOrNull(row, "refusal_code", Refusal.Code.class);
    return code == null
        ? null
        : new Refusal(
            code, row.getString("refusal_channel_code"), row.getString("refusal_message"));
  }
}
