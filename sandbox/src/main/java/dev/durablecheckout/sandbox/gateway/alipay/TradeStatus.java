package dev.durablecheckout.sandbox.gateway.alipay;

/** What a trade is to Alipay; all but the first are {@code trade_status} on the wire. */
public enum TradeStatus {
  /** There is a QR code or a link, and no trade yet: nobody has scanned or logged in. */
  NOT_CREATED,
  WAIT_BUYER_PAY,
  TRADE_SUCCESS,
  /** Paid, and too old to be refunded. */
  TRADE_FINISHED,
  /** Closed unpaid, or refunded in full. */
  TRADE_CLOSED
}
