package dev.durablecheckout.activities.channel.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.wechatpay.SigningGateway.Request;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayFixtures.AccountSettings;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayerIdentity;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.RefundResult;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each call asks and what it makes of the answers. */
class WechatPayChannelTest {
  private static final String PREPAY_ID = "wx201410272009395522657a690389285100";

  private final SigningGateway gateway = new SigningGateway();
  private final AccountSettings settings = WechatPayFixtures.account(gateway.url());

  @AfterEach
  void close() {
    gateway.close();
  }

  private WechatPayChannel channel() {
    return WechatPayFixtures.channel(settings);
  }

  private PayCredential prepay(PayMethod method, String answer) throws Exception {
    PrepayResult result =
        WechatPayFixtures.channel(settings.withReadTimeout(WechatPayFixtures.TIMEOUT))
            .prepay(scripted(method, answer));
    return result.credential();
  }

  private PayOrder scripted(PayMethod method, String answer) {
    gateway.thenSigned(answer);
    return WechatPayFixtures.payOrder(method);
  }

  private JsonNode sent(String path) {
    Request request = gateway.request(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo(path);
    return request.json();
  }

  private static String order(String appId, String more) {
    return """
        {"appid":"%s","mchid":"1900007291","description":"Tea & <cake> 茶","out_trade_no":"%s",
        "time_expire":"2026-03-02T00:20:30+08:00","notify_url":"https://shop.example/v1/notify/wechatpay/shop",
        "amount":{"total":1234,"currency":"CNY"},"attach":"shop.A-1_b"%s}"""
        .formatted(appId, WechatPayFixtures.OUT_TRADE_NO, more);
  }

  @Test
  void qrIsNative() throws Exception {
    assertThat(prepay(PayMethod.QR, "{\"code_url\":\"weixin://wxpay/bizpayurl?pr=JyC91EIz1\"}"))
        .isEqualTo(
            new PayCredential(PayCredential.Type.QR_CODE, "weixin://wxpay/bizpayurl?pr=JyC91EIz1"));
    assertThat(sent("/v3/pay/transactions/native"))
        .isEqualTo(SigningGateway.json(order(WechatPayFixtures.OFFICIAL_ACCOUNT, "")));
  }

  @Test
  void everyCallSaysWhatItIsAndWhichKeyItExpects() throws Exception {
    prepay(PayMethod.QR, "{\"code_url\":\"weixin://x\"}");
    Map<String, String> headers = gateway.request(0).headers();
    assertThat(headers)
        .containsEntry("accept", "application/json")
        .containsEntry("content-type", "application/json")
        .containsEntry("wechatpay-serial", WechatPayFixtures.PUBLIC_KEY_ID);
    assertThat(headers.get("user-agent")).startsWith("WechatPay-Java/");
  }

  @ParameterizedTest
  @CsvSource({"JSAPI, wx0000000000000001", "MINI_PROGRAM, wx0000000000000002"})
  void aPageAndAMiniProgramPayByPrepayId(PayMethod method, String appId) throws Exception {
    PayCredential credential = prepay(method, "{\"prepay_id\":\"" + PREPAY_ID + "\"}");
    assertThat(sent("/v3/pay/transactions/jsapi"))
        .isEqualTo(
            SigningGateway.json(
                order(appId, ",\"payer\":{\"openid\":\"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o\"}")));
    assertThat(credential.type()).isEqualTo(PayCredential.Type.WECHAT_JSAPI);
    assertThat(credential.parameters())
        .containsEntry("appId", appId)
        .containsEntry("package", "prepay_id=" + PREPAY_ID)
        .containsEntry("timeStamp", "1772359200")
        .containsEntry("nonceStr", "NONCE")
        .containsEntry("signType", "RSA")
        .hasSize(6);
    assertThat(
            SigningGateway.isSigned(
                WechatPayFixtures.MERCHANT.getPublic(),
                appId + "\n1772359200\nNONCE\nprepay_id=" + PREPAY_ID + "\n",
                credential.parameters().get("paySign")))
        .isTrue();
  }

  @Test
  void anAppPaysByPrepayId() throws Exception {
    PayCredential credential = prepay(PayMethod.APP, "{\"prepay_id\":\"" + PREPAY_ID + "\"}");
    assertThat(sent("/v3/pay/transactions/app"))
        .isEqualTo(SigningGateway.json(order(WechatPayFixtures.MOBILE_APP, "")));
    assertThat(credential.type()).isEqualTo(PayCredential.Type.WECHAT_APP);
    assertThat(credential.parameters())
        .containsEntry("appid", WechatPayFixtures.MOBILE_APP)
        .containsEntry("partnerid", WechatPayFixtures.MCH_ID)
        .containsEntry("prepayid", PREPAY_ID)
        .containsEntry("package", "Sign=WXPay")
        .hasSize(7);
    assertThat(
            SigningGateway.isSigned(
                WechatPayFixtures.MERCHANT.getPublic(),
                WechatPayFixtures.MOBILE_APP + "\n1772359200\nNONCE\n" + PREPAY_ID + "\n",
                credential.parameters().get("sign")))
        .isTrue();
  }

  @Test
  void h5SendsTheBuyerToWechatAndBack() throws Exception {
    assertThat(prepay(PayMethod.H5, "{\"h5_url\":\"https://wx.tenpay.com/h5?prepay_id=wx1\"}"))
        .isEqualTo(
            new PayCredential(
                PayCredential.Type.REDIRECT_URL,
                "https://wx.tenpay.com/h5?prepay_id=wx1"
                    + "&redirect_url=https%3A%2F%2Fshop.example%2Fback%3Fa%3D1%26b%3D2"));
    assertThat(sent("/v3/pay/transactions/h5"))
        .isEqualTo(
            SigningGateway.json(
                order(
                    WechatPayFixtures.OFFICIAL_ACCOUNT,
                    ",\"scene_info\":{\"payer_client_ip\":\"14.23.150.211\",\"h5_info\":{\"type\":\"Wap\"}}")));
  }

  @Test
  void qrAndH5TakeWhicheverApplicationThereIs() throws Exception {
    settings.officialAccount = null;
    prepay(PayMethod.QR, "{\"code_url\":\"weixin://x\"}");
    assertThat(gateway.request(0).json().get("appid").asText())
        .isEqualTo(WechatPayFixtures.MINI_PROGRAM);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> channel().prepay(WechatPayFixtures.payOrder(PayMethod.JSAPI)))
        .withMessage("JSAPI is not set up for this account");
  }

  @ParameterizedTest
  @EnumSource(
      value = PayMethod.class,
      names = {"PAGE", "WAP", "BARCODE", "BALANCE"})
  void otherMethodsAreNone(PayMethod method) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> channel().prepay(WechatPayFixtures.payOrder(method)))
        .withMessageContaining("no method of WeChat Pay");
    assertThat(gateway.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "QR | {}",
        "QR | {\"code_url\":\"\"}",
        "QR | {\"code_url\":1}",
        "JSAPI | {\"prepay_id\":\"a\\nb\"}",
        "APP | {\"code_url\":\"weixin://x\"}",
        "H5 | {\"h5_url\":\"javascript:alert(1)\"}",
        "H5 | {\"h5_url\":\"https://a b\"}"
      })
  void aYesWithoutACredentialIsUnknown(PayMethod method, String answer) {
    gateway.thenSigned(answer);
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> channel().prepay(WechatPayFixtures.payOrder(method)))
        .withMessageContaining("without a credential that can be read");
  }

  @ParameterizedTest
  @CsvSource({
    "400, PARAM_ERROR, OTHER",
    "400, INVALID_REQUEST, CONFLICT",
    "403, OUT_TRADE_NO_USED, CONFLICT",
    "400, ORDER_CLOSED, CONFLICT",
    "400, ORDERCLOSED, CONFLICT",
    "400, APPID_MCHID_NOT_MATCH, MERCHANT_ACCOUNT",
    "400, MCH_NOT_EXISTS, MERCHANT_ACCOUNT",
    "403, NO_AUTH, MERCHANT_ACCOUNT",
    "403, NOAUTH, MERCHANT_ACCOUNT",
    "403, RULE_LIMIT, LIMIT",
    "403, RULELIMIT, LIMIT",
    "403, TRADE_ERROR, OTHER",
    "403, NOT_ENOUGH, INSUFFICIENT_BALANCE",
    "403, ACCOUNT_ERROR, BUYER_ACCOUNT",
    "403, ACCOUNTERROR, BUYER_ACCOUNT",
    "403, USER_ACCOUNT_ABNORMAL, BUYER_ACCOUNT",
    "500, OPENID_MISMATCH, PAYER",
    "400, OPENID_MISMATCH, PAYER"
  })
  void aPrepayIsRefusedInStableWords(int status, String code, Refusal.Code meaning)
      throws Exception {
    gateway.thenError(status, code);
    assertThat(channel().prepay(WechatPayFixtures.payOrder(PayMethod.QR)))
        .isEqualTo(PrepayResult.refused(new Refusal(meaning, code, "原因")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ORDERPAID", "ORDER_PAID"})
  void aPrepayOfWhatIsPaidIsNeitherYesNorNo(String code) {
    gateway.thenError(400, code);
    NetworkCall.PREPAY.assertUnknown(settings, "it is paid already");
  }

  @Test
  void aPaidTradeHasItsAmountNumberAndTime() throws Exception {
    gateway.thenSigned(WechatPayFixtures.transaction("SUCCESS", ",\"new_member\":{}"));
    assertThat(channel().query(WechatPayFixtures.payOrder(PayMethod.QR)))
        .isEqualTo(
            new TradeResult(
                WechatPayFixtures.OUT_TRADE_NO,
                TradeState.PAID,
                TradeNo.of("4200000001"),
                Money.ofFen(1234),
                Instant.parse("2026-03-01T10:05:06Z")));
    assertThat(gateway.request(0).method()).isEqualTo("GET");
    assertThat(gateway.request(0).target())
        .isEqualTo(
            "/v3/pay/transactions/out-trade-no/"
                + WechatPayFixtures.OUT_TRADE_NO
                + "?mchid=1900007291");
  }

  @ParameterizedTest
  @CsvSource({
    "NOTPAY, UNPAID",
    "CLOSED, CLOSED",
    "REVOKED, CLOSED",
    "USERPAYING, UNPAID",
    "PAYERROR, UNPAID",
    "ACCEPT, UNPAID"
  })
  void anUnpaidTradeHasAStateAlone(String tradeState, TradeState state) throws Exception {
    gateway.thenSigned(WechatPayFixtures.unpaid(tradeState));
    assertThat(channel().query(WechatPayFixtures.payOrder(PayMethod.QR)))
        .isEqualTo(new TradeResult(WechatPayFixtures.OUT_TRADE_NO, state, null, null, null));
  }

  /** As the real one answers: an amount, and its currency under another name. */
  @ParameterizedTest
  @CsvSource({"NOTPAY, UNPAID", "CLOSED, CLOSED"})
  void anUnpaidTradeMayHaveAnAmountWithoutCurrency(String tradeState, TradeState state)
      throws Exception {
    gateway.thenSigned(
        """
        {"amount":{"payer_currency":"CNY","total":1234},"appid":"%s","mchid":"%s","out_trade_no":"%s",
        "promotion_detail":[],"scene_info":{"device_id":""},"trade_state":"%s","trade_state_desc":"x"}"""
            .formatted(
                WechatPayFixtures.OFFICIAL_ACCOUNT,
                WechatPayFixtures.MCH_ID,
                WechatPayFixtures.OUT_TRADE_NO,
                tradeState));
    assertThat(channel().query(WechatPayFixtures.payOrder(PayMethod.QR)))
        .isEqualTo(
            new TradeResult(WechatPayFixtures.OUT_TRADE_NO, state, null, Money.ofFen(1234), null));
  }

  @Test
  void anUnpaidTradeInAnotherCurrencyIsNoAnswer() throws Exception {
    gateway.thenSigned(
        WechatPayFixtures.unpaid("NOTPAY")
            .replace("\"mchid\"", "\"amount\":{\"payer_currency\":\"USD\",\"total\":1},\"mchid\""));
    NetworkCall.QUERY.assertUnknown(settings, "not in CNY");
  }

  @Test
  void aTradeOfWhichSomethingWentBackWasPaid() throws Exception {
    gateway.thenSigned(WechatPayFixtures.transaction("REFUND", ""));
    TradeResult trade = channel().query(WechatPayFixtures.payOrder(PayMethod.QR));
    assertThat(trade.state()).isEqualTo(TradeState.PAID);
    assertThat(trade.amount()).isEqualTo(Money.ofFen(1234));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ORDER_NOT_EXIST", "ORDERNOTEXIST"})
  void aNumberThatWechatDoesNotKnowIsNotCreated(String code) throws Exception {
    gateway.thenError(404, code);
    assertThat(channel().query(WechatPayFixtures.payOrder(PayMethod.QR)))
        .isEqualTo(
            new TradeResult(
                WechatPayFixtures.OUT_TRADE_NO, TradeState.NOT_CREATED, null, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"mchid\":\"1900007291\" | \"mchid\":\"1900007292\" | another account",
        "\"mchid\":\"1900007291\" | \"sp_mchid\":\"1900007291\" | another account",
        "wx0000000000000001 | wx0000000000000009 | another account",
        "\"appid\" | \"app_id\" | another account",
        "\"out_trade_no\":\"P | \"out_trade_no\":\"Q | another payment",
        "\"out_trade_no\" | \"x\" | out_trade_no is missing",
        "SUCCESS | SUCCEEDED | unknown trade_state",
        "\"trade_state\" | \"x\" | trade_state is missing",
        "\"currency\":\"CNY\" | \"currency\":\"USD\" | not in CNY",
        "\"currency\" | \"x\" | currency is missing",
        "\"transaction_id\" | \"x\" | paid, without",
        "\"total\":1234 | \"x\":1234 | paid, without",
        "\"total\":1234 | \"total\":-1 | total is no amount",
        "\"total\":1234 | \"total\":12.34 | total is no amount",
        "\"total\":1234 | \"total\":\"1234\" | total is no amount",
        "\"total\":1234 | \"total\":99999999999999999999 | total is no amount",
        "18:05:06+08:00 | later | success_time is no time"
      })
  void aQueryAnswerThatIsNotAboutThisPaymentIsUnknown(String from, String to, String why) {
    String answer = WechatPayFixtures.transaction("SUCCESS", "").replace(from, to);
    assertThat(answer).isNotEqualTo(WechatPayFixtures.transaction("SUCCESS", ""));
    gateway.thenSigned(answer);
    NetworkCall.QUERY.assertUnknown(settings, why);
  }

  @Test
  void aCloseIsDoneBy204() throws Exception {
    gateway.thenSigned("");
    assertThat(channel().close(WechatPayFixtures.payOrder(PayMethod.QR)))
        .isEqualTo(new CloseResult(CloseResult.Outcome.CLOSED, null));
    assertThat(
            sent("/v3/pay/transactions/out-trade-no/" + WechatPayFixtures.OUT_TRADE_NO + "/close"))
        .isEqualTo(SigningGateway.json("{\"mchid\":\"1900007291\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    "400, ORDER_CLOSED, CLOSED",
    "400, ORDERCLOSED, CLOSED",
    "404, ORDER_NOT_EXIST, NOT_CREATED",
    "404, ORDERNOTEXIST, NOT_CREATED"
  })
  void aCloseMaySayWhatIsThere(int status, String code, CloseResult.Outcome outcome)
      throws Exception {
    gateway.thenError(status, code);
    assertThat(channel().close(WechatPayFixtures.payOrder(PayMethod.QR)))
        .isEqualTo(new CloseResult(outcome, null));
  }

  @ParameterizedTest
  @CsvSource({
    "400, ORDERPAID, SUCCESS",
    "400, ORDER_PAID, SUCCESS",
    "403, TRADE_ERROR, SUCCESS",
    "400, INVALID_REQUEST, SUCCESS",
    "400, ORDERPAID, REFUND"
  })
  void aCloseOfWhatIsPaidFindsTheMoney(int status, String code, String tradeState)
      throws Exception {
    gateway.thenError(status, code).thenSigned(WechatPayFixtures.transaction(tradeState, ""));
    CloseResult closed = channel().close(WechatPayFixtures.payOrder(PayMethod.QR));
    assertThat(closed.outcome()).isEqualTo(CloseResult.Outcome.ALREADY_PAID);
    assertThat(closed.trade().amount()).isEqualTo(Money.ofFen(1234));
    assertThat(gateway.requests()).hasSize(2);
  }

  @Test
  void aRefusedCloseIsLookedInto() throws Exception {
    gateway.thenError(400, "ORDERPAID").thenSigned(WechatPayFixtures.transaction("CLOSED", ""));
    assertThat(channel().close(WechatPayFixtures.payOrder(PayMethod.QR)))
        .isEqualTo(new CloseResult(CloseResult.Outcome.CLOSED, null));
  }

  @Test
  void aRefusedCloseOfWhatIsNotThereIsNotCreated() throws Exception {
    gateway.thenError(400, "INVALID_REQUEST").thenError(404, "ORDER_NOT_EXIST");
    assertThat(channel().close(WechatPayFixtures.payOrder(PayMethod.QR)).outcome())
        .isEqualTo(CloseResult.Outcome.NOT_CREATED);
  }

  @Test
  void aRefusedCloseOfWhatIsUnpaidIsUnknown() {
    gateway.thenError(400, "ORDERPAID").thenSigned(WechatPayFixtures.unpaid("NOTPAY"));
    NetworkCall.CLOSE.assertUnknown(settings, "refused with ORDERPAID, yet unpaid");
  }

  @ParameterizedTest
  @CsvSource({
    "400, PARAM_ERROR",
    "400, MCH_NOT_EXISTS",
    "403, NO_AUTH",
    "403, RULE_LIMIT",
    "500, ORDERPAID"
  })
  void anyOtherRefusalOfACloseIsUnknown(int status, String code) {
    gateway.thenError(status, code);
    NetworkCall.CLOSE.assertUnknown(settings, code);
    assertThat(gateway.requests()).hasSize(1);
  }

  private SigningGateway firstRefund() {
    return gateway.thenError(404, "RESOURCE_NOT_EXISTS");
  }

  @Test
  void aRefundIsAcceptedAndUnderWay() throws Exception {
    firstRefund().thenSigned(WechatPayFixtures.refund("PROCESSING", ""));
    assertThat(channel().refund(WechatPayFixtures.refund())).isEqualTo(RefundResult.processing());
    assertThat(gateway.request(0).target())
        .isEqualTo("/v3/refund/domestic/refunds/" + WechatPayFixtures.OUT_REFUND_NO);
    assertThat(gateway.request(1).target()).isEqualTo("/v3/refund/domestic/refunds");
    assertThat(gateway.request(1).json())
        .isEqualTo(
            SigningGateway.json(
                """
                {"out_trade_no":"%s","out_refund_no":"%s","reason":"paid after the deadline",
                "notify_url":"https://shop.example/v1/notify/wechatpay/shop",
                "amount":{"refund":1000,"total":1234,"currency":"CNY"}}"""
                    .formatted(WechatPayFixtures.OUT_TRADE_NO, WechatPayFixtures.OUT_REFUND_NO)));
  }

  @Test
  void aRefundThatWechatKnowsIsOnlyAskedAbout() throws Exception {
    gateway.thenSigned(WechatPayFixtures.refund("PROCESSING", ""));
    assertThat(channel().refund(WechatPayFixtures.refund())).isEqualTo(RefundResult.processing());
    assertThat(gateway.requests()).hasSize(1);
  }

  @Test
  void aRefundIsDoneAtWechatsTime() throws Exception {
    gateway.thenSigned(
        WechatPayFixtures.refund("SUCCESS", ",\"success_time\":\"2026-03-01T18:10:00+08:00\""));
    assertThat(channel().refund(WechatPayFixtures.refund()))
        .isEqualTo(RefundResult.succeeded(Instant.parse("2026-03-01T10:10:00Z")));
  }

  @Test
  void aDoneRefundWithoutATimeIsDoneNow() throws Exception {
    gateway.thenSigned(WechatPayFixtures.refund("SUCCESS", ""));
    assertThat(channel().refund(WechatPayFixtures.refund()))
        .isEqualTo(RefundResult.succeeded(WechatPayFixtures.NOW));
  }

  @ParameterizedTest
  @CsvSource({"ABNORMAL, BUYER_ACCOUNT", "CLOSED, CONFLICT"})
  void aRefundThatCannotEndByItselfIsForAPerson(String status, Refusal.Code code) throws Exception {
    gateway.thenSigned(WechatPayFixtures.refund(status, ""));
    Refusal refusal = channel().refund(WechatPayFixtures.refund()).refusal();
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.channelCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "400, PARAM_ERROR, OTHER",
    "400, INVALID_REQUEST, CONFLICT",
    "404, RESOURCE_NOT_EXISTS, OTHER",
    "404, ORDER_NOT_EXIST, OTHER",
    "404, MCH_NOT_EXISTS, MERCHANT_ACCOUNT",
    "400, APPID_MCHID_NOT_MATCH, MERCHANT_ACCOUNT",
    "403, NO_AUTH, MERCHANT_ACCOUNT",
    "403, NOT_ENOUGH, MERCHANT_BALANCE",
    "403, NOTENOUGH, MERCHANT_BALANCE",
    "403, USER_ACCOUNT_ABNORMAL, BUYER_ACCOUNT",
    "403, RULE_LIMIT, LIMIT",
    "403, TRADE_ERROR, OTHER"
  })
  void aRefundIsRefusedInStableWords(int status, String code, Refusal.Code meaning)
      throws Exception {
    firstRefund().thenError(status, code).thenError(404, "RESOURCE_NOT_EXISTS");
    assertThat(channel().refund(WechatPayFixtures.refund()))
        .isEqualTo(RefundResult.refused(new Refusal(meaning, code, "原因")));
  }

  @Test
  void aRefundThatIsRefusedBecauseItWasDoneIsDone() throws Exception {
    firstRefund()
        .thenError(400, "INVALID_REQUEST")
        .thenSigned(WechatPayFixtures.refund("SUCCESS", ""));
    assertThat(channel().refund(WechatPayFixtures.refund()))
        .isEqualTo(RefundResult.succeeded(WechatPayFixtures.NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "429, FREQUENCY_LIMITED",
    "500, SYSTEM_ERROR",
    "401, SIGN_ERROR",
    "503, SERVICE_UNAVAILABLE"
  })
  void aRefundWithoutAnAnswerIsUnknown(int status, String code) {
    firstRefund().thenError(status, code);
    NetworkCall.REFUND.assertUnknown(settings, code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"out_refund_no\":\"R | \"out_refund_no\":\"S | another refund",
        "\"out_trade_no\":\"P | \"out_trade_no\":\"Q | another refund",
        "\"currency\":\"CNY\" | \"currency\":\"USD\" | another amount",
        "PROCESSING | PENDING | unknown status",
        "\"status\" | \"x\" | status is missing"
      })
  void aRefundAnswerThatIsNotAboutThisRefundIsUnknown(String from, String to, String why) {
    String answer = WechatPayFixtures.refund("PROCESSING", "").replace(from, to);
    assertThat(answer).isNotEqualTo(WechatPayFixtures.refund("PROCESSING", ""));
    gateway.thenSigned(answer);
    NetworkCall.REFUND.assertUnknown(settings, why);
  }

  @Test
  void aRefundNumberThatStandsForAnotherAmountIsAConflict() throws Exception {
    gateway.thenSigned(
        WechatPayFixtures.refund("SUCCESS", "").replace("\"refund\":1000", "\"refund\":1001"));
    assertThat(channel().refund(WechatPayFixtures.refund()).refusal().code())
        .isEqualTo(Refusal.Code.CONFLICT);
    assertThat(gateway.requests()).hasSize(1);
  }

  private void loginAnswers(String body) {
    gateway.then((exchange, request) -> SigningGateway.send(exchange, 200, "text/plain", body));
  }

  @Test
  void aMiniProgramsLoginCodeIsExchanged() throws Exception {
    loginAnswers("{\"session_key\":\"s3ss10n\",\"openid\":\"oUpF8uMuAJO\"}");
    assertThat(channel().identify(PayMethod.MINI_PROGRAM, "code 1"))
        .isEqualTo(PayerIdentity.known("oUpF8uMuAJO"));
    assertThat(gateway.request(0).target())
        .isEqualTo(
            "/sns/jscode2session?appid=wx0000000000000002&secret=app-secret%261&js_code=code+1"
                + "&grant_type=authorization_code");
    assertThat(gateway.request(0).headers()).doesNotContainKey("authorization");
  }

  @Test
  void anOfficialAccountsLoginCodeIsExchanged() throws Exception {
    loginAnswers(
        "{\"access_token\":\"t0ken\",\"openid\":\"oUpF8uMuAJO\",\"scope\":\"snsapi_base\"}");
    assertThat(channel().identify(PayMethod.JSAPI, "code-1"))
        .isEqualTo(PayerIdentity.known("oUpF8uMuAJO"));
    assertThat(gateway.request(0).target())
        .isEqualTo(
            "/sns/oauth2/access_token?appid=wx0000000000000001&secret=app-secret%261&code=code-1"
                + "&grant_type=authorization_code");
  }

  @ParameterizedTest
  @ValueSource(ints = {40029, 40163, 40226})
  void aLoginCodeThatIsNoGoodIsRefused(int errcode) throws Exception {
    loginAnswers("{\"errcode\":" + errcode + ",\"errmsg\":\"invalid code, rid: 1\"}");
    Refusal refusal = channel().identify(PayMethod.JSAPI, "code-1").refusal();
    assertThat(refusal.code()).isEqualTo(Refusal.Code.PAYER);
    assertThat(refusal.channelCode()).isEqualTo(Integer.toString(errcode));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"errcode\":-1,\"errmsg\":\"system error\"}",
        "{\"errcode\":45011,\"errmsg\":\"api minute-quota reach limit\"}",
        "{\"errcode\":40125,\"errmsg\":\"invalid appsecret\"}",
        "{\"errcode\":40013}",
        "{\"errcode\":45011,\"openid\":\"oUpF8uMuAJO\"}",
        "{\"errcode\":\"40029x\"}",
        "{\"session_key\":\"s3ss10n\"}",
        "{\"openid\":\"\"}",
        "{\"openid\":\"a b\"}",
        "{\"openid\":1}",
        "{}",
        "[]",
        "busy",
        ""
      })
  void anyOtherAnswerToALoginIsUnknown(String body) {
    loginAnswers(body);
    NetworkCall.LOGIN.assertUnknown(settings, "login of wx0000000000000001");
  }

  @Test
  void anErrorPageForALoginIsUnknown() {
    gateway.then(
        (exchange, request) -> SigningGateway.send(exchange, 502, "{\"openid\":\"oUpF8uMuAJO\"}"));
    NetworkCall.LOGIN.assertUnknown(settings, "HTTP status 502");
  }

  @Test
  void aLoginWithoutASecretIsRefusedAndNotTriedForEver() throws Exception {
    settings.officialAccount = new WechatAppConfiguration(WechatPayFixtures.OFFICIAL_ACCOUNT, null);
    assertThat(channel().identify(PayMethod.JSAPI, "code-1").refusal().code())
        .isEqualTo(Refusal.Code.MERCHANT_ACCOUNT);
    assertThat(gateway.requests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = PayMethod.class,
      names = {"JSAPI", "MINI_PROGRAM"},
      mode = EnumSource.Mode.EXCLUDE)
  void otherMethodsHaveNoLoginCodes(PayMethod method) {
    assertThatIllegalArgumentException().isThrownBy(() -> channel().identify(method, "code-1"));
  }
}
