package dev.durablecheckout.activities.refund;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundItem;
import dev.durablecheckout.workflows.refund.RefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.refund.RefundRequest;
import dev.durablecheckout.workflows.refund.RefundStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Rows of refunds. States move only by compare-and-set over {@link RefundStatus#MOVES}. */
final class RefundDao {
  private static final String INSERT =
      """
      insert into refunds (out_refund_no, out_trade_no, checkout_id, channel, amount_fen, total_fen, reason, status,
        asked_by, refund_no, request_id, fingerprint, note, order_no, items, return_stock, return_voucher,
        created_at, updated_at)
      values (:no, :outTradeNo, :checkout, :channel, :amountFen, :totalFen, :reason, 'PROCESSING',
        :askedBy, :refundNo, :requestId, :fingerprint, :note, :orderNo, cast(:items as jsonb), :returnStock, :returnVoucher,
        :at, :at)
      on conflict (out_refund_no) do nothing
      """;
  private static final String MOVE =
      """
      update refunds set status = :to, refunded_at = :refundedAt, refusal_code = :code,
        refusal_channel_code = :channelCode, refusal_message = :message, updated_at = :at
      where out_refund_no = :no and status = any(:from)
      """;
  private static final String ABANDON =
      """
      update refunds set status = :to, updated_at = :at where out_refund_no = :no and status = any(:from)
      """;
  private static final String REFUNDED =
      "select coalesce(sum(amount_fen), 0) from refunds where out_trade_no = :payment and status = 'SUCCEEDED'";
  private static final String ANY =
      "select exists (select 1 from refunds where checkout_id = :checkout and status = :status)";
  private static final String FIND = "select * from refunds where out_refund_no = :no";

  private RefundDao() {}

  /** Returns false if the number exists. */
  static boolean insert(Handle handle, RefundOrder refund, Instant at) {
    RefundRequest request = refund.request();
    return handle
            .createUpdate(INSERT)
            .bind("no", refund.outRefundNo().value())
            .bind("outTradeNo", refund.outTradeNo().value())
            .bind("checkout", refund.checkoutId().value())
            .bind("channel", refund.channel().code())
            .bind("amountFen", refund.amount().amountFen())
            .bind("totalFen", refund.total().amountFen())
            .bind("reason", refund.reason().name())
            .bind("askedBy", request == null ? null : refund.checkoutId().merchant().value())
            .bind("refundNo", request == null ? null : request.refundNo().value())
            .bind("requestId", request == null ? null : request.requestId())
            .bind("fingerprint", request == null ? null : request.fingerprint())
            .bind("note", request == null ? null : request.note())
            .bind("orderNo", request == null ? null : request.orderNo())
            .bind("items", request == null ? null : BookJson.write(request.items()))
            .bind("returnStock", request != null && request.returnStock())
            .bind("returnVoucher", request != null && request.returnVoucher())
            .bind("at", at)
            .execute()
        == 1;
  }

  /** Gives a refused refund up; what it was refused with stays. */
  static boolean abandon(Handle handle, OutRefundNo no, Instant at) {
    return moving(handle, ABANDON, no, RefundStatus.ABANDONED, at).execute() == 1;
  }

  /** Moves the state; returns false if that is not allowed from where it stands. */
  static boolean move(Handle handle, OutRefundNo no, RefundStatus to, Instant at) {
    return moving(handle, MOVE, no, to, at)
            .bind("refundedAt", (Instant) null)
            .bind("code", (String) null)
            .bind("channelCode", (String) null)
            .bind("message", (String) null)
            .execute()
        == 1;
  }

  static boolean succeed(Handle handle, OutRefundNo no, Instant refundedAt, Instant at) {
    return moving(handle, MOVE, no, RefundStatus.SUCCEEDED, at)
            .bind("refundedAt", refundedAt)
            .bind("code", (String) null)
            .bind("channelCode", (String) null)
            .bind("message", (String) null)
            .execute()
        == 1;
  }

  static boolean refuse(Handle handle, OutRefundNo no, Refusal refusal, Instant at) {
    return moving(handle, MOVE, no, RefundStatus.FAILED, at)
            .bind("refundedAt", (Instant) null)
            .bind("code", refusal.code().name())
            .bind("channelCode", refusal.channelCode())
            .bind("message", refusal.message())
            .execute()
        == 1;
  }

  private static Update moving(
      Handle handle, String sql, OutRefundNo no, RefundStatus to, Instant at) {
    return handle
        .createUpdate(sql)
        .bind("no", no.value())
        .bind("to", to.name())
        .bindArray(
            "from",
            String.class,
            RefundStatus.MOVES.into(to).stream().map(RefundStatus::name).toList())
        .bind("at", at);
  }

  static RefundStatus status(Handle handle, OutRefundNo no) {
    return handle
        .createQuery(FIND)
        .bind("no", no.value())
        .map((row, context) -> Columns.constant(row, "status", RefundStatus.class))
        .one();
  }

  static Optional<RefundOrder> find(Handle handle, OutRefundNo no) {
    return handle
        .createQuery(FIND)
        .bind("no", no.value())
        .map((row, context) -> refund(row))
        .findOne();
  }

  /** What has gone back of a payment. */
  static Money refunded(Handle handle, OutTradeNo payment) {
    return handle
        .createQuery(REFUNDED)
        .bind("payment", payment.value())
        .map((row, context) -> Money.ofFen(row.getLong(1)))
        .one();
  }

  /** Whether a refund of the checkout stands there. */
  static boolean any(Handle handle, CheckoutId checkout, RefundStatus status) {
    return handle
        .createQuery(ANY)
        .bind("checkout", checkout.value())
        .bind("status", status.name())
        .mapTo(Boolean.class)
        .one();
  }

  static RefundOrder refund(ResultSet row) throws SQLException {
    return new RefundOrder(
        OutRefundNo.of(row.getString("out_refund_no")),
        CheckoutId.parse(row.getString("checkout_id")),
        OutTradeNo.of(row.getString("out_trade_no")),
        Channel.ofCode(row.getInt("channel")),
        Money.ofFen(row.getLong("amount_fen")),
        Money.ofFen(row.getLong("total_fen")),
        Columns.constant(row, "reason", RefundReason.class),
        request(row));
  }

  private static @Nullable RefundRequest request(ResultSet row) throws SQLException {
    String refundNo = row.getString("refund_no");
    return refundNo == null
        ? null
        : new RefundRequest(
            RefundNo.of(refundNo),
            row.getString("request_id"),
            row.getString("fingerprint"),
            row.getString("note"),
            row.getString("order_no"),
            BookJson.read(row.getString("items"), new TypeReference<List<RefundItem>>() {}),
            row.getBoolean("return_stock"),
            row.getBoolean("return_voucher"));
  }
}
