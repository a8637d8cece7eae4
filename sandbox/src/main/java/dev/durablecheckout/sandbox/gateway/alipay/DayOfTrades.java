package dev.durablecheckout.sandbox.gateway.alipay;

import static java.util.Objects.requireNonNull;

import dev.durablecheckout.sandbox.gateway.BillEntry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a seller's trades on one day: each payment, then its refunds. */
final class DayOfTrades {
  private final LocalDate day;
  private final List<BillEntry> entries = new ArrayList<>();

  private DayOfTrades(LocalDate day) {
    this.day = day;
  }

  static List<BillEntry> of(List<Trade> trades, LocalDate day) {
    DayOfTrades entries = new DayOfTrades(day);
    trades.forEach(entries::add);
    return entries.entries;
  }

  private void add(Trade trade) {
    @Nullable Instant paidAt = trade.paidAt();
    if (paidAt == null) {
      return;
    }
    long fen = trade.order().amountFen();
    if (isOfDay(paidAt)) {
      entries.add(entry(trade, BillEntry.Kind.PAYMENT, "", fen, BillEntry.feeFen(fen), paidAt));
    }
    long before = 0;
    for (Refund refund : trade.refunds()) {
      if (isOfDay(refund.refundedAt())) {
        entries.add(
            entry(
                trade,
                BillEntry.Kind.REFUND,
                refund.outRequestNo(),
                refund.amountFen(),
                -BillEntry.feeBackFen(fen, before, refund.amountFen()),
                refund.refundedAt()));
      }
      before += refund.amountFen();
    }
  }

  private boolean isOfDay(Instant instant) {
    return LocalDate.ofInstant(instant, AlipayTime.ZONE).equals(day);
  }

  private static BillEntry entry(
      Trade trade,
      BillEntry.Kind kind,
      String outRequestNo,
      long amountFen,
      long feeFen,
      Instant at) {
    return new BillEntry(
        kind,
        trade.outTradeNo(),
        requireNonNull(trade.tradeNo(), "a paid trade has a number"),
        outRequestNo,
        "",
        amountFen,
        feeFen,
        0,
        requireNonNull(trade.createdAt(), "a paid trade was created"),
        at,
        trade.order().subject(),
        "",
        trade.order().app().appId(),
        Buyer.LOGON_ID,
        "");
  }
}
