package dev.durablecheckout.sandbox.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.durablecheckout.activities.channel.ChannelConnections;
import dev.durablecheckout.activities.channel.alipay.AlipayConfiguration;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import dev.durablecheckout.workflows.withdrawal.PayoutResult.State;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

final class AlipayPayoutContractTest extends PayoutContract<AlipayPayoutStage> {
  @Override
  AlipayPayoutStage open() throws Exception {
    return new AlipayPayoutStage();
  }

  @Test
  void moneyThatABankSendsBackIsReturned() throws Exception {
    Money before = stage().balance();
    Payout payout = stage().payout();
    assertThat(channel().pay(payout).state()).isEqualTo(State.SUCCEEDED);
    assertThat(stage().nextMessage().payoutVerifiedBy(stage().verifier()).payout().state())
        .isEqualTo(State.SUCCEEDED);

    stage().transfers().bounce(payout.no().value());
    assertThat(channel().query(payout).state()).isEqualTo(State.RETURNED);
    assertThat(channel().pay(payout).state()).isEqualTo(State.RETURNED);
    assertThat(stage().nextMessage().payoutVerifiedBy(stage().verifier()).payout().state())
        .isEqualTo(State.RETURNED);
    assertThat(stage().balance()).isEqualTo(before);
  }

  @Test
  void aPayoutThatIsUnderWayEndsOneWayOrTheOther() throws Exception {
    stage().transfers().slow(true);
    Payout made = stage().payout();
    Payout failed = stage().payout();
    assertThat(channel().pay(made).state()).isEqualTo(State.PROCESSING);
    assertThat(channel().pay(failed).state()).isEqualTo(State.PROCESSING);
    assertThat(channel().pay(failed).state()).isEqualTo(State.PROCESSING);

    stage().transfers().succeed(made.no().value());
    stage().transfers().fail(failed.no().value(), "PAYEE_STATUS_ABNORMAL");
    assertPaidOnce(made);
    PayoutResult refused = channel().pay(failed);
    assertThat(refused).isEqualTo(channel().query(failed));
    assertThat(refused.state()).isEqualTo(State.REFUSED);
    assertThat(requireNonNull(refused.refusal()).channelCode()).isEqualTo("PAYEE_STATUS_ABNORMAL");
    assertThat(stage().gone(failed.no())).isEqualTo(Money.ZERO);
  }

  @Test
  void limitsOfASinglePayoutAreForEver() throws Exception {
    for (long fen : new long[] {9, 50_000_01}) {
      PayoutResult refused = channel().pay(stage().payout(stage().payee(), Money.ofFen(fen)));
      assertThat(refused.state()).isEqualTo(State.REFUSED);
      assertThat(requireNonNull(refused.refusal()).code()).isEqualTo(Refusal.Code.LIMIT);
    }
  }

  @Test
  void anotherNameThanTheAccountsIsRefused() throws Exception {
    Payee payee = new Payee(stage().payee().kind(), stage().payee().account(), "别人");
    PayoutResult refused = channel().pay(stage().payout(payee, PayoutStage.AMOUNT));

    assertThat(refused.state()).isEqualTo(State.REFUSED);
    assertThat(requireNonNull(refused.refusal()).code()).isEqualTo(Refusal.Code.BUYER_ACCOUNT);
  }

  @Test
  void thereIsNothingToTakeBack() throws Exception {
    Payout payout = stage().payout();
    assertThat(channel().cancel(payout)).isEqualTo(PayoutResult.notCreated());
    channel().pay(payout);
    assertThat(channel().cancel(payout).state()).isEqualTo(State.SUCCEEDED);
    assertPaidOnce(payout);
  }

  @Test
  void anAccountInKeyModeIsToldThatItCannotPayOut() {
    AlipayConfiguration account = stage().account();
    AlipayConfiguration inKeyMode =
        new AlipayConfiguration(
            account.gatewayUrl(),
            account.appId(),
            account.sellerId(),
            account.privateKey(),
            "MIIB",
            null,
            null,
            null,
            account.notifyUrl(),
            null,
            null,
            account.methods(),
            account.payout());

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                inKeyMode.payouts(
                    new ChannelConnections(
                        stage().clock, Jdbi.create("jdbc:postgresql://nowhere/"))))
        .withMessageContaining("payout needs certificate mode");
  }
}
