package dev.durablecheckout.activities.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import dev.durablecheckout.workflows.reconciliation.ReconciliationWorkflow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which days of the books want a workflow. */
final class OpenDaysTest {
  /** Ten past one in the afternoon in Shanghai. */
  private static final Instant NOW = Instant.parse("2030-02-10T05:10:00Z");

  private static final String ID = "reconciliation:shop:ALIPAY:";

  private final TestDatabase database = TestDatabase.create();
  private final OpenDays days = new OpenDays(database.jdbi());

  @AfterEach
  void close() {
    database.close();
  }

  private void day(String day, String status, Instant startedAt) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        "insert into reconciliations (merchant, channel, bill_day, status, started_at)"
                            + " values ('shop', 1, :day, :status, :at)")
                    .bind("day", LocalDate.parse(day))
                    .bind("status", status)
                    .bind("at", startedAt)
                    .execute());
  }

  @Test
  void aDayThatIsNotSettledWantsAWorkflow() {
    day("2030-02-07", "SETTLED", NOW.minus(Duration.ofDays(2)));
    day("2030-02-08", "OPEN", NOW.minus(Duration.ofDays(1)));
    day("2030-02-09", "DOWNLOADING", NOW.minus(Duration.ofHours(2)));

    assertThat(days.page(NOW, "", 10)).containsExactly(ID + "2030-02-08", ID + "2030-02-09");
    assertThat(days.page(NOW, "", 1)).containsExactly(ID + "2030-02-08");
    assertThat(days.page(NOW, ID + "2030-02-08", 1)).containsExactly(ID + "2030-02-09");
    assertThat(days.page(NOW.minus(Duration.ofHours(3)), "", 10))
        .as("not the one that was begun later than that")
        .containsExactly(ID + "2030-02-08");
  }

  @Test
  void aDayThatNoScheduleHasBegunWantsAWorkflowOnceItsBillCanBeThere() {
    day("2030-02-05", "SETTLED", NOW.minus(Duration.ofDays(4)));
    day("2030-02-07", "SETTLED", NOW.minus(Duration.ofDays(2)));

    assertThat(days.page(NOW, "", 10))
        .containsExactly(ID + "2030-02-06", ID + "2030-02-08", ID + "2030-02-09");
    assertThat(days.page(NOW.minus(Duration.ofHours(2)), "", 10))
        .as("before the schedule has had its time")
        .containsExactly(ID + "2030-02-06", ID + "2030-02-08");
  }

  @Test
  void aDayThatNobodyHasSettledInTimeIsLeftAsItStands() {
    day("2029-12-01", "OPEN", NOW.minus(ReconciliationWorkflow.LIFE));
    assertThat(days.page(NOW, "", 10)).isEmpty();
  }

  @Test
  void itsWorkflowIsTheOneThatTheScheduleWouldHaveBegun() {
    BillDay day = new BillDay(MerchantId.of("shop"), Channel.ALIPAY, LocalDate.parse("2030-02-08"));
    assertThat(days.rebuild(ID + "2030-02-08"))
        .hasValueSatisfying(
            work -> {
              assertThat(work.workflowId()).isEqualTo(day.workflowId());
              assertThat(work.type()).isEqualTo(ReconciliationWorkflow.class);
              assertThat(work.input()).isEqualTo(day);
            });
  }
}
