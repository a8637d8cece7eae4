package dev.durablecheckout.sandbox.gateway.wechatpay;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a merchant asked for.
 *
 * @param openid who alone may pay it: JSAPI
 * @param timeExpire as asked for; absent for WeChat's own
 */
record WechatOrder(
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
    @Nullable Instant timeExpire) {

  /** Whether another request under the same number asks for the same. The address may change. */
  boolean agreesWith(WechatOrder other) {
    return appId.equals(other.appId)
        && tradeType == other.tradeType
        && description.equals(other.description)
        && attach.equals(other.attach)
        && notifyUrl.equals(other.notifyUrl)
        && amountFen == other.amountFen
        && Objects.equals(openid, other.openid)
        && Objects.equals(timeExpire, other.timeExpire);
  }
}
