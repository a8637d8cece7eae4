package dev.durablecheckout.sandbox.gateway.wechatpay;

import dev.durablecheckout.sandbox.gateway.BillEntry;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayment.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What happened to a merchant's payments on one day: each payment, then its refunds. */
final class DayOfPayments {
  private final String day;
  private final Instant now;
  private final List<BillEntry> entries = new ArrayList<>();

  private DayOfPayments(String day, Instant now) {
    this.day = day;
    this.now = now;
  }

  static List<BillEntry> of(List<WechatPayment> payments, String day, Instant now) {
    DayOfPayments entries = new DayOfPayments(day, now);
    payments.stream().filter(WechatPayment::isPaid).forEach(entries::add);
    return entries.entries;
  }

  private void add(WechatPayment payment) {
    Receipt receipt = payment.paidReceipt();
    long fen = payment.order().amountFen();
    if (WechatTime.day(receipt.paidAt()).equals(day)) {
      entries.add(
          new BillEntry(
              BillEntry.Kind.PAYMENT,
              payment.outTradeNo(),
              receipt.transactionId(),
              "",
              "",
              fen,
              BillEntry.feeFen(fen),
              0,
              receipt.paidAt(),
              receipt.paidAt(),
              payment.order().description(),
              "",
              payment.order().appId(),
              receipt.openid(),
              payment.order().tradeType().name()));
    }
    long before = 0;
    for (WechatRefund refund : payment.refunds()) {
      if (WechatTime.day(refund.createdAt()).equals(day)) {
        entries.add(refund(payment, refund, BillEntry.feeBackFen(fen, before, refund.amountFen())));
      }
      before += refund.end() == WechatRefund.End.SUCCESS ? refund.amountFen() : 0;
    }
  }

  private BillEntry refund(WechatPayment payment, WechatRefund refund, long feeBackFen) {
    Receipt receipt = payment.paidReceipt();
    String status = refund.status(now);
    boolean failed = status.equals("ABNORMAL") || status.equals("CLOSED");
    return new BillEntry(
        BillEntry.Kind.REFUND,
        payment.outTradeNo(),
        receipt.transactionId(),
        refund.outRefundNo(),
        refund.refundId(),
        refund.amountFen(),
        failed ? 0 : -feeBackFen,
        0,
        receipt.paidAt(),
        refund.createdAt(),
        payment.order().description(),
        failed ? "FAIL" : status,
        payment.order().appId(),
        receipt.openid(),
        payment.order().tradeType().name());
  }
}
