package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.sandbox.stack.SandboxMerchant;
import dev.durablecheckout.sandbox.stack.StackOptions;
import dev.durablecheckout.workflows.client.TemporalConfiguration;
import dev.durablecheckout.workflows.client.TemporalConnection;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import dev.durablecheckout.workflows.reconciliation.ReconciliationStart;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.schedules.ScheduleBackfill;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A day of each channel on a real Temporal server, which has schedules. */
@Tag("real-temporal")
final class ReconciledDayOnRealTemporalTest extends ReconciledDay {
  @Override
  StackOptions options(Path data) {
    RealTemporal.required();
    return StackOptions.forTests(data).withDevServer();
  }

  /** Two days that were missed are two days, each under the date for which its run was due. */
  @Test
  void aScheduleThatCatchesUpReconcilesEachDayThatItMissed() {
    ReconciliationStart start =
        new ReconciliationStart(MerchantId.of(SandboxMerchant.ID), Channel.ALIPAY);
    try (TemporalConnection temporal = connect()) {
      ScheduleHandle schedule = schedule(temporal, start);
      eventually("the schedule", () -> exists(schedule));
      LocalDate first = LocalDate.ofInstant(Instant.now(), BillDay.ZONE).minusDays(9);
      schedule.backfill(
          List.of(
              new ScheduleBackfill(
                  first.atStartOfDay(BillDay.ZONE).toInstant(),
                  first.plusDays(2).atStartOfDay(BillDay.ZONE).toInstant(),
                  ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL)));
      for (int missed = 0; missed < 2; missed++) {
        String day = first.plusDays(missed).minusDays(1).toString();
        eventually(
            () -> "the day " + day + ": " + report(day),
            () -> report(day).path("status").asText().equals("settled"));
      }
    }
    assertThat(
            shop()
                .get(
                    "/v1/reconciliations/alipay/"
                        + LocalDate.ofInstant(Instant.now(), BillDay.ZONE).minusDays(8))
                .status())
        .as("of no other day")
        .isEqualTo(404);
  }

  /** As when a namespace is lost and rebuilt under a running worker. */
  @Test
  void aScheduleThatIsGoneIsCreatedAgain() {
    ReconciliationStart start =
        new ReconciliationStart(MerchantId.of(SandboxMerchant.ID), Channel.WECHAT_PAY);
    try (TemporalConnection temporal = connect()) {
      ScheduleHandle schedule = schedule(temporal, start);
      eventually("the schedule", () -> exists(schedule));
      Instant created = schedule.describe().getInfo().getCreatedAt();
      schedule.delete();
      eventually(
          "the schedule, again",
          () -> exists(schedule) && schedule.describe().getInfo().getCreatedAt().isAfter(created));
    }
  }

  private TemporalConnection connect() {
    return TemporalConnection.open(
        TemporalConfiguration.of(stack().temporal().target(), "default"));
  }

  private static ScheduleHandle schedule(TemporalConnection temporal, ReconciliationStart start) {
    return ScheduleClient.newInstance(
            temporal.client().getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder().setNamespace("default").build())
        .getHandle(start.scheduleId());
  }

  private JsonNode report(String day) {
    return shop().get("/v1/reconciliations/alipay/" + day).body();
  }

  private static boolean exists(ScheduleHandle schedule) {
    try {
      return !schedule.describe().getSchedule().getSpec().getTimeZoneName().isEmpty();
    } catch (ScheduleException e) {
      return false;
    }
  }
}
