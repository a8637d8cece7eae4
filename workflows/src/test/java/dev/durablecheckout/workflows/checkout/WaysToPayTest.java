package dev.durablecheckout.workflows.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.Payer;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.refund.RefundStatus;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What differs between the ways to pay: who must be known, and whether anything is left to do. */
@Execution(ExecutionMode.CONCURRENT)
class WaysToPayTest {
  private static final PayChoice WECHAT_QR = new PayChoice(Channel.WECHAT_PAY, PayMethod.QR);
  private static final PayChoice WALLET = new PayChoice(Channel.WALLET, PayMethod.BALANCE);

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void paidAtOnceIsPaidInTheFirstAnswer() {
    scene.channel.payAtOnce();

    CheckoutView view = scene.open(WALLET);

    assertThat(view.status()).isEqualTo(CheckoutStatus.PAID);
    assertThat(scene.end().paidBy()).isEqualTo(scene.no(1));
    scene.assertLaws();
  }

  @Test
  void aWrongAmountPaidAtOncePaysNothing() {
    scene.channel.payAtOnce(Money.ofFen(1));

    CheckoutView view = scene.open(WALLET);

    assertThat(view.status()).isEqualTo(CheckoutStatus.AWAITING_PAYMENT);
    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.CLOSED);
    assertThat(scene.books.attention(scene.id)).isEqualTo(Attention.AMOUNT_MISMATCH);
  }

  @Test
  void aSwitchFindsWhatAWalletHasPaidAndDoesNotBeginAnother() {
    scene.channel.payInBooksAndFallSilent();
    scene.start(scene.request(Duration.ofMinutes(30), WALLET));
    awaitPaidInBooks();

    assertThat(scene.workflow().pay(WECHAT_QR).status()).isEqualTo(CheckoutStatus.PAID);
    assertThat(scene.end().paidBy()).isEqualTo(scene.no(1));
    assertThat(scene.books.payOrders(scene.id)).hasSize(1);
    scene.assertLaws();
  }

  @Test
  void theDeadlineFindsWhatAWalletHasPaid() {
    scene.channel.payInBooksAndFallSilent();
    scene.start(scene.request(Duration.ofMinutes(30), WALLET));
    awaitPaidInBooks();
    scene.pass(Duration.ofMinutes(25));
    scene.channel.dead(Channel.WALLET, false);

    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.PAID);
    scene.assertLaws();
  }

  private void awaitPaidInBooks() {
    while (scene.books.status(scene.id) != CheckoutStatus.PAID) {
      scene.pass(Duration.ofMillis(100));
    }
  }

  @Test
  void aLoginCodeIsExchangedBeforeTheTradeIsCreated() {
    CheckoutView view = scene.open(jsapi("code-of-ann-1"));

    assertThat(view.payment().credential()).isNotNull();
    assertThat(scene.channel.payer(scene.no(1))).isEqualTo(Payer.ofOpenid("openid-ann"));
  }

  @Test
  void aLoginCodeThatIsNotGoodIsARefusalAndTheCheckoutStaysPayable() {
    scene.channel.useUp("code-of-ann-1");

    CheckoutView view = scene.open(jsapi("code-of-ann-1"));

    assertThat(view.payment().status()).isEqualTo(PayOrderStatus.FAILED);
    assertThat(view.payment().refusal().code()).isEqualTo(Refusal.Code.PAYER);
    assertThat(scene.workflow().pay(jsapi("code-of-ann-2")).payment().credential()).isNotNull();
    scene.notify(scene.channel.pay(scene.no(2)));
    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.PAID);
    scene.assertLaws();
  }

  @Test
  void theSamePersonWithANewCodeGetsTheSameCredential() {
    CheckoutView first = scene.open(jsapi("code-of-ann-1"));

    assertThat(scene.workflow().pay(jsapi("code-of-ann-2")).payment()).isEqualTo(first.payment());
    assertThat(scene.books.payOrders(scene.id)).hasSize(1);
  }

  @Test
  void aCredentialThatIsOfNoUseAnyMoreIsLeftForAnotherOfTheSameKind() {
    PayChoice choice = new PayChoice(Channel.WECHAT_PAY, PayMethod.H5, Payer.ofClientIp("::1"));
    scene.open(choice);

    assertThat(scene.workflow().pay(choice).payment().outTradeNo()).isEqualTo(scene.no(1));
    CheckoutView again =
        scene
            .workflow()
            .pay(new PayChoice(choice.channel(), choice.method(), choice.payer(), null, true));

    assertThat(again.payment().outTradeNo()).isEqualTo(scene.no(2));
    assertThat(scene.books.payOrderStatus(scene.no(1))).isEqualTo(PayOrderStatus.CLOSED);
    assertThat(scene.workflow().pay(choice).payment().outTradeNo()).isEqualTo(scene.no(2));
    scene.notify(scene.channel.pay(scene.no(2)));
    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.PAID);
    scene.assertLaws();
  }

  @Test
  void theBuyerComesBackToThePageOnWhichTheChoiceWasMade() {
    scene.open((PayChoice) null);

    scene.workflow().pay(new PayChoice(Channel.ALIPAY, PayMethod.WAP, null, "https://page", null));

    assertThat(scene.channel.returnUrl(scene.no(1))).isEqualTo("https://page");
  }

  @Test
  void anotherPersonGetsAnAttemptOfTheirOwn() {
    scene.open(jsapi("code-of-ann-1"));

    CheckoutView second = scene.workflow().pay(jsapi("code-of-bob-1"));

    assertThat(second.payment().outTradeNo()).isEqualTo(scene.no(2));
    assertThat(scene.channel.payer(scene.no(2))).isEqualTo(Payer.ofOpenid("openid-bob"));
    assertThat(scene.books.payOrderStatus(scene.no(1))).isEqualTo(PayOrderStatus.CLOSED);
  }

  @Test
  void payingAgainWithAUsedCodeIsRefusedAndTheFirstAttemptLives() {
    CheckoutView first = scene.open(jsapi("code-of-ann-1"));

    assertThatThrownBy(() -> scene.workflow().pay(jsapi("code-of-ann-1")))
        .isInstanceOf(WorkflowUpdateException.class)
        .rootCause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure ->
                assertThat(failure.getType()).isEqualTo(FailureType.PAYER_NOT_IDENTIFIED.name()));
    assertThat(scene.workflow().view().payment()).isEqualTo(first.payment());
  }

  @Test
  void aBuyerWhoHasYetToChooseIsAskedByNobodyAndChoosesOnce() {
    CheckoutView view = scene.open((PayChoice) null);

    assertThat(view.status()).isEqualTo(CheckoutStatus.AWAITING_PAYMENT);
    assertThat(view.payment()).isNull();
    assertThat(scene.workflow().confirm().payment()).isNull();
    assertThat(scene.workflow().pay(Scene.PAGE).payment().outTradeNo()).isEqualTo(scene.no(1));
    scene.notify(scene.channel.pay(scene.no(1)));
    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.PAID);
    scene.assertLaws();
  }

  @Test
  void aBuyerWhoNeverChoosesIsClosedAtTheDeadline() {
    scene.open((PayChoice) null);

    assertThat(scene.end().closeReason()).isEqualTo(CloseReason.EXPIRED);
    assertThat(scene.books.payOrders(scene.id)).isEmpty();
    scene.assertLaws();
  }

  @Test
  void aBuyerWhoHasYetToChooseCanBeCancelled() {
    scene.open((PayChoice) null);

    assertThat(scene.workflow().cancel().status()).isEqualTo(CheckoutStatus.CLOSED);
    assertThat(scene.end().closeReason()).isEqualTo(CloseReason.CANCELLED);
    scene.assertLaws();
  }

  @Test
  void aDeadChannelDoesNotKeepTheBuyerFromAnother() {
    scene.open();
    scene.channel.scan(scene.no(1));
    scene.channel.dead(Channel.ALIPAY, true);

    CheckoutView second = scene.workflow().pay(WECHAT_QR);

    assertThat(second.payment().credential()).isNotNull();
    assertThat(scene.books.payOrderStatus(scene.no(1))).isEqualTo(PayOrderStatus.CLOSED);
    scene.notify(scene.channel.pay(scene.no(2)));
    scene.channel.dead(Channel.ALIPAY, false);
    assertThat(scene.end().paidBy()).isEqualTo(scene.no(2));
    assertThat(scene.channel.pay(scene.no(1)).paidAt()).as("closed after all").isNull();
    scene.assertLaws();
  }

  @Test
  void whatADeadChannelTookMeanwhileGoesBack() {
    scene.open();
    scene.channel.dead(Channel.ALIPAY, true);
    scene.workflow().pay(WECHAT_QR);
    scene.channel.pay(scene.no(1));
    scene.notify(scene.channel.pay(scene.no(2)));
    scene.channel.dead(Channel.ALIPAY, false);

    assertThat(scene.end().paidBy()).isEqualTo(scene.no(2));
    assertThat(scene.refund(1)).isEqualTo(RefundStatus.SUCCEEDED);
    scene.assertLaws();
  }

  @Test
  void whatADeadChannelTookIsFoundBeforeTheSecondIsPaid() {
    scene.open();
    scene.channel.dead(Channel.ALIPAY, true);
    scene.workflow().pay(WECHAT_QR);
    scene.channel.pay(scene.no(1));
    scene.channel.dead(Channel.ALIPAY, false);

    assertThat(scene.end().paidBy()).isEqualTo(scene.no(1));
    scene.assertLaws();
  }

  @Test
  void aNewBarcodeIsANewAttempt() {
    scene.open(barcode("2867531492812345671"));

    assertThat(scene.workflow().pay(barcode("2867531492812345671")).payment().outTradeNo())
        .isEqualTo(scene.no(1));
    assertThat(scene.workflow().pay(barcode("2867531492812345672")).payment().outTradeNo())
        .isEqualTo(scene.no(2));
  }

  @Test
  void aRefundUnderWayIsAskedAfterUntilItIsDone() {
    scene.channel.slowRefunds(4);
    scene.open();
    scene.workflow().cancel();
    scene.notify(scene.channel.pay(scene.no(1)));

    assertThat(scene.end().status()).isEqualTo(CheckoutStatus.CLOSED);
    assertThat(scene.refund(1)).isEqualTo(RefundStatus.SUCCEEDED);
    assertThat(scene.books.attention(scene.id)).isNull();
    scene.assertLaws();
  }

  private static PayChoice jsapi(String loginCode) {
    return new PayChoice(Channel.WECHAT_PAY, PayMethod.JSAPI, Payer.ofLoginCode(loginCode));
  }

  private static PayChoice barcode(String authCode) {
    return new PayChoice(Channel.ALIPAY, PayMethod.BARCODE, Payer.ofAuthCode(authCode));
  }
}
