package dev.durablecheckout.sandbox.gateway.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableMap;
import com.wechat.pay.java.core.Config;
import com.wechat.pay.java.core.RSAConfig;
import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.cipher.RSASigner;
import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.core.exception.ValidationException;
import com.wechat.pay.java.core.notification.NotificationConfig;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.notification.RSANotificationConfig;
import com.wechat.pay.java.core.notification.RSAPublicKeyNotificationConfig;
import com.wechat.pay.java.core.notification.RequestParam;
import com.wechat.pay.java.core.util.PemUtil;
import com.wechat.pay.java.service.payments.app.AppService;
import com.wechat.pay.java.service.payments.h5.H5Service;
import com.wechat.pay.java.service.payments.h5.model.H5Info;
import com.wechat.pay.java.service.payments.h5.model.SceneInfo;
import com.wechat.pay.java.service.payments.jsapi.JsapiService;
import com.wechat.pay.java.service.payments.jsapi.model.Payer;
import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.payments.nativepay.NativePayService;
import com.wechat.pay.java.service.payments.nativepay.model.Amount;
import com.wechat.pay.java.service.payments.nativepay.model.CloseOrderRequest;
import com.wechat.pay.java.service.payments.nativepay.model.PrepayRequest;
import com.wechat.pay.java.service.payments.nativepay.model.QueryOrderByIdRequest;
import com.wechat.pay.java.service.payments.nativepay.model.QueryOrderByOutTradeNoRequest;
import com.wechat.pay.java.service.refund.RefundService;
import com.wechat.pay.java.service.refund.model.AmountReq;
import com.wechat.pay.java.service.refund.model.CreateRequest;
import com.wechat.pay.java.service.refund.model.QueryByOutRefundNoRequest;
import com.wechat.pay.java.service.refund.model.Refund;
import com.wechat.pay.java.service.refund.model.RefundNotification;
import com.wechat.pay.java.service.refund.model.Status;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.http.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tencent's own SDK as the merchant: what it signs is taken, and it believes what we sign. */
class WechatSdkTest extends WechatScene {
  private static Config publicKey() {
    return new RSAPublicKeyConfig.Builder()
        .merchantId(WechatMerchant.MCH_ID)
        .privateKey(WechatMerchant.KEYS.privateKey())
        .merchantSerialNumber(WechatMerchant.SERIAL_NO)
        .publicKey(WechatMerchant.PLATFORM.publicKey())
        .publicKeyId(WechatMerchant.PUBLIC_KEY_ID)
        .apiV3Key(WechatMerchant.API_V3_KEY)
        .build();
  }

  private static Config certificate() {
    return new RSAConfig.Builder()
        .merchantId(WechatMerchant.MCH_ID)
        .privateKey(WechatMerchant.KEYS.privateKey())
        .merchantSerialNumber(WechatMerchant.SERIAL_NO)
        .wechatPayCertificates(WechatMerchant.CERTIFICATE.pem())
        .build();
  }

  private SdkHttpClient http(Config config) {
    return new SdkHttpClient(config, merchant.gateway.gatewayUrl());
  }

  private NativePayService nativePay(Config config) {
    return new NativePayService.Builder().httpClient(http(config)).build();
  }

  private PrepayRequest prepayRequest(String outTradeNo) {
    PrepayRequest request = new PrepayRequest();
    request.setAppid(WechatMerchant.OFFICIAL_ACCOUNT);
    request.setMchid(WechatMerchant.MCH_ID);
    request.setDescription("茶 <b>tea");
    request.setOutTradeNo(outTradeNo);
    request.setNotifyUrl(merchant.notifyUrl().toString());
    request.setAttach("shop.order 1");
    Amount amount = new Amount();
    amount.setTotal(100);
    request.setAmount(amount);
    return request;
  }

  private static Transaction query(NativePayService service, String outTradeNo) {
    QueryOrderByOutTradeNoRequest query = new QueryOrderByOutTradeNoRequest();
    query.setMchid(WechatMerchant.MCH_ID);
    query.setOutTradeNo(outTradeNo);
    return service.queryOrderByOutTradeNo(query);
  }

  private static void close(NativePayService service, String outTradeNo) {
    CloseOrderRequest close = new CloseOrderRequest();
    close.setMchid(WechatMerchant.MCH_ID);
    close.setOutTradeNo(outTradeNo);
    service.closeOrder(close);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isServedWhetherItVerifiesByThePublicKeyOrByACertificate(boolean byPublicKey) {
    NativePayService service = nativePay(byPublicKey ? publicKey() : certificate());
    String qr = service.prepay(prepayRequest("ORDER-1")).getCodeUrl();
    assertThat(query(service, "ORDER-1").getTradeState())
        .isEqualTo(Transaction.TradeStateEnum.NOTPAY);

    merchant.gateway.buyer().pay(qr);

    Transaction paid = query(service, "ORDER-1");
    assertThat(paid.getTradeState()).isEqualTo(Transaction.TradeStateEnum.SUCCESS);
    assertThat(paid.getTradeType()).isEqualTo(Transaction.TradeTypeEnum.NATIVE);
    assertThat(paid.getAmount().getTotal()).isEqualTo(100);
    assertThat(paid.getAttach()).isEqualTo("shop.order 1");
    assertThat(paid.getPayer().getOpenid())
        .isEqualTo(merchant.gateway.buyer().openid(WechatMerchant.OFFICIAL_ACCOUNT));
    QueryOrderByIdRequest byId = new QueryOrderByIdRequest();
    byId.setMchid(WechatMerchant.MCH_ID);
    byId.setTransactionId(paid.getTransactionId());
    assertThat(service.queryOrderById(byId).getOutTradeNo()).isEqualTo("ORDER-1");
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> close(service, "ORDER-1"))
        .returns("ORDERPAID", ServiceException::getErrorCode)
        .returns("该订单已支付", ServiceException::getErrorMessage);
  }

  @Test
  void believesAnEmptyAnswerToAClose() {
    NativePayService service = nativePay(publicKey());
    service.prepay(prepayRequest("ORDER-2"));
    close(service, "ORDER-2");
    close(service, "ORDER-2");
    assertThat(query(service, "ORDER-2").getTradeState())
        .isEqualTo(Transaction.TradeStateEnum.CLOSED);
  }

  @Test
  void signsWhatAPageHandsOver() {
    com.wechat.pay.java.service.payments.jsapi.model.PrepayRequest request =
        new com.wechat.pay.java.service.payments.jsapi.model.PrepayRequest();
    request.setAppid(WechatMerchant.OFFICIAL_ACCOUNT);
    request.setMchid(WechatMerchant.MCH_ID);
    request.setDescription("tea");
    request.setOutTradeNo("ORDER-3");
    request.setNotifyUrl(merchant.notifyUrl().toString());
    com.wechat.pay.java.service.payments.jsapi.model.Amount amount =
        new com.wechat.pay.java.service.payments.jsapi.model.Amount();
    amount.setTotal(100);
    request.setAmount(amount);
    Payer payer = new Payer();
    payer.setOpenid(merchant.gateway.buyer().openid(WechatMerchant.OFFICIAL_ACCOUNT));
    request.setPayer(payer);

    String packaged =
        "prepay_id="
            + new JsapiService.Builder()
                .httpClient(http(publicKey()))
                .build()
                .prepay(request)
                .getPrepayId();

    ImmutableMap<String, String> parameters =
        ImmutableMap.<String, String>builder()
            .put("appId", WechatMerchant.OFFICIAL_ACCOUNT)
            .put("timeStamp", "1772359200")
            .put("nonceStr", "NONCE")
            .put("package", packaged)
            .put("signType", "RSA")
            .put("paySign", sign(WechatMerchant.OFFICIAL_ACCOUNT, "1772359200", "NONCE", packaged))
            .buildOrThrow();
    ImmutableMap<String, String> forged =
        ImmutableMap.<String, String>builder()
            .putAll(parameters)
            .put("timeStamp", "1")
            .buildKeepingLast();
    assertThatExceptionOfType(WechatRefusedException.class)
        .isThrownBy(() -> merchant.gateway.buyer().payJsapi(forged))
        .withMessageContaining("SIGN_ERROR");
    assertThat(merchant.gateway.buyer().payJsapi(parameters).paidFen()).isEqualTo(100);
  }

  @Test
  void signsWhatAnAppHandsOver() {
    com.wechat.pay.java.service.payments.app.model.PrepayRequest request =
        new com.wechat.pay.java.service.payments.app.model.PrepayRequest();
    request.setAppid(WechatMerchant.MOBILE_APP);
    request.setMchid(WechatMerchant.MCH_ID);
    request.setDescription("tea");
    request.setOutTradeNo("ORDER-4");
    request.setNotifyUrl(merchant.notifyUrl().toString());
    com.wechat.pay.java.service.payments.app.model.Amount amount =
        new com.wechat.pay.java.service.payments.app.model.Amount();
    amount.setTotal(100);
    request.setAmount(amount);

    String prepayId =
        new AppService.Builder()
            .httpClient(http(publicKey()))
            .build()
            .prepay(request)
            .getPrepayId();

    assertThat(
            merchant
                .gateway
                .buyer()
                .payApp(
                    ImmutableMap.<String, String>builder()
                        .put("appid", WechatMerchant.MOBILE_APP)
                        .put("partnerid", WechatMerchant.MCH_ID)
                        .put("prepayid", prepayId)
                        .put("package", "Sign=WXPay")
                        .put("noncestr", "NONCE")
                        .put("timestamp", "1772359200")
                        .put(
                            "sign",
                            sign(WechatMerchant.MOBILE_APP, "1772359200", "NONCE", prepayId))
                        .buildOrThrow())
                .paidFen())
        .isEqualTo(100);
  }

  private static String sign(String... lines) {
    return new RSASigner(
            WechatMerchant.SERIAL_NO,
            PemUtil.loadPrivateKeyFromString(WechatMerchant.KEYS.privateKey()))
        .sign(String.join("\n", lines) + "\n")
        .getSign();
  }

  @Test
  void isGivenAPageForAPhonesBrowser() {
    com.wechat.pay.java.service.payments.h5.model.PrepayRequest request =
        new com.wechat.pay.java.service.payments.h5.model.PrepayRequest();
    request.setAppid(WechatMerchant.OFFICIAL_ACCOUNT);
    request.setMchid(WechatMerchant.MCH_ID);
    request.setDescription("tea");
    request.setOutTradeNo("ORDER-5");
    request.setNotifyUrl(merchant.notifyUrl().toString());
    com.wechat.pay.java.service.payments.h5.model.Amount amount =
        new com.wechat.pay.java.service.payments.h5.model.Amount();
    amount.setTotal(100);
    request.setAmount(amount);
    H5Info info = new H5Info();
    info.setType("Wap");
    SceneInfo scene = new SceneInfo();
    scene.setPayerClientIp("14.23.150.211");
    scene.setH5Info(info);
    request.setSceneInfo(scene);

    String url =
        new H5Service.Builder().httpClient(http(publicKey())).build().prepay(request).getH5Url();

    assertThat(merchant.gateway.buyer().pay(url).paidFen()).isEqualTo(100);
  }

  @Test
  void refundsAndIsToldOfIt() throws Exception {
    nativePay(publicKey()).prepay(prepayRequest("ORDER-6"));
    merchant.gateway.buyer().pay("ORDER-6");
    merchant.nextNotify();
    RefundService service = new RefundService.Builder().httpClient(http(publicKey())).build();
    CreateRequest request = new CreateRequest();
    request.setOutTradeNo("ORDER-6");
    request.setOutRefundNo("R-6@1");
    request.setReason("茶");
    AmountReq amount = new AmountReq();
    amount.setRefund(40L);
    amount.setTotal(100L);
    amount.setCurrency("CNY");
    request.setAmount(amount);

    assertThat(service.create(request).getStatus()).isEqualTo(Status.SUCCESS);

    QueryByOutRefundNoRequest query = new QueryByOutRefundNoRequest();
    query.setOutRefundNo("R-6@1");
    Refund refund = service.queryByOutRefundNo(query);
    assertThat(refund.getAmount().getRefund()).isEqualTo(40);
    assertThat(refund.getSuccessTime()).isNotEmpty();
    RefundNotification told =
        parse(publicKeyNotify(), merchant.nextNotify(), RefundNotification.class);
    assertThat(told.getOutRefundNo()).isEqualTo("R-6@1");
    assertThat(told.getRefundStatus()).isEqualTo(Status.SUCCESS);
    assertThat(told.getAmount().getPayerRefund()).isEqualTo(40);
  }

  private static NotificationConfig publicKeyNotify() {
    return new RSAPublicKeyNotificationConfig.Builder()
        .publicKey(WechatMerchant.PLATFORM.publicKey())
        .publicKeyId(WechatMerchant.PUBLIC_KEY_ID)
        .apiV3Key(WechatMerchant.API_V3_KEY)
        .build();
  }

  @SuppressWarnings("deprecation") // The one that came instead downloads what it verifies by.
  private static NotificationConfig certificateNotify() {
    return new RSANotificationConfig.Builder()
        .certificates(WechatMerchant.CERTIFICATE.pem())
        .apiV3Key(WechatMerchant.API_V3_KEY)
        .build();
  }

  private static <T> T parse(NotificationConfig config, Request notify, Class<T> type) {
    return new NotificationParser(config)
        .parse(
            new RequestParam.Builder()
                .serialNumber(notify.header("wechatpay-serial").orElseThrow())
                .nonce(notify.header("wechatpay-nonce").orElseThrow())
                .signature(notify.header("wechatpay-signature").orElseThrow())
                .timestamp(notify.header("wechatpay-timestamp").orElseThrow())
                .signType(notify.header("wechatpay-signature-type").orElseThrow())
                .body(notify.text())
                .build(),
            type);
  }

  private Request paid(String outTradeNo) throws InterruptedException {
    nativePay(publicKey()).prepay(prepayRequest(outTradeNo));
    merchant.gateway.buyer().pay(outTradeNo);
    return merchant.nextNotify();
  }

  @Test
  void readsANotifyThatIsSignedWithThePublicKey() throws Exception {
    Request notify = paid("ORDER-7");
    Transaction transaction = parse(publicKeyNotify(), notify, Transaction.class);
    assertThat(transaction.getOutTradeNo()).isEqualTo("ORDER-7");
    assertThat(transaction.getSuccessTime()).endsWith("+08:00");
    assertThat(notify.header("content-type")).contains("application/json");
    assertThat(notify.header("user-agent")).contains("Mozilla/4.0");
    merchant.gateway.faults().add(FaultRule.once(Fault.NOTIFY_BAD_SIGNATURE));
    Request forged = paid("ORDER-11");
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() -> parse(publicKeyNotify(), forged, Transaction.class));
  }

  @Test
  void readsANotifyThatIsSignedWithACertificate() throws Exception {
    merchant.gateway.signNotifiesWith(WechatMerchant.MCH_ID, NotifyKey.CERTIFICATE);
    Request notify = paid("ORDER-8");
    assertThat(parse(certificateNotify(), notify, Transaction.class).getOutTradeNo())
        .isEqualTo("ORDER-8");
  }

  @Test
  void getsNotifiesOfBothKindsWhileItsAccountIsMoved() throws Exception {
    merchant.gateway.signNotifiesWith(WechatMerchant.MCH_ID, NotifyKey.EITHER);
    Request one = paid("ORDER_9");
    Request other = paid("ORDER_10");
    assertThat(parse(certificateNotify(), one, Transaction.class).getOutTradeNo())
        .isEqualTo("ORDER_9");
    assertThat(parse(publicKeyNotify(), other, Transaction.class).getOutTradeNo())
        .isEqualTo("ORDER_10");
    for (Request notify : new Request[] {one, other}) {
      assertThat(
              merchant
                  .verifier(WechatMerchant.Trust.BOTH)
                  .verify(notify.body(), WechatMerchant.headers(notify)))
          .as("the checkout reads both")
          .isNotNull();
    }
  }
}
