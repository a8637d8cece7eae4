package dev.durablecheckout.activities.channel.wechatpay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.hash.Hashing;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayFixtures.AccountSettings;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.serviceorder.RiskFund;
import dev.durablecheckout.workflows.serviceorder.ServiceBill;
import dev.durablecheckout.workflows.serviceorder.ServiceFee;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderAnswer;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRequest;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each call of a service order asks, and what it makes of the answers. */
class PayScoreTest {
  private static final ServiceOrderId ID = ServiceOrderId.parse("shop.UMBRELLA-1");
  private static final String NO = ID.outOrderNo();
  private static final ServiceBill BILL =
      new ServiceBill(
          List.of(new ServiceFee("Umbrella", new Money(2000), "5 an hour", 4)),
          List.of(new ServiceFee("New here", new Money(500), null, null)));

  private final SigningGateway gateway = new SigningGateway();
  private final AccountSettings settings = WechatPayFixtures.account(gateway.url());

  @AfterEach
  void close() {
    gateway.close();
  }

  private PayScore payScore() {
    return new PayScore(
        settings.build(),
        new PayScoreConfiguration("500001", new Secret("192006250b4c09247ec02edce69f6a2d")),
        new BoundedHttpClient(Duration.ofSeconds(3)),
        Clock.systemUTC(),
        () -> "ibuaiVcKdpRxkhJA");
  }

  private static String order(String state, String more) {
    return """
        {"appid":"%s","mchid":"%s","service_id":"500001","out_order_no":"%s","order_id":"1000","state":"%s"%s}"""
        .formatted(WechatPayFixtures.MINI_PROGRAM, WechatPayFixtures.MCH_ID, NO, state, more);
  }

  private static String doing(String description, String more) {
    return order(
        "DOING",
        ",\"state_description\":\"%s\",\"time_range\":{\"start_time\":\"20261124100000\"}%s"
            .formatted(description, more));
  }

  private void refused(int status, String code, String message) {
    gateway.then(
        (exchange, request) ->
            SigningGateway.send(
                exchange, status, "{\"code\":\"%s\",\"message\":\"%s\"}".formatted(code, message)));
  }

  private static ServiceOrderRequest request() {
    return new ServiceOrderRequest(
        ID,
        "r",
        "f",
        null,
        "An umbrella",
        new RiskFund(RiskFund.Name.DEPOSIT, new Money(9900)),
        "buyer",
        Map.of());
  }

  @Test
  void anOrderBeginsOnAcceptAndHasNoEnd() throws Exception {
    gateway.thenSigned(order("CREATED", ",\"package\":\"DJIOSQPYWDxsjdldeuwhdodwxasd\""));

    ServiceOrderAnswer answer = payScore().create(request());

    assertThat(answer.order().state()).isEqualTo(State.CREATED);
    assertThat(gateway.request(0).target()).isEqualTo("/v3/payscore/serviceorder");
    assertThat(gateway.request(0).json())
        .isEqualTo(
            SigningGateway.json(
                """
                {"out_order_no":"%s","appid":"%s","service_id":"500001","service_introduction":"An umbrella",
                "time_range":{"start_time":"OnAccept"},"risk_fund":{"name":"DEPOSIT","amount":9900},
                "notify_url":"%s","attach":"shop.UMBRELLA-1","need_user_confirm":true}"""
                    .formatted(NO, WechatPayFixtures.MINI_PROGRAM, WechatPayFixtures.NOTIFY_URL)));
  }

  @Test
  void theCredentialIsSignedTheOldWay() throws Exception {
    gateway.thenSigned(order("CREATED", ",\"package\":\"PACKAGE\""));

    PayCredential credential = payScore().create(request()).credential();

    assertThat(credential.type()).isEqualTo(PayCredential.Type.WECHAT_PAYSCORE);
    assertThat(credential.parameters())
        .containsEntry("mch_id", WechatPayFixtures.MCH_ID)
        .containsEntry("package", "PACKAGE")
        .containsEntry("sign_type", "HMAC-SHA256")
        .containsKeys("timestamp", "nonce_str", "sign")
        .hasSize(6);
    assertThat(credential.parameters().get("sign")).matches("[0-9A-F]{64}");
  }

  @Test
  void theOldSignatureIsOverTheSortedParametersAndTheKey() {
    PayCredential credential =
        new PayScoreCredential(
                "1900007291",
                new Secret("192006250b4c09247ec02edce69f6a2d"),
                Clock.fixed(Instant.ofEpochSecond(1), ZoneOffset.UTC),
                () -> "N")
            .of("P");
    assertThat(credential.parameters().get("sign"))
        .isEqualTo(
            hmac(
                "mch_id=1900007291&nonce_str=N&package=P&sign_type=HMAC-SHA256&timestamp=1"
                    + "&key=192006250b4c09247ec02edce69f6a2d"));
  }

  private static String hmac(String text) {
    return Hashing.hmacSha256("192006250b4c09247ec02edce69f6a2d".getBytes(UTF_8))
        .hashString(text, UTF_8)
        .toString()
        .toUpperCase(Locale.ROOT);
  }

  @Test
  void aCompletionSaysWhatItCostAndWhenItEnded() throws Exception {
    gateway.thenSigned(doing("MCH_COMPLETE", "")).thenSigned(doing("MCH_COMPLETE", ""));

    ServiceOrderAnswer answer =
        payScore().complete(ID, BILL, Instant.parse("2026-11-24T05:30:00.900Z"));

    assertThat(answer.order().state()).isEqualTo(State.COLLECTING);
    assertThat(gateway.request(0).target())
        .isEqualTo("/v3/payscore/serviceorder/" + NO + "/complete");
    assertThat(gateway.request(0).json())
        .isEqualTo(
            SigningGateway.json(
                """
                {"appid":"%s","service_id":"500001",
                "post_payments":[{"name":"Umbrella","amount":2000,"description":"5 an hour","count":4}],
                "post_discounts":[{"name":"New here","amount":500}],
                "total_amount":1500,"time_range":{"end_time":"20261124133000"}}"""
                    .formatted(WechatPayFixtures.MINI_PROGRAM)));
    assertThat(gateway.request(1).target())
        .isEqualTo(
            "/v3/payscore/serviceorder?service_id=500001&out_order_no="
                + NO
                + "&appid="
                + WechatPayFixtures.MINI_PROGRAM);
  }

  @Test
  void aModificationACancelAndASyncSayWhatTheyAre() throws Exception {
    for (int i = 0; i < 6; i++) {
      gateway.thenSigned(doing("MCH_COMPLETE", ""));
    }
    payScore().modify(ID, BILL, "a gift");
    payScore().cancel(ID, "broken");
    payScore().sync(ID, Instant.parse("2026-11-24T05:30:00Z"));

    assertThat(gateway.request(0).json().get("reason").asText()).isEqualTo("a gift");
    assertThat(gateway.request(0).json().get("total_amount").asInt()).isEqualTo(1500);
    assertThat(gateway.request(2).json().get("reason").asText()).isEqualTo("broken");
    assertThat(gateway.request(4).json().get("type").asText()).isEqualTo("Order_Paid");
    assertThat(gateway.request(4).json().at("/detail/paid_time").asText())
        .isEqualTo("20261124133000");
  }

  @ParameterizedTest
  @CsvSource({
    "CREATED, '', CREATED",
    "DOING, USER_CONFIRM, CONFIRMED",
    "DOING, MCH_COMPLETE, COLLECTING",
    "DONE, '', SETTLED",
    "REVOKED, '', CANCELLED",
    "EXPIRED, '', EXPIRED"
  })
  void everyStateIsKnown(String state, String description, State expected) throws Exception {
    gateway.thenSigned(
        order(
            state, description.isEmpty() ? "" : ",\"state_description\":\"" + description + "\""));

    assertThat(payScore().query(ID).state()).isEqualTo(expected);
  }

  @Test
  void anotherStateIsNoAnswer() {
    gateway.thenSigned(order("NEW", "")).thenSigned(doing("NEW", ""));

    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> payScore().query(ID));
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> payScore().query(ID));
  }

  @Test
  void aSettledOrderSaysWhatWasPaidAndByWhichPayment() throws Exception {
    gateway.thenSigned(
        order(
            "DONE",
            """
            ,"total_amount":1500,"time_range":{"start_time":"20261124100000","end_time":"20261124133000"},
            "collection":{"state":"USER_PAID","total_amount":1500,"paying_amount":0,"paid_amount":1500,
            "details":[{"seq":1,"amount":1500,"paid_type":"NEWTON","paid_time":"20261124140000","transaction_id":"42000007"}]}"""));

    assertThat(payScore().query(ID))
        .isEqualTo(
            new ServiceOrderResult(
                State.SETTLED,
                "1000",
                Instant.parse("2026-11-24T02:00:00Z"),
                new Money(1500),
                TradeNo.of("42000007"),
                new Money(1500),
                Instant.parse("2026-11-24T06:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource({
    "404, ORDER_NOT_EXIST, x",
    "404, RESOURCE_NOT_EXISTS, x",
    "400, PARAM_ERROR, 查询单据不存在"
  })
  void anOrderThatIsNotThereIsNotCreated(int status, String code, String message) throws Exception {
    refused(status, code, message);

    assertThat(payScore().query(ID).state()).isEqualTo(State.NOT_CREATED);
  }

  @ParameterizedTest
  @CsvSource({"PARAM_ERROR, 完结订单状态不合法", "INVALID_REQUEST, 当前订单状态不合法"})
  void aStateThatDoesNotAllowItIsAskedForAndIsTheAnswer(String code, String message)
      throws Exception {
    refused(400, code, message);
    gateway.thenSigned(doing("MCH_COMPLETE", ""));

    ServiceOrderAnswer answer = payScore().complete(ID, BILL, Instant.EPOCH);

    assertThat(answer.refusal()).isNull();
    assertThat(answer.order().state()).isEqualTo(State.COLLECTING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"真实结束时间小于预计开始时间", "实际结束时间不能晚于使用完结接口的时间", "创建订单未填写服务结束时间,则结束时间必填"})
  void aComplaintAboutTheEndOfAnOrderThatIsCompleteIsNone(String message) throws Exception {
    refused(400, "PARAM_ERROR", message);
    gateway.thenSigned(doing("MCH_COMPLETE", ""));

    ServiceOrderAnswer answer = payScore().complete(ID, BILL, Instant.EPOCH);

    assertThat(answer.refusal()).isNull();
    assertThat(answer.order().state()).isEqualTo(State.COLLECTING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"真实结束时间小于预计开始时间", "实际结束时间不能晚于使用完结接口的时间", "最终总金额计算非法", "创建订单未填写服务结束时间,则结束时间必填"})
  void aParameterErrorIsARefusalWithItsWords(String message) throws Exception {
    refused(400, "PARAM_ERROR", message);
    gateway.thenSigned(doing("USER_CONFIRM", ""));

    Refusal refusal = payScore().complete(ID, BILL, Instant.EPOCH).refusal();

    assertThat(refusal.channelCode()).isEqualTo("PARAM_ERROR");
    assertThat(refusal.message()).isEqualTo(message);
  }

  @Test
  void aServiceThatTheMerchantDoesNotHaveIsTheMerchantsMatter() throws Exception {
    refused(403, "NO_AUTH", "商户暂无权限使用此服务");

    assertThat(payScore().create(request()).refusal().code())
        .isEqualTo(Refusal.Code.MERCHANT_ACCOUNT);
  }

  @Test
  void troubleAndAnswersAboutOthersAreNoAnswers() {
    gateway
        .thenError(500, "SYSTEM_ERROR")
        .thenError(429, "FREQUENCY_LIMITED")
        .thenSigned(order("DONE", "").replace(NO, "S1"))
        .thenSigned(order("DONE", "").replace(WechatPayFixtures.MCH_ID, "1900000009"))
        .thenSigned("{}");
    for (int i = 0; i < 5; i++) {
      assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
          .isThrownBy(() -> payScore().query(ID));
    }
    assertThat(gateway.requests()).hasSize(5);
  }

  @Test
  void theProcessThatCallsNeedsTheOldKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PayScore(
                    settings.build(),
                    new PayScoreConfiguration("500001", null),
                    new BoundedHttpClient(Duration.ofSeconds(3)),
                    Clock.systemUTC()))
        .withMessage("pay_score.api_v2_key is needed to make calls");
  }
}
