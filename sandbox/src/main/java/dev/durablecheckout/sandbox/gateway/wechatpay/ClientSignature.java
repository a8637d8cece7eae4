package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.google.common.hash.Hashing;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Checks what a merchant's page or app hands to WeChat so that the buyer can pay: signed by the
 * merchant, for the application that the payment was asked for.
 */
final class ClientSignature {
  private static final String PREPAY_ID = "prepay_id=";

  private final PaymentRegister register;
  private final Map<String, MchRegistration> merchants;

  ClientSignature(PaymentRegister register, Map<String, MchRegistration> merchants) {
    this.register = register;
    this.merchants = merchants;
  }

  /** The prepay_id; refused if the signature is wrong. */
  String prepayIdOfJsapi(Map<String, String> parameters) {
    String packaged = parameters.getOrDefault("package", "");
    refuseIf(!packaged.startsWith(PREPAY_ID) || !"RSA".equals(parameters.get("signType")));
    String prepayId = packaged.substring(PREPAY_ID.length());
    String appId = parameters.getOrDefault("appId", "");
    check(
        payment(prepayId, appId, TradeType.JSAPI),
        parameters.getOrDefault("paySign", ""),
        appId,
        parameters.getOrDefault("timeStamp", ""),
        parameters.getOrDefault("nonceStr", ""),
        packaged);
    return prepayId;
  }

  /** The prepay_id; refused if the signature is wrong. */
  String prepayIdOfApp(Map<String, String> parameters) {
    String prepayId = parameters.getOrDefault("prepayid", "");
    String appId = parameters.getOrDefault("appid", "");
    WechatPayment payment = payment(prepayId, appId, TradeType.APP);
    refuseIf(
        !payment.order().mchId().equals(parameters.get("partnerid"))
            || !"Sign=WXPay".equals(parameters.get("package")));
    check(
        payment,
        parameters.getOrDefault("sign", ""),
        appId,
        parameters.getOrDefault("timestamp", ""),
        parameters.getOrDefault("noncestr", ""),
        prepayId);
    return prepayId;
  }

  /** What PayScore's page is for; refused if it is not signed by the merchant, the old way. */
  String packageOfPayScore(Map<String, String> parameters) {
    MchRegistration merchant = merchants.get(parameters.getOrDefault("mch_id", ""));
    if (merchant == null || !"HMAC-SHA256".equals(parameters.get("sign_type"))) {
      throw new WechatRefusedException(WechatRefusal.SIGN_ERROR);
    }
    String text =
        new TreeMap<>(parameters)
                .entrySet().stream()
                    .filter(each -> !each.getKey().equals("sign") && !each.getValue().isEmpty())
                    .map(each -> each.getKey() + "=" + each.getValue())
                    .collect(Collectors.joining("&"))
            + "&key="
            + merchant.apiV2Key();
    String sign =
        Hashing.hmacSha256(merchant.apiV2Key().getBytes(StandardCharsets.UTF_8))
            .hashString(text, StandardCharsets.UTF_8)
            .toString();
    refuseIf(!sign.equalsIgnoreCase(parameters.getOrDefault("sign", "")));
    return parameters.getOrDefault("package", "");
  }

  private WechatPayment payment(String prepayId, String appId, TradeType tradeType) {
    Optional<WechatPayment> found =
        register
            .lookUp(prepayId)
            // By nothing else that a payment can be found by.
            .filter(payment -> payment.code().equals(prepayId))
            .filter(payment -> payment.order().appId().equals(appId))
            .filter(payment -> payment.order().tradeType() == tradeType);
    return found.orElseThrow(() -> new WechatRefusedException(WechatRefusal.ORDER_NOT_EXIST));
  }

  private void check(WechatPayment payment, String signature, String... lines) {
    MchRegistration merchant = merchants.get(payment.order().mchId());
    refuseIf(
        merchant == null
            || !RsaKeys.verifies(merchant.publicKey(), String.join("\n", lines) + "\n", signature));
  }

  private static void refuseIf(boolean wrong) {
    if (wrong) {
      throw new WechatRefusedException(WechatRefusal.SIGN_ERROR);
    }
  }
}
