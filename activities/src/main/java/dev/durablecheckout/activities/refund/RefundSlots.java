package dev.durablecheckout.activities.refund;

import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.workflows.refund.RefundOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the refunds of one payment apart, as its channel wants them: each takes the next free slot,
 * under the lock of the payment's row. A slot is its refund's for as long as the spacing, so taking
 * it again after a lost answer wastes none.
 */
final class RefundSlots {
  private static final String LOCK =
      """
      select p.next_refund_at, r.slot_at from pay_orders p join refunds r using (out_trade_no)
      where r.out_refund_no = :no for no key update of p
      """;
  private static final String NEXT =
      "update pay_orders set next_refund_at = :next where out_trade_no = :payment";
  private static final String TAKE = "update refunds set slot_at = :slot where out_refund_no = :no";

  private RefundSlots() {}

  private record Slots(@Nullable Instant next, @Nullable Instant own) {
    static Slots of(ResultSet row) throws SQLException {
      return new Slots(
          Columns.instantOrNull(row, "next_refund_at"), Columns.instantOrNull(row, "slot_at"));
    }
  }

  static Instant take(Handle handle, RefundOrder refund, Instant now) {
    Duration spacing = RefundLimits.of(refund.channel()).spacing();
    if (spacing.isZero()) {
      return now;
    }
    String no = refund.outRefundNo().value();
    Slots slots =
        handle.createQuery(LOCK).bind("no", no).map((row, context) -> Slots.of(row)).one();
    if (slots.own() != null && slots.own().plus(spacing).isAfter(now)) {
      return slots.own();
    }
    Instant slot = slots.next() == null || slots.next().isBefore(now) ? now : slots.next();
    handle
        .createUpdate(NEXT)
        .bind("next", slot.plus(spacing))
        .bind("payment", refund.outTradeNo().value())
        .execute();
    handle.createUpdate(TAKE).bind("slot", slot).bind("no", no).execute();
    return slot;
  }
}
