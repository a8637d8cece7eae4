package dev.durablecheckout.activities.refund;

import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.refund.RefundStatus;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Rows of refunds. States move only by compare-and-set over {@link RefundStatus#MOVES}. */
final class RefundDao {
  private static final String INSERT =
      """
      insert into refunds (out_refund_no, out_trade_no, checkout_id, channel, amount_fen, total_fen, reason, status,
        created_at, updated_at)
      values (:no, :outTradeNo, :checkout, :channel, :amountFen, :totalFen, :reason, 'PROCESSING', :at, :at)
      on conflict (out_refund_no) do nothing
      """;
  private static final String MOVE =
      """
      update refunds set status = :to, refunded_at = :refundedAt, refusal_code = :code,
        refusal_channel_code = :channelCode, refusal_message = :message, updated_at = :at
      where out_refund_no = :no and status = any(:from)
      """;
  private static final String FIND = "select * from refunds where out_refund_no = :no";

  private RefundDao() {}

  /** Returns false if the number exists. */
  static boolean insert(Handle handle, RefundOrder refund, Instant at) {
    return handle
            .createUpdate(INSERT)
            .bind("no", refund.outRefundNo().value())
            .bind("outTradeNo", refund.outTradeNo().value())
            .bind("checkout", refund.checkoutId().value())
            .bind("channel", refund.channel().code())
            .bind("amountFen", refund.amount().amountFen())
            .bind("totalFen", refund.total().amountFen())
            .bind("reason", refund.reason().name())
            .bind("at", at)
            .execute()
        == 1;
  }

  /** Moves the state; returns false if that is not allowed from where it stands. */
  static boolean move(Handle handle, OutRefundNo no, RefundStatus to, Instant at) {
    return moving(handle, no, to, at)
            .bind("refundedAt", (Instant) null)
            .bind("code", (String) null)
            .bind("channelCode", (String) null)
            .bind("message", (String) null)
            .execute()
        == 1;
  }

  static boolean succeed(Handle handle, OutRefundNo no, Instant refundedAt, Instant at) {
    return moving(handle, no, RefundStatus.SUCCEEDED, at)
            .bind("refundedAt", refundedAt)
            .bind("code", (String) null)
            .bind("channelCode", (String) null)
            .bind("message", (String) null)
            .execute()
        == 1;
  }

  static boolean refuse(Handle handle, OutRefundNo no, Refusal refusal, Instant at) {
    return moving(handle, no, RefundStatus.FAILED, at)
            .bind("refundedAt", (Instant) null)
            .bind("code", refusal.code().name())
            .bind("channelCode", refusal.channelCode())
            .bind("message", refusal.message())
            .execute()
        == 1;
  }

  private static Update moving(Handle handle, OutRefundNo no, RefundStatus to, Instant at) {
    return handle
        .createUpdate(MOVE)
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
        .map(
            (row, context) ->
                new RefundOrder(
                    OutRefundNo.of(row.getString("out_refund_no")),
                    CheckoutId.parse(row.getString("checkout_id")),
                    OutTradeNo.of(row.getString("out_trade_no")),
                    Channel.ofCode(row.getInt("channel")),
                    Money.ofFen(row.getLong("amount_fen")),
                    Money.ofFen(row.getLong("total_fen")),
                    Columns.constant(row, "reason", RefundReason.class)))
        .findOne();
  }
}
