package dev.durablecheckout.sandbox.gateway.wechatpay;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A payment: what was asked for, and what came of it.
 *
 * @param code what its present credential ends in: an earlier one is void
 */
public record WechatPayment(
    String mchId,
    String appId,
    String outTradeNo,
    TradeType tradeType,
    String description,
    String attach,
    String notifyUrl,
    long amountFen,
    @Nullable String openid,
    @Nullable String clientIp,
    Instant timeExpire,
    String code,
    @Nullable String transactionId,
    @Nullable String payer,
    @Nullable Instant paidAt,
    boolean isClosed,
    List<WechatRefund> refunds) {
  /** As WeChat names the ways to pay. */
  public enum TradeType {
    NATIVE,
    JSAPI,
    APP,
    MWEB
  }

  public WechatPayment {
    refunds = List.copyOf(refunds);
  }

  String key() {
    return mchId + "/" + outTradeNo;
  }

  /** Any refund at all makes it REFUND. */
  public String tradeState() {
    if (paidAt != null) {
      return refunds.isEmpty() ? "SUCCESS" : "REFUND";
    }
    return isClosed ? "CLOSED" : "NOTPAY";
  }

  public long paidFen() {
    return paidAt == null ? 0 : amountFen;
  }

  /** What has gone back, or is on its way. */
  public long refundedFen() {
    return refunds.stream()
        .filter(refund -> refund.end() == WechatRefund.End.SUCCESS)
        .mapToLong(WechatRefund::amountFen)
        .sum();
  }

  WechatPayment withCode(String newCode) {
    return new WechatPayment(
        mchId,
        appId,
        outTradeNo,
        tradeType,
        description,
        attach,
        notifyUrl,
        amountFen,
        openid,
        clientIp,
        timeExpire,
        newCode,
        transactionId,
        payer,
        paidAt,
        isClosed,
        refunds);
  }

  WechatPayment paid(String newTransactionId, String newPayer, Instant at) {
    return new WechatPayment(
        mchId,
        appId,
        outTradeNo,
        tradeType,
        description,
        attach,
        notifyUrl,
        amountFen,
        openid,
        clientIp,
        timeExpire,
        code,
        newTransactionId,
        newPayer,
        at,
        isClosed,
        refunds);
  }

  WechatPayment closed() {
    return new WechatPayment(
        mchId,
        appId,
        outTradeNo,
        tradeType,
        description,
        attach,
        notifyUrl,
        amountFen,
        openid,
        clientIp,
        timeExpire,
        code,
        transactionId,
        payer,
        paidAt,
        true,
        refunds);
  }

  WechatPayment refunded(WechatRefund refund) {
    return new WechatPayment(
        mchId,
        appId,
        outTradeNo,
        tradeType,
        description,
        attach,
        notifyUrl,
        amountFen,
        openid,
        clientIp,
        timeExpire,
        code,
        transactionId,
        payer,
        paidAt,
        isClosed,
        Stream.concat(refunds.stream(), Stream.of(refund)).toList());
  }

  /** Whether another request under the same number asks for the same. */
  boolean agreesWith(WechatPayment other) {
    return appId.equals(other.appId)
        && tradeType == other.tradeType
        && description.equals(other.description)
        && attach.equals(other.attach)
        && notifyUrl.equals(other.notifyUrl)
        && amountFen == other.amountFen
        && timeExpire.equals(other.timeExpire)
        && String.valueOf(openid).equals(String.valueOf(other.openid));
  }
}
