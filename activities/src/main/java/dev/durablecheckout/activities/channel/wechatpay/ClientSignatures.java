package dev.durablecheckout.activities.channel.wechatpay;

import com.google.common.collect.ImmutableMap;
import com.wechat.pay.java.core.cipher.Signer;
import dev.durablecheckout.workflows.payment.PayCredential;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What WeChat wants to be handed by a page, a mini program or an app, so that the buyer can pay a
 * {@code prepay_id}: signed with the merchant's own key. Nothing is sent.
 */
final class ClientSignatures {
  private final Signer merchantKey;
  private final String mchId;
  private final Clock clock;
  private final Supplier<String> nonces;

  /**
   * @param nonces texts of at most 32 letters and digits, never the same twice
   */
  ClientSignatures(Signer merchantKey, String mchId, Clock clock, Supplier<String> nonces) {
    this.merchantKey = merchantKey;
    this.mchId = mchId;
    this.clock = clock;
    this.nonces = nonces;
  }

  /** For {@code WeixinJSBridge} or {@code wx.requestPayment}. */
  PayCredential jsapi(String appId, String prepayId) {
    String timestamp = timestamp();
    String nonce = nonces.get();
    String payPackage = "prepay_id=" + prepayId;
    return PayCredential.of(
        PayCredential.Type.WECHAT_JSAPI,
        ImmutableMap.<String, String>builder()
            .put("appId", appId)
            .put("timeStamp", timestamp)
            .put("nonceStr", nonce)
            .put("package", payPackage)
            .put("signType", "RSA")
            .put("paySign", sign(appId, timestamp, nonce, payPackage))
            .buildOrThrow());
  }

  /** For WeChat's app SDK. */
  PayCredential app(String appId, String prepayId) {
    String timestamp = timestamp();
    String nonce = nonces.get();
    return PayCredential.of(
        PayCredential.Type.WECHAT_APP,
        ImmutableMap.<String, String>builder()
            .put("appid", appId)
            .put("partnerid", mchId)
            .put("prepayid", prepayId)
            .put("package", "Sign=WXPay")
            .put("noncestr", nonce)
            .put("timestamp", timestamp)
            .put("sign", sign(appId, timestamp, nonce, prepayId))
            .buildOrThrow());
  }

  private String timestamp() {
    return Long.toString(clock.instant().getEpochSecond());
  }

  private String sign(String... lines) {
    return merchantKey.sign(String.join("\n", lines) + "\n").getSign();
  }
}
