package dev.durablecheckout.activities.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.activities.channel.wallet.WalletConfiguration;
import dev.durablecheckout.activities.db.AtOnce;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.activities.wallet.WalletBooks;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.temporal.FailureType;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import dev.durablecheckout.workflows.withdrawal.WithdrawalAttention;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRecord;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRequest;
import dev.durablecheckout.workflows.withdrawal.WithdrawalStatus;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The money of a withdrawal is in one place at each moment, and moves once. */
final class WithdrawalBooksTest {
  private static final MerchantId SHOP = MerchantId.of("shop");
  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");
  private static final Refusal NO_SUCH_PAYEE =
      new Refusal(Refusal.Code.BUYER_ACCOUNT, "PAYEE_NOT_EXIST", "no such account");
  private static final PayoutResult PAID = PayoutResult.succeeded("P-1", NOW, new Money(1));

  private final TestDatabase database = TestDatabase.create();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final WalletBooks wallets = new WalletBooks(database.jdbi(), clock);
  private final WithdrawalBooksImpl books = books(null, null, null);

  private WithdrawalBooksImpl books(Long minimum, Long maximum, Long daily) {
    WithdrawalLimits limits =
        new WithdrawalLimits(
            List.of(
                new MerchantConfiguration(
                    SHOP,
                    "Shop",
                    null,
                    null,
                    null,
                    new WalletConfiguration(
                        List.of(
                            new WithdrawalLimitConfiguration(
                                Channel.ALIPAY, minimum, maximum, daily))),
                    null,
                    null)));
    return new WithdrawalBooksImpl(database.jdbi(), clock, () -> limits);
  }

  @BeforeEach
  void fill() {
    wallets.topUp(SHOP, "ann", new Money(1_000), "B-1");
  }

  @AfterEach
  void close() {
    assertThat(new Audit(database.jdbi(), clock, Duration.ofMinutes(1)).run()).isEmpty();
    database.close();
  }

  private static WithdrawalRequest request(String no, long fen) {
    return request(no, fen, "2088102146225135", null);
  }

  private static WithdrawalRequest request(String no, long fen, String account, String name) {
    MerchantOrderNo merchantNo = MerchantOrderNo.of(no);
    return new WithdrawalRequest(
        new Payout(
            WithdrawalNo.of(SHOP, merchantNo),
            SHOP,
            Channel.ALIPAY,
            new Money(fen),
            new Payee(Payee.Kind.ALIPAY_LOGON_ID, account, name),
            "your money"),
        merchantNo,
        "ann",
        "request",
        "fingerprint " + fen);
  }

  private long balance() {
    return wallets.find(SHOP, "ann").balance().amountFen();
  }

  private List<String> postings() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select p.kind || ' ' || string_agg(a.kind || ' ' || e.debit_fen || ' ' || e.credit_fen, ', ' order by e.line)
                        from ledger_postings p join ledger_entries e using (posting) join ledger_accounts a using (account)
                        where p.kind <> 'TOP_UP' group by p.posting order by p.posting
                        """)
                    .mapTo(String.class)
                    .list());
  }

  private String column(String column) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("select " + column + " from withdrawals")
                    .mapTo(String.class)
                    .one());
  }

  private WithdrawalRecord record(WithdrawalRequest request, PayoutResult result) {
    return books.record(request.no(), result, PaySource.QUERY, null);
  }

  private static void assertRefused(FailureType type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(type.name());
              assertThat(failure.isNonRetryable()).isTrue();
            });
  }

  @Test
  void holdsThenPaysOut() {
    WithdrawalRequest request = request("O-1", 600);

    assertThat(books.hold(request).status()).isEqualTo(WithdrawalStatus.HELD);
    assertThat(balance()).isEqualTo(400);

    assertThat(record(request, PayoutResult.processing("P-1")).status())
        .isEqualTo(WithdrawalStatus.PROCESSING);
    WithdrawalRecord paid = record(request, PAID);

    assertThat(paid.status()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    assertThat(paid.paidAt()).isEqualTo(NOW);
    assertThat(paid.fee()).isEqualTo(new Money(1));
    assertThat(balance()).isEqualTo(400);
    assertThat(postings())
        .containsExactly(
            "WITHDRAWAL_HOLD WALLET 600 0, PAYOUT 0 600", "WITHDRAWAL PAYOUT 600 0, CHANNEL 0 600");
    assertThat(paid.undelivered())
        .extracting(OrderEvent::eventId)
        .containsExactly("evt_withdrawal_succeeded_" + request.no());
    assertThat(paid.undelivered().get(0).body())
        .contains("\"type\":\"withdrawal.succeeded\"", "\"withdrawal_no\":\"O-1\"");
  }

  @Test
  void aRefusalPutsTheMoneyBackAndSoDoesACancellation() {
    WithdrawalRequest refused = request("O-1", 600);
    books.hold(refused);
    WithdrawalRecord failed = record(refused, PayoutResult.refused("P-1", NO_SUCH_PAYEE));
    assertThat(failed.status()).isEqualTo(WithdrawalStatus.FAILED);
    assertThat(failed.refusal()).isEqualTo(NO_SUCH_PAYEE);
    assertThat(balance()).isEqualTo(1_000);

    WithdrawalRequest cancelled = request("O-2", 1_000);
    books.hold(cancelled);
    assertThat(record(cancelled, PayoutResult.cancelled("P-2", NOW)).status())
        .isEqualTo(WithdrawalStatus.FAILED);
    assertThat(balance()).isEqualTo(1_000);

    WithdrawalRequest givenUp = request("O-3", 1_000);
    books.hold(givenUp);
    assertThat(books.giveUp(givenUp.no(), NO_SUCH_PAYEE).status())
        .isEqualTo(WithdrawalStatus.FAILED);
    assertThat(balance()).isEqualTo(1_000);
  }

  @Test
  void whatComesBackIsInTheWalletAlsoIfNewsOfThePaymentWasLost() {
    WithdrawalRequest request = request("O-1", 600);
    books.hold(request);

    WithdrawalRecord back = record(request, PayoutResult.returned("P-1", NOW, NO_SUCH_PAYEE));

    assertThat(back.status()).isEqualTo(WithdrawalStatus.RETURNED);
    assertThat(balance()).isEqualTo(1_000);
    assertThat(postings())
        .containsExactly(
            "WITHDRAWAL_HOLD WALLET 600 0, PAYOUT 0 600",
            "WITHDRAWAL PAYOUT 600 0, CHANNEL 0 600",
            "WITHDRAWAL_RETURNED CHANNEL 600 0, WALLET 0 600");
    assertThat(back.undelivered()).hasSize(2);
  }

  @Test
  void nothingIsBookedTwiceHoweverOftenItIsSaid() throws Exception {
    WithdrawalRequest request = request("O-1", 600);
    List<Callable<WithdrawalRecord>> calls = new ArrayList<>();
    calls.addAll(Collections.nCopies(10, () -> books.hold(request)));
    AtOnce.call(calls);
    assertThat(balance()).isEqualTo(400);

    calls.clear();
    calls.addAll(Collections.nCopies(10, () -> record(request, PAID)));
    calls.addAll(
        Collections.nCopies(10, () -> record(request, PayoutResult.refused("P-1", NO_SUCH_PAYEE))));
    AtOnce.call(calls);

    // Whichever came first has it; the other is refused by the table of moves.
    assertThat(postings()).hasSize(2);
    assertThat(balance()).isIn(400L, 1_000L);
  }

  @Test
  void ofAHundredAtOnceOverMoreThanHalfOneIsHeld() throws Exception {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      WithdrawalRequest request = request("O-" + i, 600);
      calls.add(
          () -> {
            while (true) {
              try {
                return books.hold(request).status() == WithdrawalStatus.HELD;
              } catch (ApplicationFailure e) {
                assertThat(e.getType()).isEqualTo(FailureType.INSUFFICIENT_BALANCE.name());
                return false;
              } catch (org.jdbi.v3.core.JdbiException e) {
                // Waited for too long, on a slow machine: as a workflow does, again.
              }
            }
          });
    }

    assertThat(AtOnce.call(calls)).filteredOn(held -> held).hasSize(1);
    assertThat(balance()).isEqualTo(400);
  }

  @Test
  void tooLittleInTheWalletIsRefusedAndWritesNothing() {
    assertRefused(FailureType.INSUFFICIENT_BALANCE, () -> books.hold(request("O-1", 1_001)));

    assertThat(balance()).isEqualTo(1_000);
    assertThat(postings()).isEmpty();
  }

  @Test
  void theSameNumberForAnotherRequestIsRefused() {
    books.hold(request("O-1", 600));

    assertRefused(FailureType.WITHDRAWAL_NO_REUSED, () -> books.hold(request("O-1", 500)));
    assertThat(balance()).isEqualTo(400);
  }

  @Test
  void limitsAreKept() {
    assertRefused(
        FailureType.WITHDRAWAL_LIMIT, () -> books(100L, null, null).hold(request("O-1", 99)));
    assertRefused(
        FailureType.WITHDRAWAL_LIMIT, () -> books(null, 100L, null).hold(request("O-1", 101)));

    WithdrawalBooksImpl daily = books(null, null, 700L);
    WithdrawalRequest first = request("O-1", 400);
    daily.hold(first);
    assertRefused(FailureType.WITHDRAWAL_LIMIT, () -> daily.hold(request("O-2", 301)));
    record(first, PayoutResult.refused("P-1", NO_SUCH_PAYEE));
    assertThat(daily.hold(request("O-2", 301)).status()).isEqualTo(WithdrawalStatus.HELD);
    assertThat(daily.hold(first).status()).isEqualTo(WithdrawalStatus.FAILED);
  }

  @Test
  void aChannelThatIsNotSetUpPaysNothingOut() {
    WithdrawalBooksImpl none =
        new WithdrawalBooksImpl(database.jdbi(), clock, () -> new WithdrawalLimits(List.of()));

    assertRefused(FailureType.WITHDRAWAL_LIMIT, () -> none.hold(request("O-1", 100)));
  }

  @Test
  void whoIsPaidIsForgottenOnceNothingCanBeSentAgain() {
    WithdrawalRequest request = request("O-1", 600, "ann@example.com", "Ann");
    books.hold(request);
    record(request, PayoutResult.awaitingBuyer("P-1", null));
    assertThat(column("payee_account")).isEqualTo("ann@example.com");
    assertThat(column("payee_name")).isEqualTo("Ann");

    record(request, PAID);

    assertThat(column("payee_account")).isNull();
    assertThat(column("payee_name")).isNull();
    assertThat(column("payee_shown")).isEqualTo("ann***com");
  }

  @Test
  void attentionIsWrittenDownAndTakenBack() {
    WithdrawalRequest request = request("O-1", 600);
    books.hold(request);

    books.recordAttention(request.no(), WithdrawalAttention.PAYOUT_STOPPED, "no money");
    assertThat(books.hold(request).attention()).isEqualTo(WithdrawalAttention.PAYOUT_STOPPED);
    books.recordAttention(request.no(), null, "filled up");
    assertThat(books.hold(request).attention()).isNull();
  }
}
