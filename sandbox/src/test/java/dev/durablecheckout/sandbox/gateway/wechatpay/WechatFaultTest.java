package dev.durablecheckout.sandbox.gateway.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatMerchant.Trust;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.RefundResult;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each fault does, as the checkout's adapter sees it. */
class WechatFaultTest extends WechatScene {
  private PayOrder payOrder;

  @BeforeEach
  void start() {
    payOrder = merchant.payOrder(PayMethod.QR, 1);
  }

  private void plan(Fault fault, String method) {
    merchant
        .gateway
        .faults()
        .add(FaultRule.once(fault).atMethod(method).lasting(Duration.ofMillis(10)));
  }

  private void paid() throws Exception {
    merchant.channel().prepay(payOrder);
    merchant.gateway.buyer().pay(number());
  }

  private String number() {
    return payOrder.outTradeNo().value();
  }

  @ParameterizedTest
  @CsvSource({
    "API_TIMEOUT_WITHOUT_EFFECT, UNPAID",
    "API_TIMEOUT_WITH_EFFECT, CLOSED",
    "API_SYSTEM_ERROR_WITHOUT_EFFECT, UNPAID",
    "API_SYSTEM_ERROR_WITH_EFFECT, CLOSED",
    "API_HTML_502, UNPAID",
    "API_UNSIGNED_SUCCESS, CLOSED",
    "API_BAD_SIGNATURE, CLOSED"
  })
  void aCallWithoutAnAnswerThatCountsMayHaveBeenCarriedOut(Fault fault, TradeState then)
      throws Exception {
    merchant.channel().prepay(payOrder);
    plan(fault, "close");

    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> merchant.channel().close(payOrder));

    assertThat(merchant.channel().query(payOrder).state()).isEqualTo(then);
    assertThat(merchant.gateway.faults().strikes()).containsEntry(fault, 1);
  }

  @Test
  void aStateThatNobodyKnowsIsNoAnswer() throws Exception {
    paid();
    plan(Fault.QUERY_UNKNOWN_STATE, "query");
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> merchant.channel().query(payOrder));
  }

  @Test
  void aWrongAmountIsWellSignedAndForTheCallerToSee() throws Exception {
    paid();
    plan(Fault.QUERY_WRONG_AMOUNT, "query");
    assertThat(payOrder.agreesWith(merchant.channel().query(payOrder))).isFalse();
    assertThat(payOrder.agreesWith(merchant.channel().query(payOrder))).isTrue();
  }

  @Test
  void anEmptyAccountRefundsNothing() throws Exception {
    paid();
    plan(Fault.REFUND_NO_BALANCE, "refund");
    Refusal refusal =
        Objects.requireNonNull(
            merchant.channel().refund(merchant.refund(payOrder, "R1", 1234)).refusal());
    assertThat(refusal.channelCode()).isEqualTo("NOT_ENOUGH");
    assertThat(merchant.book(payOrder).refundedFen()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"REFUND_ABNORMAL, ABNORMAL", "REFUND_CLOSED, CLOSED"})
  void aRefundMayFailAfterItWasAccepted(Fault fault, String status) throws Exception {
    merchant.close();
    merchant = WechatMerchant.startSlow();
    payOrder = merchant.payOrder(PayMethod.QR, 1);
    paid();
    merchant.nextNotify();
    plan(fault, "refund");

    RefundResult accepted = merchant.channel().refund(merchant.refund(payOrder, "R1", 1234));
    assertThat(accepted).isEqualTo(RefundResult.processing());
    assertThat(merchant.notifiesLeft()).isZero();
    merchant.clock.advance(Duration.ofMinutes(2));

    Request notify = merchant.nextNotify();
    assertThat(notify.text()).contains("\"event_type\":\"REFUND." + status + "\"");
    Refusal refusal =
        Objects.requireNonNull(
            merchant.channel().refund(merchant.refund(payOrder, "R1", 1234)).refusal());
    assertThat(refusal.channelCode()).isEqualTo(status);
    assertThat(merchant.book(payOrder).refundedFen()).isZero();
    assertThat(merchant.book(payOrder).state()).isEqualTo("REFUND");
  }

  @Test
  void aRefundIsToldOfOnceWhenItEnds() throws Exception {
    merchant.close();
    merchant = WechatMerchant.startSlow();
    payOrder = merchant.payOrder(PayMethod.QR, 1);
    paid();
    merchant.nextNotify();
    merchant.channel().refund(merchant.refund(payOrder, "R1", 34));
    merchant.channel().refund(merchant.refund(payOrder, "R2", 1200));
    merchant.clock.advance(Duration.ofMinutes(2));
    merchant.nextNotify();
    merchant.nextNotify();
    Thread.sleep(100);
    assertThat(merchant.notifiesLeft()).isZero();
    assertThat(merchant.channel().refund(merchant.refund(payOrder, "R1", 34)).refundedAt())
        .isNotNull();
    assertThat(merchant.book(payOrder).refundedFen()).isEqualTo(1234);
  }

  @ParameterizedTest
  @CsvSource({
    "NOTIFY_PROBE, PROBE",
    "NOTIFY_BAD_SIGNATURE, BAD_SIGNATURE",
    "NOTIFY_WRONG_SELLER, FOREIGN_ACCOUNT",
    "NOTIFY_WRONG_APP, FOREIGN_ACCOUNT"
  })
  void aNotifyThatIsNotRightIsFollowedByTheRightOne(
      Fault fault, InvalidNotifyException.Reason reason) throws Exception {
    merchant.gateway.faults().add(FaultRule.once(fault).on(number()));
    merchant.answerNotifies(400);
    paid();

    Request wrong = merchant.nextNotify();
    assertThatExceptionOfType(InvalidNotifyException.class)
        .isThrownBy(() -> verify(wrong))
        .returns(reason, InvalidNotifyException::reason);
    assertThat(verify(merchant.nextNotify())).isNotNull();
  }

  private Object verify(Request notify) throws InvalidNotifyException {
    return merchant
        .verifier(Trust.PUBLIC_KEY)
        .verify(notify.body(), WechatMerchant.headers(notify));
  }

  @Test
  void aWrongAmountIsRightlySigned() throws Exception {
    merchant.gateway.faults().add(FaultRule.once(Fault.NOTIFY_WRONG_AMOUNT).on(number()));
    paid();
    assertThat(verify(merchant.nextNotify()).toString()).contains("1235");
  }

  @Test
  void aDroppedNotifyIsNeverSentAndADoubledOneTwice() throws Exception {
    merchant.gateway.faults().add(FaultRule.once(Fault.NOTIFY_DROP).on(number()));
    paid();
    merchant.awaitNotify(number(), record -> record.state() == NotifyRecord.State.DROPPED);
    payOrder = merchant.payOrder(PayMethod.QR, 2);
    merchant.gateway.faults().add(FaultRule.once(Fault.NOTIFY_DUPLICATE).on(number()));
    paid();
    merchant.nextNotify();
    merchant.nextNotify();
    merchant.awaitNotify(
        number(),
        record -> record.state() == NotifyRecord.State.ACKNOWLEDGED && record.sendings() == 2);
    assertThat(merchant.notifiesLeft()).isZero();
  }

  @Test
  void aRefundIsToldOfBeforeItsPayment() throws Exception {
    merchant.gateway.faults().add(FaultRule.once(Fault.NOTIFY_REORDER).on(number()));
    paid();
    merchant.channel().refund(merchant.refund(payOrder, "R1", 1));
    assertThat(merchant.nextNotify().text()).contains("REFUND.SUCCESS");
    assertThat(merchant.nextNotify().text()).contains("TRANSACTION.SUCCESS");
  }

  @Test
  void aForgedNotifyIsToldWhateverTheTruth() throws Exception {
    merchant.channel().prepay(payOrder);
    merchant.answerNotifies(400);
    assertThat(merchant.gateway.forgeNotify(number(), Fault.NOTIFY_BAD_SIGNATURE))
        .isEqualTo("400 {}");
    assertThatExceptionOfType(InvalidNotifyException.class)
        .isThrownBy(() -> verify(merchant.nextNotify()));
    assertThat(merchant.channel().query(payOrder).state()).isEqualTo(TradeState.UNPAID);
  }
}
