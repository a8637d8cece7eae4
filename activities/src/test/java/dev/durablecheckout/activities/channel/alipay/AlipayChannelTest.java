package dev.durablecheckout.activities.channel.alipay;

import static dev.durablecheckout.activities.channel.alipay.AlipayFixtures.OUT_TRADE_NO;
import static dev.durablecheckout.activities.channel.alipay.AlipayFixtures.TIMEOUT;
import static dev.durablecheckout.activities.channel.alipay.AlipayFixtures.success;
import static dev.durablecheckout.activities.channel.alipay.AlipayFixtures.trade;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.RefundResult;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlipayChannelTest {
  private static final PayOrder QR = AlipayFixtures.payOrder(PayMethod.QR);
  private static final PayOrder PAGE = AlipayFixtures.payOrder(PayMethod.PAGE);
  private static final String PAID_AT = ",\"send_pay_date\":\"2026-03-01 18:05:06\"";
  private static final String REFUND_FOUND =
      "\"refund_status\":\"REFUND_SUCCESS\",\"refund_amount\":\"12.34\",\"out_request_no\":\""
          + AlipayFixtures.OUT_REFUND_NO
          + "\"";

  private final ScriptedGateway gateway = new ScriptedGateway();
  private final AlipayChannel channel = AlipayFixtures.channel(gateway.url(), TIMEOUT);

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void qrCodeIsCreatedWithExactAmountAbsoluteExpiryAndOurCheckout() throws Exception {
    gateway.thenSigned(success("\"qr_code\":\"https:\\/\\/qr.alipay.com\\/bax1\""));

    assertThat(channel.prepay(QR))
        .isEqualTo(
            PrepayResult.ready(
                new PayCredential(PayCredential.Type.QR_CODE, "https://qr.alipay.com/bax1")));

    ScriptedGateway.Request request = gateway.requests().get(0);
    assertThat(request.parameters())
        .containsEntry("method", "alipay.trade.precreate")
        .containsEntry("app_id", AlipayFixtures.APP_ID)
        .containsEntry("sign_type", "RSA2")
        .containsEntry("notify_url", "https://shop.example/v1/notify/alipay/shop");
    JsonNode content = request.bizContent();
    assertThat(content)
        .isEqualTo(
            ScriptedGateway.json(
                """
                {"out_trade_no":"%s","total_amount":"12.34","subject":"Tea cake 茶 2",
                 "seller_id":"2088000000000001","time_expire":"2026-03-02 00:20:30",
                 "passback_params":"shop.A-1_b"}
                """
                    .formatted(OUT_TRADE_NO)));
  }

  @Test
  void pageIsASignedUrlThatIsNotSentByUs() throws Exception {
    PrepayResult result = channel.prepay(PAGE);

    PayCredential credential = requireNonNull(result.credential());
    assertThat(credential.type()).isEqualTo(PayCredential.Type.REDIRECT_URL);
    assertThat(credential.content()).startsWith(gateway.url() + "?");
    Map<String, String> parameters =
        ScriptedGateway.parameters(URI.create(credential.content()).getRawQuery());
    assertThat(TestKeys.isSignedRequest(parameters, TestKeys.APP.getPublic())).isTrue();
    assertThat(parameters)
        .containsEntry("method", "alipay.trade.page.pay")
        .containsEntry("return_url", "https://shop.example/back?a=1&b=2")
        .containsEntry("notify_url", "https://shop.example/v1/notify/alipay/shop");
    assertThat(ScriptedGateway.json(requireNonNull(parameters.get("biz_content"))))
        .isEqualTo(
            ScriptedGateway.json(
                """
                {"out_trade_no":"%s","total_amount":"12.34","subject":"Tea cake 茶 2",
                 "product_code":"FAST_INSTANT_TRADE_PAY","time_expire":"2026-03-02 00:20:30",
                 "passback_params":"shop.A-1_b"}
                """
                    .formatted(OUT_TRADE_NO)));
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void aKnownSubCodeIsARefusalWithAlipaysOwnWords() throws Exception {
    gateway.thenFailure("40004", "ACQ.TOTAL_FEE_EXCEED");
    assertThat(channel.prepay(QR))
        .isEqualTo(
            PrepayResult.refused(new Refusal(Refusal.Code.LIMIT, "ACQ.TOTAL_FEE_EXCEED", "原因")));
  }

  @Test
  void aNumberThatIsPaidAlreadyIsNoRefusal() {
    gateway.thenFailure("40004", "ACQ.TRADE_HAS_SUCCESS");
    assertUnknown(() -> channel.prepay(QR), "paid already");
  }

  @Test
  void aQrCodeMustBeThere() {
    gateway.thenSigned(success(""));
    assertUnknown(() -> channel.prepay(QR), "without a qr_code");
  }

  @ParameterizedTest
  @CsvSource({"WAIT_BUYER_PAY, UNPAID", "TRADE_SUCCESS, PAID", "TRADE_FINISHED, PAID"})
  void queryTellsTheState(String status, TradeState state) throws Exception {
    gateway.thenSigned(trade(status, PAID_AT));
    assertThat(channel.query(QR))
        .isEqualTo(
            new TradeResult(
                OUT_TRADE_NO,
                state,
                TradeNo.of("2026030122001"),
                Money.ofFen(1234),
                Instant.parse("2026-03-01T10:05:06Z")));
    assertThat(gateway.requests().get(0).bizContent())
        .isEqualTo(ScriptedGateway.json("{\"out_trade_no\":\"" + OUT_TRADE_NO + "\"}"));
  }

  @Test
  void aClosedTradeThatHadBeenPaidIsRefunded() throws Exception {
    gateway.thenSigned(trade("TRADE_CLOSED", "")).thenSigned(trade("TRADE_CLOSED", PAID_AT));
    assertThat(channel.query(QR).state()).isEqualTo(TradeState.CLOSED);
    assertThat(channel.query(QR).state()).isEqualTo(TradeState.REFUNDED);
  }

  @Test
  void aTradeThatNobodyScannedIsNotCreated() throws Exception {
    gateway.thenFailure("40004", "ACQ.TRADE_NOT_EXIST");
    assertThat(channel.query(QR))
        .isEqualTo(new TradeResult(OUT_TRADE_NO, TradeState.NOT_CREATED, null, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"code\":\"10000\",\"out_trade_no\":\"OTHER\",\"trade_no\":\"1\","
            + "\"total_amount\":\"12.34\",\"trade_status\":\"TRADE_SUCCESS\"}",
        "{\"code\":\"10000\",\"trade_no\":\"1\",\"total_amount\":\"12.34\","
            + "\"trade_status\":\"TRADE_SUCCESS\"}",
        "{\"code\":\"40004\",\"sub_code\":\"ACQ.TRADE_NOT_EXIST\",\"out_trade_no\":\"OTHER\"}"
      })
  void anAnswerAboutAnotherTradeCountsForNothing(String content) {
    gateway.thenSigned(content);
    assertUnknown(() -> channel.query(QR), "about another trade");
  }

  @Test
  void anAnswerThatCannotBeReadIsNoAnswer() {
    gateway.thenSigned(trade("TRADE_PENDING", ""));
    assertUnknown(() -> channel.query(QR), "unknown trade_status");
    gateway.thenSigned(trade("TRADE_SUCCESS", "").replace("12.34", "12.345"));
    assertUnknown(() -> channel.query(QR), "not an amount");
    gateway.thenSigned(success("\"trade_status\":\"TRADE_SUCCESS\",\"trade_no\":\"1\""));
    assertUnknown(() -> channel.query(QR), "without trade_no or total_amount");
    gateway.thenSigned(success(""));
    assertUnknown(() -> channel.query(QR), "unknown trade_status");
  }

  @Test
  void closeClosesOrFindsNothing() throws Exception {
    gateway.thenSigned(success("\"trade_no\":\"1\""));
    gateway.thenFailure("40004", "ACQ.TRADE_NOT_EXIST");
    assertThat(channel.close(QR)).isEqualTo(new CloseResult(CloseResult.Outcome.CLOSED, null));
    assertThat(channel.close(QR)).isEqualTo(new CloseResult(CloseResult.Outcome.NOT_CREATED, null));
    assertThat(gateway.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ACQ.TRADE_STATUS_ERROR",
        "ACQ.REASON_TRADE_STATUS_INVALID",
        "ACQ.REASON_ILLEGAL_STATUS"
      })
  void aRefusedCloseAsksWhyAndFindsThePayment(String subCode) throws Exception {
    gateway.thenFailure("40004", subCode).thenSigned(trade("TRADE_SUCCESS", PAID_AT));
    CloseResult result = channel.close(QR);
    assertThat(result.outcome()).isEqualTo(CloseResult.Outcome.ALREADY_PAID);
    assertThat(QR.agreesWith(requireNonNull(result.trade()))).isTrue();
  }

  @Test
  void aRefusedCloseActsOnTheState() throws Exception {
    gateway.thenFailure("40004", "ACQ.TRADE_STATUS_ERROR").thenSigned(trade("TRADE_CLOSED", ""));
    assertThat(channel.close(QR).outcome()).isEqualTo(CloseResult.Outcome.CLOSED);
    gateway
        .thenFailure("40004", "ACQ.TRADE_STATUS_ERROR")
        .thenSigned(trade("TRADE_CLOSED", PAID_AT));
    assertThat(channel.close(QR).outcome()).isEqualTo(CloseResult.Outcome.CLOSED);
    gateway
        .thenFailure("40004", "ACQ.TRADE_STATUS_ERROR")
        .thenFailure("40004", "ACQ.TRADE_NOT_EXIST");
    assertThat(channel.close(QR).outcome()).isEqualTo(CloseResult.Outcome.NOT_CREATED);
    gateway.thenFailure("40004", "ACQ.TRADE_STATUS_ERROR").thenSigned(trade("WAIT_BUYER_PAY", ""));
    assertUnknown(() -> channel.close(QR), "yet unpaid");
    gateway.thenFailure("40004", "ACQ.TRADE_STATUS_ERROR").thenFailure("20000", "isp.unknow-error");
    assertUnknown(() -> channel.close(QR), "20000");
    gateway.thenFailure("40004", "ACQ.INVALID_PARAMETER");
    assertUnknown(() -> channel.close(QR), "ACQ.INVALID_PARAMETER");
  }

  @Test
  void aRefundIsDoneWhenFundsMoved() throws Exception {
    gateway.thenSigned(success("\"fund_change\":\"Y\",\"gmt_refund_pay\":\"2026-03-01 18:00:01\""));
    assertThat(channel.refund(AlipayFixtures.refund()))
        .isEqualTo(RefundResult.succeeded(Instant.parse("2026-03-01T10:00:01Z")));
    assertThat(gateway.requests().get(0).bizContent())
        .isEqualTo(
            ScriptedGateway.json(
                """
                {"out_trade_no":"%s","out_request_no":"%s","refund_amount":"12.34",
                 "refund_reason":"paid after the deadline"}
                """
                    .formatted(OUT_TRADE_NO, AlipayFixtures.OUT_REFUND_NO)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"fund_change\":\"N\"", ""})
  void aRepeatedRefundIsLookedUpByItsNumber(String members) throws Exception {
    gateway.thenSigned(success(members)).thenSigned(success(REFUND_FOUND));
    assertThat(channel.refund(AlipayFixtures.refund()))
        .isEqualTo(RefundResult.succeeded(AlipayFixtures.NOW));
    ScriptedGateway.Request lookUp = gateway.requests().get(1);
    assertThat(lookUp.method()).isEqualTo("alipay.trade.fastpay.refund.query");
    assertThat(lookUp.bizContent().path("out_request_no").textValue())
        .isEqualTo(AlipayFixtures.OUT_REFUND_NO.value());
  }

  @Test
  void aRefundThatIsNotFoundOrOfAnotherAmountIsNotKnown() {
    for (String found :
        new String[] {
          "",
          REFUND_FOUND.replace("12.34", "12.33"),
          REFUND_FOUND.replace("REFUND_SUCCESS", "REFUND_FAIL"),
          REFUND_FOUND.replace("\"12.34\"", "\"\""),
          REFUND_FOUND.replace(AlipayFixtures.OUT_REFUND_NO.value(), "R2")
        }) {
      gateway.thenSigned(success("\"fund_change\":\"N\"")).thenSigned(success(found));
      assertUnknown(() -> channel.refund(AlipayFixtures.refund()), "not to be found");
    }
    gateway.thenSigned(success("\"fund_change\":\"N\"")).thenFailure("20000", "aop.unknow-error");
    assertUnknown(() -> channel.refund(AlipayFixtures.refund()), "20000 aop.unknow-error");
  }

  @Test
  void aRefundThatDoesNotSayOfWhichTradeCountsForNothing() {
    gateway.thenSigned("{\"code\":\"10000\",\"fund_change\":\"Y\"}");
    assertUnknown(() -> channel.refund(AlipayFixtures.refund()), "about another trade");
  }

  @Test
  void aRefusedRefundIsRefused() throws Exception {
    gateway.thenFailure("40004", "ACQ.SELLER_BALANCE_NOT_ENOUGH").thenSigned(success(""));
    assertThat(channel.refund(AlipayFixtures.refund()))
        .isEqualTo(
            RefundResult.refused(
                new Refusal(Refusal.Code.MERCHANT_BALANCE, "ACQ.SELLER_BALANCE_NOT_ENOUGH", "原因")));
  }

  @Test
  void aRefundIsNotRefusedBecauseItWentThroughBefore() throws Exception {
    gateway.thenFailure("40004", "ACQ.TRADE_HAS_CLOSE").thenSigned(success(REFUND_FOUND));
    assertThat(channel.refund(AlipayFixtures.refund()).refundedAt()).isNotNull();
  }

  @Test
  void aRefusalIsKnownOnlyOnceTheLookUpAnswered() {
    gateway.thenFailure("40004", "ACQ.TRADE_HAS_CLOSE").thenFailure("20000", "isp.unknow-error");
    assertUnknown(() -> channel.refund(AlipayFixtures.refund()), "20000");
  }

  private static void assertUnknown(ThrowingCallable call, String why) {
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(call)
        .withMessageContaining(why)
        .withMessageContaining(OUT_TRADE_NO.value())
        .withNoCause();
  }
}
