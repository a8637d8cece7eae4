package dev.durablecheckout.sandbox.gateway.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.VerifiedPayment;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayChannel;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatMerchant.Trust;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayerIdentity;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.RefundResult;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The adapter of the checkout against the simulator: each knows the other by the wire alone. */
class WechatAdapterTest extends WechatScene {
  private PayCredential prepay(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    return Objects.requireNonNull(merchant.channel().prepay(payOrder).credential());
  }

  private VerifiedPayment verified(Request notify, Trust trust) throws Exception {
    return (VerifiedPayment)
        merchant.verifier(trust).verify(notify.body(), WechatMerchant.headers(notify));
  }

  @ParameterizedTest
  @EnumSource(Trust.class)
  void paysByQrWhicheverKeyAnswersAreVerifiedWith(Trust trust) throws Exception {
    WechatPayChannel channel = merchant.channel(trust);
    PayOrder payOrder = merchant.payOrder(PayMethod.QR, 1);
    PayCredential credential = Objects.requireNonNull(channel.prepay(payOrder).credential());
    assertThat(credential.content()).startsWith("weixin://wxpay/bizpayurl?pr=");
    assertThat(channel.query(payOrder).state()).isEqualTo(TradeState.UNPAID);

    merchant.gateway.buyer().pay(Objects.requireNonNull(credential.content()));

    TradeResult trade = channel.query(payOrder);
    assertThat(trade.state()).isEqualTo(TradeState.PAID);
    assertThat(trade.amount()).isEqualTo(payOrder.amount());
    assertThat(trade.paidAt()).isNotNull();
    assertThat(channel.close(payOrder).outcome()).isEqualTo(CloseResult.Outcome.ALREADY_PAID);
    VerifiedPayment notify = verified(merchant.nextNotify(), Trust.PUBLIC_KEY);
    assertThat(notify.trade()).isEqualTo(trade);
    assertThat(notify.checkoutId()).isEqualTo(payOrder.checkoutId());
    assertThat(merchant.book(payOrder).paidFen()).isEqualTo(1234);
  }

  @ParameterizedTest
  @EnumSource(
      value = PayMethod.class,
      names = {"JSAPI", "MINI_PROGRAM"})
  void paysByWhatAPageHandsOver(PayMethod method) throws Exception {
    PayOrder payOrder = merchant.payOrder(method, 2);
    Map<String, String> parameters = Objects.requireNonNull(prepay(payOrder).parameters());
    merchant.gateway.buyer().payJsapi(parameters);
    assertThat(merchant.channel().query(payOrder).state()).isEqualTo(TradeState.PAID);
  }

  @Test
  void paysByWhatAnAppHandsOver() throws Exception {
    PayOrder payOrder = merchant.payOrder(PayMethod.APP, 3);
    merchant.gateway.buyer().payApp(Objects.requireNonNull(prepay(payOrder).parameters()));
    assertThat(merchant.channel().query(payOrder).state()).isEqualTo(TradeState.PAID);
  }

  @Test
  void aCheckedOutOrderThatNobodyPaysIsClosed() throws Exception {
    PayOrder payOrder = merchant.payOrder(PayMethod.QR, 4);
    assertThat(merchant.channel().query(payOrder).state()).isEqualTo(TradeState.NOT_CREATED);
    assertThat(merchant.channel().close(payOrder).outcome())
        .isEqualTo(CloseResult.Outcome.NOT_CREATED);
    String qr = Objects.requireNonNull(prepay(payOrder).content());

    assertThat(merchant.channel().close(payOrder).outcome()).isEqualTo(CloseResult.Outcome.CLOSED);
    assertThat(merchant.channel().close(payOrder).outcome()).isEqualTo(CloseResult.Outcome.CLOSED);

    assertThat(merchant.channel().query(payOrder).state()).isEqualTo(TradeState.CLOSED);
    assertThatExceptionOfType(WechatRefusedException.class)
        .isThrownBy(() -> merchant.gateway.buyer().pay(qr))
        .withMessageContaining("ORDER_CLOSED");
    Refusal refusal = Objects.requireNonNull(merchant.channel().prepay(payOrder).refusal());
    assertThat(refusal.code()).isEqualTo(Refusal.Code.CONFLICT);
    merchant.gateway.buyer().payLate(qr);
    assertThat(merchant.channel().query(payOrder).state()).isEqualTo(TradeState.PAID);
  }

  @Test
  void aRepeatGetsAnotherCodeAndTheOldOneIsVoid() throws Exception {
    PayOrder payOrder = merchant.payOrder(PayMethod.QR, 5);
    String first = Objects.requireNonNull(prepay(payOrder).content());
    String second = Objects.requireNonNull(prepay(payOrder).content());
    assertThat(second).isNotEqualTo(first);
    assertThatExceptionOfType(WechatRefusedException.class)
        .isThrownBy(() -> merchant.gateway.buyer().pay(first));
    merchant.gateway.buyer().pay(second);
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> merchant.channel().prepay(payOrder))
        .withMessageContaining("paid already");
  }

  @Test
  void afterItsTimeNobodyCanPayThoughItIsNotClosed() throws Exception {
    PayOrder payOrder = merchant.payOrder(PayMethod.QR, 6);
    String qr = Objects.requireNonNull(prepay(payOrder).content());
    merchant.clock.advance(Duration.ofMinutes(3));
    assertThatExceptionOfType(WechatRefusedException.class)
        .isThrownBy(() -> merchant.gateway.buyer().pay(qr));
    assertThat(merchant.channel().query(payOrder).state()).isEqualTo(TradeState.UNPAID);
  }

  @Test
  void refundsOnceHoweverOftenItIsAsked() throws Exception {
    PayOrder payOrder = merchant.payOrder(PayMethod.QR, 7);
    prepay(payOrder);
    merchant.gateway.buyer().pay(payOrder.outTradeNo().value());
    merchant.nextNotify();

    RefundResult first = merchant.channel().refund(merchant.refund(payOrder, "R7", 234));
    RefundResult second = merchant.channel().refund(merchant.refund(payOrder, "R7", 234));
    assertThat(first.refundedAt()).isNotNull().isEqualTo(second.refundedAt());
    assertThat(merchant.book(payOrder).refundedFen()).isEqualTo(234);
    assertThat(merchant.channel().query(payOrder).state()).isEqualTo(TradeState.PAID);

    VerifiedPayment notify = verified(merchant.nextNotify(), Trust.PUBLIC_KEY);
    assertThat(notify.trade().state()).isEqualTo(TradeState.PAID);
    assertThat(Objects.requireNonNull(notify.refund()).fee()).isEqualTo(Money.ofFen(234));
    Refusal tooMuch =
        Objects.requireNonNull(
            merchant.channel().refund(merchant.refund(payOrder, "R8", 1001)).refusal());
    assertThat(tooMuch.code()).isEqualTo(Refusal.Code.CONFLICT);
    Refusal reused =
        Objects.requireNonNull(
            merchant.channel().refund(merchant.refund(payOrder, "R7", 235)).refusal());
    assertThat(reused.code())
        .as("another amount under the number")
        .isEqualTo(Refusal.Code.CONFLICT);
    assertThat(merchant.book(payOrder).refundedFen()).isEqualTo(234);
  }

  @Test
  void loginCodesAreGoodOnce() throws Exception {
    String code = merchant.gateway.buyer().login(WechatMerchant.MINI_PROGRAM);
    PayerIdentity known = merchant.channel().identify(PayMethod.MINI_PROGRAM, code);
    assertThat(known.openid())
        .isEqualTo(merchant.gateway.buyer().openid(WechatMerchant.MINI_PROGRAM));
    PayerIdentity again = merchant.channel().identify(PayMethod.MINI_PROGRAM, code);
    assertThat(Objects.requireNonNull(again.refusal()).channelCode()).isEqualTo("40163");
    String elsewhere = merchant.gateway.buyer().login(WechatMerchant.MINI_PROGRAM);
    assertThat(merchant.channel().identify(PayMethod.JSAPI, elsewhere).refusal()).isNotNull();
  }

  @Test
  void aLostAnswerIsUnknownAndTheRepeatFindsWhatWasDone() throws Exception {
    PayOrder payOrder = merchant.payOrder(PayMethod.QR, 8);
    prepay(payOrder);
    merchant.gateway.buyer().pay(payOrder.outTradeNo().value());
    merchant
        .gateway
        .faults()
        .add(
            FaultRule.once(Fault.API_SYSTEM_ERROR_WITH_EFFECT)
                .atMethod("refund")
                .lasting(Duration.ZERO));
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> merchant.channel().refund(merchant.refund(payOrder, "R9", 1234)));
    assertThat(merchant.channel().refund(merchant.refund(payOrder, "R9", 1234)).refundedAt())
        .isNotNull();
    assertThat(merchant.book(payOrder).refundedFen()).isEqualTo(1234);
  }

  @Test
  void aNotifyComesAgainSignedAnewUnderTheSameId() throws Exception {
    PayOrder payOrder = merchant.payOrder(PayMethod.QR, 9);
    prepay(payOrder);
    merchant.answerNotifies(500, 201);
    merchant.gateway.buyer().pay(payOrder.outTradeNo().value());

    Request first = merchant.nextNotify();
    Request second = merchant.nextNotify();
    merchant.nextNotify();
    merchant.awaitNotify(
        payOrder.outTradeNo().value(),
        record -> record.state() == NotifyRecord.State.ACKNOWLEDGED && record.sendings() == 3);
    assertThat(verified(first, Trust.PUBLIC_KEY).notifyId())
        .isEqualTo(verified(second, Trust.PUBLIC_KEY).notifyId());
    assertThat(first.header("wechatpay-signature"))
        .isNotEqualTo(second.header("wechatpay-signature"));
    assertThat(first.text()).isNotEqualTo(second.text());
  }
}
