package dev.durablecheckout.activities.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.activities.audit.AuditFinding;
import dev.durablecheckout.activities.channel.VerifiedPayout;
import dev.durablecheckout.activities.channel.wallet.WalletConfiguration;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.activities.notify.LoggedPayout;
import dev.durablecheckout.activities.notify.NotifyLogDao;
import dev.durablecheckout.activities.notify.NotifyMessage;
import dev.durablecheckout.activities.wallet.WalletBooks;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRecord;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRequest;
import dev.durablecheckout.workflows.withdrawal.WithdrawalStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The audit finds what is wrong with withdrawals. */
final class WithdrawalAuditTest {
  private static final MerchantId SHOP = MerchantId.of("shop");

  private static WithdrawalRequest request(String no, long fen) {
    MerchantOrderNo merchantNo = MerchantOrderNo.of(no);
    return new WithdrawalRequest(
        new Payout(
            WithdrawalNo.of(SHOP, merchantNo),
            SHOP,
            Channel.ALIPAY,
            new Money(fen),
            new Payee(Payee.Kind.ALIPAY_USER_ID, "2088102146225135", null),
            "your money"),
        merchantNo,
        "ann",
        "request",
        "fingerprint");
  }

  /** One is held, and one is paid out. */
  private static WithdrawalBooksImpl write(TestDatabase database, Clock clock) {
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
                            new WithdrawalLimitConfiguration(Channel.ALIPAY, null, null, null))),
                    null,
                    null)));
    WithdrawalBooksImpl books = new WithdrawalBooksImpl(database.jdbi(), clock, () -> limits);
    new WalletBooks(database.jdbi(), clock).topUp(SHOP, "ann", new Money(1_000), "B-1");
    books.hold(request("O-1", 600));
    WithdrawalRequest paid = request("O-2", 100);
    books.hold(paid);
    WithdrawalRecord unused =
        books.record(
            paid.no(), PayoutResult.succeeded("P-1", clock.instant(), null), PaySource.QUERY, null);
    return books;
  }

  @Test
  void findsWhatWasPutBackAndIsPaidByWhatTheChannelSays() {
    Clock clock = Clock.systemUTC();
    try (TestDatabase database = TestDatabase.create()) {
      WithdrawalBooksImpl books = write(database, clock);
      WithdrawalNo no = request("O-1", 600).no();
      WithdrawalRecord unused =
          books.giveUp(no, new Refusal(Refusal.Code.OTHER, "TAKEN_BACK", "a test"));
      Audit audit = new Audit(database.jdbi(), clock, Duration.ofMinutes(1));
      assertThat(audit.run()).as("put back").isEmpty();

      LoggedPayout logged =
          new NotifyLogDao(database.jdbi(), clock)
              .logVerified(
                  new NotifyMessage(
                      SHOP, Channel.ALIPAY, new byte[] {'x'}, ImmutableListMultimap.of()),
                  new VerifiedPayout(
                      "n-1",
                      no,
                      new Money(600),
                      PayoutResult.succeeded("P-1", clock.instant(), null)));

      assertThat(logged.status()).isEqualTo(WithdrawalStatus.FAILED);
      assertThat(audit.run())
          .containsExactly(
              new AuditFinding(
                  2, no.value(), "was put back, and the channel says that it is paid"));
    }
  }

  @ParameterizedTest(name = "law {0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | update events set created_at = created_at - interval '1 h'",
        "2 | delete from events where type = 'WITHDRAWAL_SUCCEEDED'",
        "4 | update withdrawals set amount_fen = 599 where status = 'HELD'",
        "4 | update withdrawals set status = 'HELD', payee_account = 'x', paid_at = null where status = 'SUCCEEDED'",
        "4 | update withdrawals set status = 'FAILED', payee_account = null, refusal_code = 'OTHER' where status = 'HELD'",
        "4 | update withdrawals set merchant = 'other' where status = 'HELD'",
        "9 | update withdrawals set updated_at = updated_at - interval '1 h' where status = 'HELD'"
      })
  void findsWhatWasPlanted(int law, String violation) {
    Clock clock = Clock.systemUTC();
    try (TestDatabase database = TestDatabase.create()) {
      WithdrawalBooksImpl unused = write(database, clock);
      Audit audit = new Audit(database.jdbi(), clock, Duration.ofMinutes(1));
      assertThat(audit.run()).as("before the violation").isEmpty();

      database.jdbi().useHandle(handle -> handle.createScript(violation).execute());

      assertThat(audit.run()).extracting(AuditFinding::law).contains(law);
    }
  }
}
