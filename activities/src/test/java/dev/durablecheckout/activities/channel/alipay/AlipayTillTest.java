package dev.durablecheckout.activities.channel.alipay;

import static dev.durablecheckout.activities.channel.alipay.AlipayFixtures.OUT_TRADE_NO;
import static dev.durablecheckout.activities.channel.alipay.AlipayFixtures.success;
import static dev.durablecheckout.activities.channel.alipay.AlipayFixtures.trade;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.Payer;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A till reads the buyer's code: one call that creates and pays, and a code that is good once. */
class AlipayTillTest {
  private static final String AUTH_CODE = "286753149281234567";
  private static final PayOrder TILL =
      AlipayFixtures.payOrder(PayMethod.BARCODE).by(Payer.ofAuthCode(AUTH_CODE));
  private static final String QUERIED_PAYMENT =
      trade("TRADE_SUCCESS", ",\"send_pay_date\":\"2026-03-01 18:05:06\"");
  private static final TradeResult PAYMENT =
      new TradeResult(
          OUT_TRADE_NO,
          TradeState.PAID,
          TradeNo.of("2026030122001"),
          Money.ofFen(1234),
          Instant.parse("2026-03-01T10:05:06Z"));
  private static final String PAID =
      success(
          "\"trade_no\":\"2026030122001\",\"total_amount\":\"12.34\","
              + "\"gmt_payment\":\"2026-03-01 18:05:06\"");
  private static final String IN_PROGRESS =
      success("\"trade_no\":\"2026030122001\",\"total_amount\":\"12.34\"")
          .replace("10000", "10003");
  private static final PrepayResult WAITS = PrepayResult.ready(PayCredential.none());
  private static final CloseResult CLOSED = new CloseResult(CloseResult.Outcome.CLOSED, null);

  private final ScriptedGateway gateway = new ScriptedGateway();
  private final AlipayChannel channel =
      AlipayFixtures.channel(gateway.url(), Duration.ofSeconds(20));

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void assertAsked(String... methods) {
    assertThat(gateway.requests())
        .extracting(ScriptedGateway.Request::method)
        .containsExactlyElementsOf(
            Arrays.stream(methods).map(method -> "alipay.trade." + method).toList());
  }

  private static void assertUnknown(ThrowingCallable call, String why) {
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(call)
        .withMessageContaining(why)
        .withMessageContaining(OUT_TRADE_NO.value())
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(AUTH_CODE));
  }

  @Test
  void isPaidAtOnce() throws Exception {
    gateway.thenSigned(PAID);

    assertThat(channel.prepay(TILL)).isEqualTo(PrepayResult.paid(PAYMENT));

    assertAsked("pay");
    ScriptedGateway.Request request = gateway.requests().get(0);
    assertThat(request.parameters())
        .containsEntry("notify_url", "https://shop.example/v1/notify/alipay/shop");
    assertThat(request.rawQuery()).doesNotContain(AUTH_CODE);
    assertThat(request.bizContent())
        .isEqualTo(
            ScriptedGateway.json(
                """
                {"out_trade_no":"%s","total_amount":"12.34","subject":"Tea cake 茶 2",
                 "scene":"bar_code","auth_code":"%s","product_code":"FACE_TO_FACE_PAYMENT",
                 "seller_id":"2088000000000001","time_expire":"2026-03-02 00:20:30",
                 "passback_params":"shop.A-1_b"}
                """
                    .formatted(OUT_TRADE_NO, AUTH_CODE)));
  }

  @Test
  void theAmountIsAsAlipayHasIt() throws Exception {
    gateway.thenSigned(PAID.replace("12.34", "12.35"));
    TradeResult trade = requireNonNull(channel.prepay(TILL).trade());
    assertThat(trade.amount()).isEqualTo(Money.ofFen(1235));
    assertThat(TILL.agreesWith(trade)).isFalse();
  }

  @Test
  void waitsForTheBuyerWhoIsToConfirm() throws Exception {
    gateway.thenSigned(IN_PROGRESS);
    assertThat(channel.prepay(TILL)).isEqualTo(WAITS);
    assertAsked("pay");
  }

  @Test
  void needsACode() {
    for (PayOrder without :
        List.of(AlipayFixtures.payOrder(PayMethod.BARCODE), TILL.by(Payer.ofOpenid("o1")))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> channel.prepay(without))
          .withMessageContaining("auth_code");
    }
    assertThat(gateway.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20000 isp.unknow-error",
        "40004 ACQ.SYSTEM_ERROR",
        "40004 ACQ.TRADE_HAS_SUCCESS",
        "40004 ACQ.NEW_IN_2030",
        "40002 isv.invalid-signature",
        "10003 ACQ.UNSIGNED_SINCE_IT_HAS_A_SUB_CODE"
      })
  void anAnswerThatPromisesNothingIsLookedUp(String answer) throws Exception {
    String code = answer.substring(0, 5);
    String subCode = answer.substring(6);
    gateway.thenFailure(code, subCode).thenSigned(QUERIED_PAYMENT);
    assertThat(channel.prepay(TILL)).isEqualTo(PrepayResult.paid(PAYMENT));
    gateway.thenFailure(code, subCode).thenSigned(trade("WAIT_BUYER_PAY", ""));
    assertThat(channel.prepay(TILL)).isEqualTo(WAITS);
    gateway.thenFailure(code, subCode).thenSigned(trade("TRADE_CLOSED", ""));
    assertThat(requireNonNull(channel.prepay(TILL).refusal()).code())
        .isEqualTo(Refusal.Code.CONFLICT);
    gateway.thenFailure(code, subCode).thenFailure("40004", "ACQ.TRADE_NOT_EXIST");
    assertUnknown(() -> channel.prepay(TILL), code);
    gateway.thenFailure(code, subCode).thenFailure("20000", "aop.unknow-error");
    assertUnknown(() -> channel.prepay(TILL), "20000 aop.unknow-error");
    assertAsked("pay", "query", "pay", "query", "pay", "query", "pay", "query", "pay", "query");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"code\":\"10000\"}",
        "{\"code\":\"10000\",\"out_trade_no\":\"OTHER\",\"trade_no\":\"1\","
            + "\"total_amount\":\"12.34\",\"gmt_payment\":\"2026-03-01 18:05:06\"}",
        "{\"code\":\"10003\",\"out_trade_no\":\"OTHER\"}",
        "{\"code\":\"10003\"}"
      })
  void anAnswerAboutAnotherOrNoTradeIsLookedUp(String content) throws Exception {
    gateway.thenSigned(content).thenSigned(QUERIED_PAYMENT);
    assertThat(channel.prepay(TILL)).isEqualTo(PrepayResult.paid(PAYMENT));
  }

  @Test
  void aSuccessThatCannotBeReadOrTrustedIsLookedUp() throws Exception {
    for (String broken :
        List.of(
            PAID.replace("12.34", "12.345"),
            PAID.replace("\"trade_no\"", "\"no\""),
            PAID.replace("total_amount", "amount"),
            PAID.replace("18:05:06", "soon"))) {
      gateway.thenSigned(broken).thenSigned(QUERIED_PAYMENT);
      assertThat(channel.prepay(TILL)).isEqualTo(PrepayResult.paid(PAYMENT));
    }
    for (String unverified : List.of(PAID, IN_PROGRESS)) {
      gateway
          .thenBody(
              request -> gateway.envelope(request.root(), unverified).replace("2026030122001", "2"))
          .thenFailure("40004", "ACQ.TRADE_NOT_EXIST");
      assertUnknown(() -> channel.prepay(TILL), "cannot be trusted");
    }
  }

  @Test
  void aLostAnswerIsLookedUp() throws Exception {
    gateway
        .then((exchange, request) -> ScriptedGateway.send(exchange, 502, "bad gateway"))
        .thenSigned(QUERIED_PAYMENT);
    assertThat(channel.prepay(TILL)).isEqualTo(PrepayResult.paid(PAYMENT));
    gateway
        .then((exchange, request) -> ScriptedGateway.send(exchange, 502, "bad gateway"))
        .thenFailure("40004", "ACQ.TRADE_NOT_EXIST");
    assertUnknown(() -> channel.prepay(TILL), "alipay.trade.pay");
    assertAsked("pay", "query", "pay", "query");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ACQ.PAYMENT_AUTH_CODE_INVALID", "ACQ.CONTEXT_INCONSISTENT"})
  void aRepeatIsNotRefusedBecauseTheFirstTryWentThrough(String subCode) throws Exception {
    gateway.thenFailure("40004", subCode).thenSigned(QUERIED_PAYMENT);
    assertThat(channel.prepay(TILL)).isEqualTo(PrepayResult.paid(PAYMENT));
    gateway.thenFailure("40004", subCode).thenSigned(trade("WAIT_BUYER_PAY", ""));
    assertThat(channel.prepay(TILL)).isEqualTo(WAITS);
    gateway.thenFailure("40004", subCode).thenFailure("40004", "ACQ.TRADE_NOT_EXIST");
    assertThat(requireNonNull(channel.prepay(TILL).refusal()).channelCode()).isEqualTo(subCode);
    gateway.thenFailure("40004", subCode).thenFailure("20000", "isp.unknow-error");
    assertUnknown(() -> channel.prepay(TILL), "20000");
  }

  @Test
  void aRefusalLeavesNoTradeThatTheBuyerCouldPay() throws Exception {
    Refusal refusal =
        new Refusal(Refusal.Code.INSUFFICIENT_BALANCE, "ACQ.BUYER_BALANCE_NOT_ENOUGH", "原因");
    gateway
        .thenFailure("40004", "ACQ.BUYER_BALANCE_NOT_ENOUGH")
        .thenFailure("40004", "ACQ.TRADE_NOT_EXIST");
    assertThat(channel.prepay(TILL)).isEqualTo(PrepayResult.refused(refusal));
    assertAsked("pay", "query");

    gateway
        .thenFailure("40004", "ACQ.BUYER_BALANCE_NOT_ENOUGH")
        .thenSigned(trade("WAIT_BUYER_PAY", ""))
        .thenSigned(success(""));
    assertThat(channel.prepay(TILL)).isEqualTo(PrepayResult.refused(refusal));
    assertAsked("pay", "query", "pay", "query", "close");
  }

  @Test
  void aBuyerWhoPaysBeforeTheRefusedTradeIsClosedHasPaid() throws Exception {
    gateway
        .thenFailure("40004", "ACQ.PULL_MOBILE_CASHIER_FAIL")
        .thenSigned(trade("WAIT_BUYER_PAY", ""))
        .thenFailure("40004", "ACQ.TRADE_STATUS_ERROR")
        .thenSigned(QUERIED_PAYMENT);
    assertThat(channel.prepay(TILL)).isEqualTo(PrepayResult.paid(PAYMENT));
  }

  @Test
  void closingAsksFirstAndNeverCancelsATradeThatExists() throws Exception {
    gateway.thenSigned(QUERIED_PAYMENT);
    assertThat(channel.close(TILL))
        .isEqualTo(new CloseResult(CloseResult.Outcome.ALREADY_PAID, PAYMENT));
    gateway.thenSigned(trade("TRADE_CLOSED", ""));
    assertThat(channel.close(TILL)).isEqualTo(CLOSED);
    gateway.thenSigned(trade("WAIT_BUYER_PAY", "")).thenSigned(success(""));
    assertThat(channel.close(TILL)).isEqualTo(CLOSED);
    gateway
        .thenSigned(trade("WAIT_BUYER_PAY", ""))
        .thenFailure("40004", "ACQ.TRADE_STATUS_ERROR")
        .thenSigned(QUERIED_PAYMENT);
    assertThat(channel.close(TILL).outcome()).isEqualTo(CloseResult.Outcome.ALREADY_PAID);
    gateway.thenSigned(trade("WAIT_BUYER_PAY", "")).thenFailure("40004", "ACQ.TRADE_NOT_EXIST");
    assertUnknown(() -> channel.close(TILL), "not to be found");
    assertAsked("query", "query", "query", "close", "query", "close", "query", "query", "close");
  }

  @Test
  void whereNoTradeExistsALostCallIsCancelled() throws Exception {
    for (String action : List.of("", ",\"action\":\"close\"")) {
      gateway
          .thenFailure("40004", "ACQ.TRADE_NOT_EXIST")
          .thenSigned(success("\"retry_flag\":\"N\"" + action));
      assertThat(channel.close(TILL)).isEqualTo(CLOSED);
    }
    assertAsked("query", "cancel", "query", "cancel");
    assertThat(gateway.requests().get(1).bizContent())
        .isEqualTo(ScriptedGateway.json("{\"out_trade_no\":\"" + OUT_TRADE_NO + "\"}"));
  }

  @Test
  void aPaymentThatTheCancelSentBackIsClosedOnceAlipaySaysSo() throws Exception {
    String sentBack = success("\"retry_flag\":\"N\",\"action\":\"refund\"");
    gateway
        .thenFailure("40004", "ACQ.TRADE_NOT_EXIST")
        .thenSigned(sentBack)
        .thenSigned(trade("TRADE_CLOSED", ",\"send_pay_date\":\"2026-03-01 18:05:06\""));
    assertThat(channel.close(TILL)).isEqualTo(CLOSED);
    gateway
        .thenFailure("40004", "ACQ.TRADE_NOT_EXIST")
        .thenSigned(sentBack)
        .thenSigned(QUERIED_PAYMENT);
    assertUnknown(() -> channel.close(TILL), "yet the trade is PAID");
  }

  @Test
  void aCancelThatIsNotDoneIsRepeated() {
    for (String members :
        List.of(
            "\"retry_flag\":\"Y\"",
            "\"retry_flag\":\"Y\",\"action\":\"close\"",
            "",
            "\"retry_flag\":\"N\",\"action\":\"freeze\"")) {
      gateway.thenFailure("40004", "ACQ.TRADE_NOT_EXIST").thenSigned(success(members));
      assertUnknown(() -> channel.close(TILL), "alipay.trade.cancel");
    }
    gateway
        .thenFailure("40004", "ACQ.TRADE_NOT_EXIST")
        .thenSigned("{\"code\":\"10000\",\"retry_flag\":\"N\"}");
    assertUnknown(() -> channel.close(TILL), "another trade");
    for (String subCode : List.of("ACQ.SELLER_BALANCE_NOT_ENOUGH", "AQC.SYSTEM_ERROR")) {
      gateway.thenFailure("40004", "ACQ.TRADE_NOT_EXIST").thenFailure("40004", subCode);
      assertUnknown(() -> channel.close(TILL), subCode);
    }
  }
}
