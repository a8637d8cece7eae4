package dev.durablecheckout.sandbox.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.common.base.Throwables;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.PayoutChannel;
import dev.durablecheckout.activities.channel.VerifiedPayout;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import dev.durablecheckout.workflows.withdrawal.PayoutResult.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.LoggerFactory;

/**
 * What every channel that pays out promises to a withdrawal: one number is paid once; what is not
 * known is neither paid nor unpaid; and a no is one that stays.
 */
abstract class PayoutContract<S extends PayoutStage> {
  private S stage;

  /** The channel, with nothing in it yet. */
  abstract S open() throws Exception;

  @BeforeEach
  final void setUp() throws Exception {
    stage = open();
  }

  @AfterEach
  final void tearDown() throws Exception {
    stage.close();
  }

  final S stage() {
    return stage;
  }

  final PayoutChannel channel() {
    return stage.channel();
  }

  // Paid once.

  final void assertPaidOnce(Payout payout) throws ChannelOutcomeUnknownException {
    PayoutResult result = channel().query(payout);
    assertThat(result.state()).isEqualTo(State.SUCCEEDED);
    assertThat(result.payoutNo()).isNotBlank();
    assertThat(requireNonNull(result.at()))
        .isBetween(stage.clock.instant().minusSeconds(60), stage.clock.instant().plusSeconds(1));
    assertThat(stage.payouts(payout.no())).isEqualTo(1);
    assertThat(stage.gone(payout.no())).isEqualTo(payout.amount());
  }

  @Test
  void paysOnceHoweverOftenItIsAsked() throws Exception {
    Money before = stage.balance();
    Payout payout = stage.payout();
    PayoutResult first = channel().pay(payout);

    assertThat(channel().pay(payout)).isEqualTo(first);
    stage.letItArrive(payout);
    assertPaidOnce(payout);
    assertThat(channel().pay(payout).state()).isEqualTo(State.SUCCEEDED);
    assertPaidOnce(payout);
    assertThat(stage.balance()).isEqualTo(before.minus(payout.amount()));
  }

  @Test
  void paysOnceWhenAskedManyTimesAtOnce() throws Exception {
    Payout payout = stage.payout();
    Callable<PayoutResult> ask = () -> channel().pay(payout);

    assertThat(OnStage.atOnce(Collections.nCopies(8, ask)))
        .allSatisfy(result -> assertThat(result.state()).isNotEqualTo(State.REFUSED));
    stage.letItArrive(payout);
    assertPaidOnce(payout);
  }

  @Test
  void twoPayoutsAreTwo() throws Exception {
    Payout one = stage.payout();
    Payout other = stage.payout();
    channel().pay(one);
    channel().pay(other);
    stage.letItArrive(one);
    stage.letItArrive(other);

    assertPaidOnce(one);
    assertPaidOnce(other);
  }

  @Test
  void aQueryOfWhatNobodyAskedForFindsNothing() throws Exception {
    assertThat(channel().query(stage.payout())).isEqualTo(PayoutResult.notCreated());
  }

  // Don't know.

  private void strike(Fault fault, String call, Payout payout, int times) {
    stage
        .faults()
        .add(
            FaultRule.once(fault)
                .on(payout.no().value())
                .atMethod(call)
                .lasting(Duration.ofMillis(20))
                .times(times));
  }

  /** The call that has no usable answer, and what it says of that. */
  private String assertUnknown(Callable<?> call) {
    ChannelOutcomeUnknownException unknown =
        catchThrowableOfType(ChannelOutcomeUnknownException.class, call::call);
    assertThat(unknown).as("no answer").isNotNull();
    return Throwables.getStackTraceAsString(requireNonNull(unknown));
  }

  private String assertUnknown(Fault fault, String call, Payout payout, Callable<?> calling) {
    // More than once: the JDK asks again by itself where a question's connection dies.
    strike(fault, call, payout, call.equals(stage.queryName()) ? 5 : 1);
    String said = assertUnknown(calling);
    assertThat(stage.faults().strikes()).as("it has struck").containsKey(fault);
    stage.faults().clear();
    return said;
  }

  /** Whether the channel does what it was asked for when this strikes. */
  private static boolean hasEffect(Fault fault) {
    return switch (fault) {
      case API_TIMEOUT_WITH_EFFECT,
          API_SYSTEM_ERROR_WITH_EFFECT,
          API_UNSIGNED_SUCCESS,
          API_BAD_SIGNATURE ->
          true;
      default -> false;
    };
  }

  @TestFactory
  Stream<DynamicTest> aPayoutWithoutAnAnswerIsFoundByAQueryIfItWasMade() {
    return DynamicTest.stream(
        TroubleContract.NO_ANSWERS.stream(),
        Fault::name,
        fault -> {
          Payout payout = stage.payout();
          assertUnknown(fault, stage.payName(), payout, () -> channel().pay(payout));

          State found = channel().query(payout).state();
          if (hasEffect(fault)) {
            assertThat(found).isIn(State.SUCCEEDED, State.PROCESSING, State.AWAITING_BUYER);
          } else {
            assertThat(found).isEqualTo(State.NOT_CREATED);
            assertThat(stage.gone(payout.no())).isEqualTo(Money.ZERO);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aPayoutWithoutAnAnswerIsSentAgainUnchangedAndPaidOnce() {
    return DynamicTest.stream(
        TroubleContract.NO_ANSWERS.stream(),
        Fault::name,
        fault -> {
          Payout payout = stage.payout();
          assertUnknown(fault, stage.payName(), payout, () -> channel().pay(payout));

          assertThat(channel().pay(payout).state()).isNotEqualTo(State.REFUSED);
          stage.letItArrive(payout);
          assertPaidOnce(payout);
        });
  }

  @TestFactory
  Stream<DynamicTest> aQueryWithoutAnAnswerIsNoState() {
    return DynamicTest.stream(
        TroubleContract.NO_STATES.stream(),
        Fault::name,
        fault -> {
          Payout payout = stage.payout();
          channel().pay(payout);
          stage.letItArrive(payout);
          assertUnknown(fault, stage.queryName(), payout, () -> channel().query(payout));

          assertPaidOnce(payout);
        });
  }

  /** The books forget the payee with the payment, and a bank sends money back after that. */
  @Test
  void aPayoutIsAskedAboutWithoutItsPayeeAndIsNotMadeWithoutOne() throws Exception {
    Payout payout = stage.payout();
    Payout unnamed =
        new Payout(
            payout.no(),
            payout.merchant(),
            payout.channel(),
            payout.amount(),
            null,
            payout.remark());
    assertThatIllegalStateException().isThrownBy(() -> channel().pay(unnamed));
    assertThat(stage.payouts(payout.no())).isZero();

    channel().pay(payout);
    stage.letItArrive(payout);
    assertThat(channel().query(unnamed)).isEqualTo(channel().query(payout));
    assertPaidOnce(payout);
  }

  /** Whoever took it for a no would pay the same money out under another number. */
  @Test
  void anotherAmountUnderTheNumberIsNoAnswer() throws Exception {
    Payout payout = stage.payout();
    channel().pay(payout);
    stage.letItArrive(payout);
    strike(Fault.QUERY_WRONG_AMOUNT, stage.queryName(), payout, 1);
    assertThat(assertUnknown(() -> channel().query(payout))).contains("another amount");

    Payout other =
        new Payout(
            payout.no(),
            payout.merchant(),
            payout.channel(),
            payout.amount().plus(Money.ofFen(1)),
            payout.payee(),
            payout.remark());
    assertThat(assertUnknown(() -> channel().pay(other))).contains("another amount");
    assertThat(assertUnknown(() -> channel().query(other))).contains("another amount");
    assertPaidOnce(payout);
  }

  // No.

  @Test
  void withoutBalanceNothingIsPaidAndTheSameMayBeSentAgain() throws Exception {
    Payout payout = stage.payout();
    stage.balance(payout.amount().minus(Money.ofFen(1)));
    PayoutResult refused = channel().pay(payout);

    assertThat(refused.state()).isEqualTo(State.NOT_NOW);
    assertThat(requireNonNull(refused.refusal()).code())
        .isEqualTo(Refusal.Code.INSUFFICIENT_BALANCE);
    assertThat(channel().query(payout)).isEqualTo(PayoutResult.notCreated());
    assertThat(stage.balance()).isEqualTo(payout.amount().minus(Money.ofFen(1)));

    stage.balance(payout.amount());
    channel().pay(payout);
    stage.letItArrive(payout);
    assertPaidOnce(payout);
    assertThat(stage.balance()).isEqualTo(Money.ZERO);
  }

  @Test
  void twoAtOnceDoNotTakeMoreThanThereIs() throws Exception {
    stage.balance(PayoutStage.AMOUNT);
    List<Callable<PayoutResult>> asks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Payout payout = stage.payout();
      asks.add(() -> channel().pay(payout));
    }

    assertThat(OnStage.atOnce(asks).stream().filter(result -> result.state() != State.NOT_NOW))
        .hasSize(1);
    assertThat(stage.balance()).isEqualTo(Money.ZERO);
  }

  @Test
  void aLimitOfTheDayPasses() throws Exception {
    stage.dayLimit(Money.ZERO);
    Payout payout = stage.payout();
    PayoutResult refused = channel().pay(payout);

    assertThat(refused.state()).isEqualTo(State.NOT_NOW);
    assertThat(requireNonNull(refused.refusal()).code()).isEqualTo(Refusal.Code.DAILY_LIMIT);
    stage.dayLimit(payout.amount());
    channel().pay(payout);
    stage.letItArrive(payout);
    assertPaidOnce(payout);
  }

  @Test
  void aNoThatNobodyCanMakeSureOfIsNone() throws Exception {
    Payout payout = stage.payout();
    stage.balance(Money.ZERO);
    assertUnknown(
        Fault.API_SYSTEM_ERROR_WITHOUT_EFFECT,
        stage.queryName(),
        payout,
        () -> channel().pay(payout));

    assertThat(channel().pay(payout).state()).isEqualTo(State.NOT_NOW);
  }

  @Test
  void somebodyWhomTheChannelDoesNotKnowIsRefusedForEver() throws Exception {
    Payout payout = stage.payout(stage.nobody(), PayoutStage.AMOUNT);

    assertThat(channel().pay(payout).state()).isEqualTo(State.REFUSED);
    assertThat(channel().pay(payout).state()).isEqualTo(State.REFUSED);
    assertThat(stage.payouts(payout.no())).isZero();
  }

  @Test
  void whoHasToBeNamedAndIsNotIsRefusedWithoutACall() throws Exception {
    Payee payee = new Payee(stage.payee().kind(), stage.payee().account(), null);
    Payout payout = stage.payout(payee, Payee.WECHAT_NAME_FROM);
    PayoutResult refused = channel().pay(payout);

    assertThat(refused.state()).isEqualTo(State.REFUSED);
    assertThat(requireNonNull(refused.refusal()).channelCode()).isEqualTo("NAME_REQUIRED");
    assertThat(channel().query(payout)).isEqualTo(PayoutResult.notCreated());
  }

  // Messages.

  @Test
  void aMessageSaysWhatAQuerySays() throws Exception {
    stage.answerMessageWith(503, stage.verifier().reply().refused());
    Payout payout = stage.payout();
    channel().pay(payout);
    stage.letItArrive(payout);
    VerifiedPayout message = stage.nextMessage().payoutVerifiedBy(stage.verifier());

    assertThat(message.no()).isEqualTo(payout.no());
    assertThat(message.amount()).isEqualTo(payout.amount());
    PayoutResult query = channel().query(payout);
    assertThat(message.payout().state()).isEqualTo(State.SUCCEEDED);
    assertThat(message.payout().payoutNo()).isEqualTo(query.payoutNo());
    assertThat(message.payout().at()).isEqualTo(query.at());
    assertThat(stage.nextMessage().payoutVerifiedBy(stage.verifier())).isEqualTo(message);
  }

  @Test
  void aMessageOfSomebodyElseCountsForNothing() throws Exception {
    stage.faults().add(FaultRule.once(Fault.NOTIFY_BAD_SIGNATURE));
    Payout payout = stage.payout();
    channel().pay(payout);
    stage.letItArrive(payout);
    Delivery forged = stage.nextMessage();

    InvalidNotifyException refusal =
        requireNonNull(
            catchThrowableOfType(
                InvalidNotifyException.class, () -> forged.payoutVerifiedBy(stage.verifier())));
    assertThat(refusal.reason()).isEqualTo(InvalidNotifyException.Reason.BAD_SIGNATURE);
  }

  // Whose business it is.

  @Test
  void nothingOfThePayeeIsLoggedOrSaid() throws Exception {
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    List<Logger> loggers =
        Stream.of("dev.durablecheckout.activities", "sdk", "com.alipay", "com.wechat")
            .map(name -> (Logger) LoggerFactory.getLogger(name))
            .toList();
    loggers.forEach(
        logger -> {
          // Below it, WeChat Pay's SDK writes down all that it signs: docs/payouts.md says so.
          logger.setLevel(logger.getName().equals("com.wechat") ? Level.INFO : Level.TRACE);
          logger.addAppender(appender);
        });
    List<String> said = new ArrayList<>();
    try {
      for (Fault fault : TroubleContract.NO_ANSWERS) {
        Payout payout = stage.payout();
        said.add(assertUnknown(fault, stage.payName(), payout, () -> channel().pay(payout)));
        said.add(channel().pay(payout) + " " + payout);
      }
      Payout nobody = stage.payout(stage.nobody(), PayoutStage.AMOUNT);
      said.add(channel().pay(nobody) + " " + nobody);
      appender.list.forEach(event -> said.add(event.getFormattedMessage()));
    } finally {
      loggers.forEach(
          logger -> {
            logger.setLevel(null);
            logger.detachAppender(appender);
          });
    }

    assertThat(String.join("\n", said))
        .doesNotContain(PayoutStage.NAME, stage.payee().account(), stage.nobody().account());
  }
}
