package dev.durablecheckout.sandbox.gateway.wechatpay;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A payment as it is at one moment.
 *
 * @param code names its present credential; an earlier one is void
 * @param codeAt when that was given
 * @param expiresAt from then on nobody can pay it, though it stays NOTPAY until it is closed
 */
record WechatPayment(
    WechatOrder order,
    String code,
    Instant codeAt,
    Instant expiresAt,
    @Nullable Receipt receipt,
    @Nullable Instant closedAt,
    List<WechatRefund> refunds) {

  /** That it was paid, and by whom. */
  record Receipt(String transactionId, String openid, Instant paidAt) {}

  WechatPayment {
    refunds = List.copyOf(refunds);
  }

  /** A merchant's number is unique for that merchant only. */
  static String key(String mchId, String outTradeNo) {
    return mchId + "/" + outTradeNo;
  }

  String key() {
    return key(order.mchId(), order.outTradeNo());
  }

  String outTradeNo() {
    return order.outTradeNo();
  }

  boolean isPaid() {
    return receipt != null;
  }

  /** Of a payment that is paid. */
  Receipt paidReceipt() {
    return requireNonNull(receipt, "it is not paid");
  }

  /** Any refund at all makes it REFUND, also one that fails later. */
  String tradeState() {
    if (isPaid()) {
      return refunds.isEmpty() ? "SUCCESS" : "REFUND";
    }
    return closedAt == null ? "NOTPAY" : "CLOSED";
  }

  /** When the buyer's credential ends, by the merchant's time or by its own. */
  Instant payableUntil() {
    Instant end = codeAt.plus(order.tradeType().credentialLife());
    return end.isBefore(expiresAt) ? end : expiresAt;
  }

  boolean isOver(Instant now) {
    return !now.isBefore(payableUntil());
  }

  long paidFen() {
    return isPaid() ? order.amountFen() : 0;
  }

  /** What has gone back, or is on its way. */
  long refundedFen() {
    return sum(refunds.stream().filter(refund -> refund.end() == WechatRefund.End.SUCCESS));
  }

  /** What can still be asked back: one that is stuck at a bank still holds its money. */
  long refundableFen() {
    return paidFen()
        - sum(refunds.stream().filter(refund -> refund.end() != WechatRefund.End.CLOSED));
  }

  private static long sum(Stream<WechatRefund> refunds) {
    return refunds.mapToLong(WechatRefund::amountFen).sum();
  }

  Optional<WechatRefund> refund(String outRefundNo) {
    return refunds.stream().filter(each -> each.outRefundNo().equals(outRefundNo)).findFirst();
  }

  WechatPayment withCode(String newCode, Instant now) {
    return new WechatPayment(order, newCode, now, expiresAt, receipt, closedAt, refunds);
  }

  WechatPayment paid(Receipt newReceipt) {
    return new WechatPayment(order, code, codeAt, expiresAt, newReceipt, closedAt, refunds);
  }

  WechatPayment closed(Instant now) {
    return new WechatPayment(order, code, codeAt, expiresAt, receipt, now, refunds);
  }

  /** With another refund, or with one that has changed. */
  WechatPayment refunded(WechatRefund refund) {
    return new WechatPayment(
        order,
        code,
        codeAt,
        expiresAt,
        receipt,
        closedAt,
        Stream.concat(
                refunds.stream().filter(each -> !each.outRefundNo().equals(refund.outRefundNo())),
                Stream.of(refund))
            .toList());
  }
}
