package dev.durablecheckout.activities.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who reads a report, and how slowly, does not take the connections that payments need. */
final class ReconciliationReaderTest {
  private static final BillDay DAY =
      new BillDay(MerchantId.of("shop"), Channel.ALIPAY, LocalDate.parse("2030-01-01"));

  /** More than are fetched at once. */
  private static final int LINES = 1_500;

  private final TestDatabase database = TestDatabase.create();

  @BeforeEach
  void stage() throws Exception {
    PlayedBill bill = new PlayedBill();
    for (int n = 0; n < LINES; n++) {
      bill.payment("P" + n, "T" + n, 100, 0, 0);
    }
    assertThat(new BillStage(database.jdbi(), Clock.systemUTC()).stage(DAY, bill).hasCome())
        .isTrue();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void twoReportsAreReadAtATimeAndNoMore() {
    ReconciliationReader reader = new ReconciliationReader(database.jdbi());
    List<String> heard = new ArrayList<>();
    boolean first =
        reader.report(
            DAY,
            outer -> {
              if (outer.lineNo() == 2) {
                assertThat(reader.isReporting()).isFalse();
                boolean second =
                    reader.report(
                        DAY,
                        inner -> {
                          if (inner.lineNo() == 2) {
                            assertThat(reader.isReporting()).isTrue();
                            heard.add("third " + reader.report(DAY, line -> {}, item -> {}));
                          }
                        },
                        item -> {});
                heard.add("second " + second);
              }
            },
            item -> {});
    assertThat(first).isTrue();
    assertThat(heard).containsExactly("third false", "second true");
    assertThat(reader.isReporting()).isFalse();
  }

  @Test
  void whoeverTakesNothingForLongIsNotWaitedFor() {
    ReconciliationReader reader = new ReconciliationReader(database.jdbi(), Duration.ofMillis(200));
    assertThatThrownBy(
            () -> {
              boolean unused =
                  reader.report(
                      DAY,
                      line -> {
                        if (line.lineNo() == 2) {
                          sleep();
                        }
                      },
                      item -> {});
            })
        .isInstanceOf(JdbiException.class);
    assertThat(reader.report(DAY, line -> {}, item -> {})).as("afterwards").isTrue();
  }

  private static void sleep() {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
