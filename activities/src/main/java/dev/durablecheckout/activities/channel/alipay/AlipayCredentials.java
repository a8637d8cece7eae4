package dev.durablecheckout.activities.channel.alipay;

import com.alipay.api.domain.AlipayTradeAppPayModel;
import com.alipay.api.domain.AlipayTradePagePayModel;
import com.alipay.api.domain.AlipayTradeWapPayModel;
import com.alipay.api.request.AlipayTradeAppPayRequest;
import com.alipay.api.request.AlipayTradePagePayRequest;
import com.alipay.api.request.AlipayTradeWapPayRequest;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayOrder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Orders that the buyer's browser or phone takes to Alipay itself: they are signed here, and
 * nothing is sent. Whether the account may use the product shows only there.
 */
final class AlipayCredentials {
  private final AlipayGateway gateway;
  private final String sellerId;
  private final String notifyUrl;

  AlipayCredentials(AlipayGateway gateway, String sellerId, String notifyUrl) {
    this.gateway = gateway;
    this.sellerId = sellerId;
    this.notifyUrl = notifyUrl;
  }

  static String passbackParams(PayOrder payOrder) {
    return URLEncoder.encode(payOrder.checkoutId().value(), StandardCharsets.UTF_8);
  }

  /** Alipay's page for large screens. */
  PayCredential page(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    AlipayTradePagePayModel model = new AlipayTradePagePayModel();
    model.setOutTradeNo(payOrder.outTradeNo().value());
    model.setTotalAmount(AlipayAmounts.format(payOrder.amount()));
    model.setSubject(AlipaySubject.of(payOrder));
    model.setProductCode("FAST_INSTANT_TRADE_PAY");
    model.setTimeExpire(AlipayTimes.format(payOrder.timeExpire()));
    model.setPassbackParams(passbackParams(payOrder));
    AlipayTradePagePayRequest request = new AlipayTradePagePayRequest();
    request.setBizModel(model);
    request.setNotifyUrl(notifyUrl);
    String returnUrl = payOrder.returnUrl();
    if (returnUrl != null) {
      request.setReturnUrl(returnUrl);
    }
    return new PayCredential(
        PayCredential.Type.REDIRECT_URL,
        gateway.url(request, request::putOtherTextParam, payOrder.outTradeNo()));
  }

  /** Alipay's page for phones, which opens its app; who gives up there comes back as well. */
  PayCredential wap(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    AlipayTradeWapPayModel model = new AlipayTradeWapPayModel();
    model.setOutTradeNo(payOrder.outTradeNo().value());
    model.setTotalAmount(AlipayAmounts.format(payOrder.amount()));
    model.setSubject(AlipaySubject.of(payOrder));
    model.setProductCode("QUICK_WAP_WAY");
    model.setSellerId(sellerId);
    model.setTimeExpire(AlipayTimes.format(payOrder.timeExpire()));
    model.setPassbackParams(passbackParams(payOrder));
    AlipayTradeWapPayRequest request = new AlipayTradeWapPayRequest();
    String returnUrl = payOrder.returnUrl();
    if (returnUrl != null) {
      model.setQuitUrl(returnUrl);
      request.setReturnUrl(returnUrl);
    }
    request.setBizModel(model);
    request.setNotifyUrl(notifyUrl);
    return new PayCredential(
        PayCredential.Type.REDIRECT_URL,
        gateway.url(request, request::putOtherTextParam, payOrder.outTradeNo()));
  }

  /** What the merchant's app hands to Alipay's SDK. */
  PayCredential app(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    AlipayTradeAppPayModel model = new AlipayTradeAppPayModel();
    model.setOutTradeNo(payOrder.outTradeNo().value());
    model.setTotalAmount(AlipayAmounts.format(payOrder.amount()));
    model.setSubject(AlipaySubject.of(payOrder));
    model.setProductCode("QUICK_MSECURITY_PAY");
    model.setSellerId(sellerId);
    model.setTimeExpire(AlipayTimes.format(payOrder.timeExpire()));
    model.setPassbackParams(passbackParams(payOrder));
    AlipayTradeAppPayRequest request = new AlipayTradeAppPayRequest();
    request.setBizModel(model);
    request.setNotifyUrl(notifyUrl);
    return new PayCredential(
        PayCredential.Type.ALIPAY_APP,
        gateway.orderString(request, request::putOtherTextParam, payOrder.outTradeNo()));
  }
}
