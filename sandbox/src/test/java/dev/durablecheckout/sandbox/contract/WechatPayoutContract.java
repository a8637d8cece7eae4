package dev.durablecheckout.sandbox.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatRefusedException;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.PayoutConfirmation;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import dev.durablecheckout.workflows.withdrawal.PayoutResult.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is WeChat Pay's own: the user confirms, and until then the merchant may take back. */
abstract class WechatPayoutContract extends PayoutContract<WechatPayoutStage> {
  @Test
  void nothingIsPaidBeforeTheBuyerConfirms() throws Exception {
    Payout payout = stage().payout();
    PayoutResult asked = channel().pay(payout);
    PayoutConfirmation confirmation = requireNonNull(asked.confirmation());

    assertThat(asked.state()).isEqualTo(State.AWAITING_BUYER);
    assertThat(confirmation.mchId()).isEqualTo(WechatPayoutStage.MCH_ID);
    assertThat(confirmation.appId()).isEqualTo(WechatPayoutStage.MINI_PROGRAM);
    assertThat(channel().query(payout).state()).isEqualTo(State.AWAITING_BUYER);

    stage().transfers().confirm(confirmation.packageInfo());
    assertThat(channel().query(payout).state()).isEqualTo(State.PROCESSING);
    stage().clock.advance(WechatPayoutStage.DELAY);
    assertPaidOnce(payout);
  }

  @Test
  void whatABuyerConfirmsWithIsToldAgain() throws Exception {
    Payout payout = stage().payout();
    stage()
        .faults()
        .add(
            FaultRule.once(Fault.API_TIMEOUT_WITH_EFFECT)
                .atMethod(stage().payName())
                .lasting(Duration.ofMillis(20)));
    assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
        .isThrownBy(() -> channel().pay(payout));

    assertThat(channel().query(payout).confirmation()).isNull();
    stage().transfers().confirm(requireNonNull(channel().pay(payout).confirmation()).packageInfo());
    stage().clock.advance(WechatPayoutStage.DELAY);
    assertPaidOnce(payout);
  }

  @Test
  void aPayoutThatNobodyConfirmedCanBeTakenBack() throws Exception {
    Money before = stage().balance();
    Payout payout = stage().payout();
    PayoutConfirmation confirmation = requireNonNull(channel().pay(payout).confirmation());

    assertThat(channel().cancel(payout).state()).isEqualTo(State.PROCESSING);
    assertThatExceptionOfType(WechatRefusedException.class)
        .isThrownBy(() -> stage().transfers().confirm(confirmation.packageInfo()));
    stage().clock.advance(WechatPayoutStage.DELAY);
    assertThat(channel().query(payout).state()).isEqualTo(State.CANCELLED);
    assertThat(channel().cancel(payout).state()).isEqualTo(State.CANCELLED);
    assertThat(channel().pay(payout).state()).isEqualTo(State.CANCELLED);
    assertThat(stage().balance()).isEqualTo(before);
  }

  @Test
  void aPayoutThatWasConfirmedCannotBeTakenBack() throws Exception {
    Payout payout = stage().payout();
    channel().pay(payout);
    stage().letItArrive(payout);

    assertThat(channel().cancel(payout).state()).isEqualTo(State.SUCCEEDED);
    assertPaidOnce(payout);
  }

  @Test
  void aCancelWithoutAnAnswerIsRepeated() throws Exception {
    for (Fault fault : TroubleContract.NO_ANSWERS) {
      Payout payout = stage().payout();
      channel().pay(payout);
      stage()
          .faults()
          .add(
              FaultRule.once(fault)
                  .on(payout.no().value())
                  .atMethod("transfer_cancel")
                  .lasting(Duration.ofMillis(20)));
      assertThatExceptionOfType(ChannelOutcomeUnknownException.class)
          .as(fault.name())
          .isThrownBy(() -> channel().cancel(payout));

      assertThat(channel().cancel(payout).state()).isEqualTo(State.PROCESSING);
      stage().clock.advance(WechatPayoutStage.DELAY);
      assertThat(channel().query(payout).state()).isEqualTo(State.CANCELLED);
    }
  }

  @Test
  void aDayWithoutAConfirmationIsForEver() throws Exception {
    Payout payout = stage().payout();
    channel().pay(payout);
    stage().clock.advance(Duration.ofDays(1));
    assertThat(stage().nextMessage().payoutVerifiedBy(stage().verifier()).payout().state())
        .isEqualTo(State.REFUSED);
    // Back in the time of this machine, or the SDK's signatures are a day old.
    stage().clock.advance(Duration.ofDays(-1));
    PayoutResult refused = channel().query(payout);

    assertThat(refused.state()).isEqualTo(State.REFUSED);
    assertThat(requireNonNull(refused.refusal()).code()).isEqualTo(Refusal.Code.EXPIRED);
    assertThat(channel().pay(payout)).isEqualTo(refused);
    assertThat(stage().gone(payout.no())).isEqualTo(Money.ZERO);
  }

  @Test
  void theNameIsSealedForWechatAlone() throws Exception {
    Payout payout = stage().payout(stage().payee(), Payee.WECHAT_NAME_FROM);
    channel().pay(payout);

    assertThat(stage().books(payout.no()))
        .singleElement()
        .satisfies(book -> assertThat(book.userName()).isEqualTo(PayoutStage.NAME));
    stage().letItArrive(payout);
    assertPaidOnce(payout);
  }

  @Test
  void noNameGoesWithAnAmountThatTakesNone() throws Exception {
    Payout payout = stage().payout(stage().payee(), Money.ofFen(29));
    channel().pay(payout);
    stage().letItArrive(payout);

    assertPaidOnce(payout);
  }

  @Test
  void anotherNameThanTheAccountsFailsForEver() throws Exception {
    Payee payee = new Payee(stage().payee().kind(), stage().payee().account(), "别人");
    Payout payout = stage().payout(payee, PayoutStage.AMOUNT);
    channel().pay(payout);
    stage().letItArrive(payout);
    PayoutResult refused = channel().query(payout);

    assertThat(refused.state()).isEqualTo(State.REFUSED);
    assertThat(requireNonNull(refused.refusal()).code()).isEqualTo(Refusal.Code.BUYER_ACCOUNT);
  }
}
