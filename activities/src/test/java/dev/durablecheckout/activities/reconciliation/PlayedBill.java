package dev.durablecheckout.activities.reconciliation;

import dev.durablecheckout.activities.bill.BillAnswer;
import dev.durablecheckout.activities.bill.BillLine;
import dev.durablecheckout.activities.bill.BillLine.Kind;
import dev.durablecheckout.activities.bill.BillLine.Progress;
import dev.durablecheckout.activities.bill.BillSink;
import dev.durablecheckout.activities.bill.BillTotals;
import dev.durablecheckout.activities.bill.DamagedBillException;
import dev.durablecheckout.activities.channel.BillChannel;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A channel whose bill of any day is what the test has written into it. */
final class PlayedBill implements BillChannel {
  static final Instant AT = Instant.parse("2030-01-01T00:00:00Z");
  final List<BillLine> lines = new ArrayList<>();
  Instant at = AT;
  boolean ready = true;
  @Nullable DamagedBillException damage;

  PlayedBill payment(OutTradeNo outTradeNo, long fen) {
    return payment(outTradeNo.value(), "T" + outTradeNo, fen, 0, 0);
  }

  PlayedBill payment(String number, String tradeNo, long fen, long feeFen, long voucherFen) {
    return add(Kind.PAYMENT, number, tradeNo, null, fen, feeFen, voucherFen, Progress.DONE);
  }

  PlayedBill refund(OutTradeNo of, @Nullable String number, long fen, Progress progress) {
    return add(Kind.REFUND, of.value(), "T" + of, number, fen, 0, 0, progress);
  }

  PlayedBill add(
      Kind kind,
      String outTradeNo,
      String tradeNo,
      @Nullable String outRefundNo,
      long fen,
      long feeFen,
      long voucherFen,
      Progress progress) {
    lines.add(
        new BillLine(
            lines.size() + 2L,
            kind,
            outTradeNo,
            tradeNo,
            outRefundNo,
            null,
            Money.ofFen(fen),
            feeFen,
            voucherFen,
            at,
            "SUCCESS",
            progress));
    return this;
  }

  @Override
  public BillAnswer download(LocalDate billDate, BillSink sink) throws DamagedBillException {
    if (!ready) {
      return BillAnswer.notReady();
    }
    BillTotals totals = BillTotals.NONE;
    for (BillLine line : lines) {
      sink.accept(line);
      totals = totals.plus(line);
    }
    if (damage != null) {
      throw damage;
    }
    return lines.isEmpty() ? BillAnswer.empty() : BillAnswer.ready(totals, "0".repeat(40));
  }
}
