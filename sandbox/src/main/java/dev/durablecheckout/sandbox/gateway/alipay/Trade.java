package dev.durablecheckout.sandbox.gateway.alipay;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A trade as it is at one moment.
 *
 * @param code names the trade in the QR code and in the buyer's page
 * @param tradeNo Alipay's number; there is none before the trade is created
 * @param leftAt when the buyer last went away without paying
 */
record Trade(
    String code,
    TradeOrder order,
    TradeStatus status,
    @Nullable String tradeNo,
    @Nullable Instant createdAt,
    @Nullable Instant paidAt,
    @Nullable Instant closedAt,
    @Nullable Instant leftAt,
    List<Refund> refunds) {

  static Trade offered(String code, TradeOrder order) {
    return new Trade(code, order, TradeStatus.NOT_CREATED, null, null, null, null, null, List.of());
  }

  Trade created(String newTradeNo, Instant now) {
    return new Trade(
        code, order, TradeStatus.WAIT_BUYER_PAY, newTradeNo, now, null, null, leftAt, refunds);
  }

  Trade paid(Instant now) {
    return new Trade(
        code, order, TradeStatus.TRADE_SUCCESS, tradeNo, createdAt, now, null, leftAt, refunds);
  }

  Trade closed(Instant at) {
    return new Trade(
        code, order, TradeStatus.TRADE_CLOSED, tradeNo, createdAt, paidAt, at, leftAt, refunds);
  }

  Trade finished() {
    return new Trade(
        code,
        order,
        TradeStatus.TRADE_FINISHED,
        tradeNo,
        createdAt,
        paidAt,
        closedAt,
        leftAt,
        refunds);
  }

  Trade left(Instant now) {
    return new Trade(code, order, status, tradeNo, createdAt, paidAt, closedAt, now, refunds);
  }

  /** With one more refund; the last fen closes the trade. */
  Trade refunded(Refund refund) {
    Trade more =
        new Trade(
            code,
            order,
            status,
            tradeNo,
            createdAt,
            paidAt,
            closedAt,
            leftAt,
            ImmutableList.<Refund>builder().addAll(refunds).add(refund).build());
    return more.refundedFen() == order.amountFen() ? more.closed(refund.refundedAt()) : more;
  }

  String outTradeNo() {
    return order.outTradeNo();
  }

  boolean isPaid() {
    return paidAt != null;
  }

  long paidFen() {
    return isPaid() ? order.amountFen() : 0;
  }

  long refundedFen() {
    return refunds.stream().mapToLong(Refund::amountFen).sum();
  }

  Optional<Refund> refund(String outRequestNo) {
    return refunds.stream().filter(each -> each.outRequestNo().equals(outRequestNo)).findFirst();
  }
}
