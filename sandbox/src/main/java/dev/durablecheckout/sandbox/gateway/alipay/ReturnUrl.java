package dev.durablecheckout.sandbox.gateway.alipay;

import com.google.common.base.Strings;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the buyer goes after paying on Alipay's page, with the signed parameters that go along. */
final class ReturnUrl {
  private ReturnUrl() {}

  /** Empty if the merchant gave none. */
  static Optional<URI> of(Trade trade, RsaKeys keys, Instant now) {
    @Nullable String returnUrl = trade.order().returnUrl();
    Product product = trade.order().product();
    if ((product != Product.PAGE && product != Product.WAP) || returnUrl == null) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("charset", "utf-8");
    parameters.put("out_trade_no", trade.outTradeNo());
    parameters.put(
        "method",
        product == Product.PAGE ? "alipay.trade.page.pay.return" : "alipay.trade.wap.pay.return");
    parameters.put("total_amount", Yuan.print(trade.order().amountFen()));
    parameters.put("trade_no", Strings.nullToEmpty(trade.tradeNo()));
    parameters.put("auth_app_id", trade.order().app().appId());
    parameters.put("version", "1.0");
    parameters.put("app_id", trade.order().app().appId());
    parameters.put("sign_type", "RSA2");
    parameters.put("seller_id", trade.order().app().sellerId());
    parameters.put("timestamp", AlipayTime.seconds(now));
    parameters.put("sign", keys.sign(SignedText.ofNotify(parameters)));
    String separator = returnUrl.contains("?") ? "&" : "?";
    return Optional.of(URI.create(returnUrl + separator + NotifyFields.form(parameters)));
  }
}
