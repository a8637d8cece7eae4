package dev.durablecheckout.activities.reconciliation;

import dev.durablecheckout.activities.recovery.OpenWork;
import dev.durablecheckout.workflows.client.WorkflowToStart;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import dev.durablecheckout.workflows.reconciliation.ReconciliationWorkflow;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Days that are not settled, and days that were never begun though days before them were: a
 * schedule that was lost with its namespace does not remember what it has missed. A day that nobody
 * has settled in {@link ReconciliationWorkflow#LIFE} is left as it stands.
 */
public final class OpenDays implements OpenWork {
  /** Bills are there by then, and the schedule has begun: see the worker's schedules. */
  private static final Duration BEGUN_BY = Duration.ofHours(12);

  /** As far back as the schedule itself would catch up. */
  private static final int MISSED_DAYS = 30;

  private static final String DAYS =
      """
      select merchant, channel, bill_day from reconciliations
      where status <> 'SETTLED' and started_at < :before and started_at > :abandoned
      union
      select a.merchant, a.channel, d::date
      from (
        select merchant, channel, min(bill_day) as first from reconciliations
        where bill_day >= :oldest group by merchant, channel) a
      cross join lateral generate_series(a.first, cast(:last as date), interval '1 day') d
      where not exists (select 1 from reconciliations r
        where r.merchant = a.merchant and r.channel = a.channel and r.bill_day = d::date)
      """;

  private final Jdbi jdbi;

  public OpenDays(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public String kind() {
    return "reconciliations";
  }

  /** They are few, whatever the traffic: so many a channel and day. */
  @Override
  public List<String> page(Instant before, String after, int limit) {
    LocalDate last = before.minus(BEGUN_BY).atZone(BillDay.ZONE).toLocalDate().minusDays(1);
    return jdbi
        .withHandle(
            handle ->
                handle
                    .createQuery(DAYS)
                    .bind("before", before)
                    .bind("abandoned", before.minus(ReconciliationWorkflow.LIFE))
                    .bind("oldest", last.minusDays(MISSED_DAYS))
                    .bind("last", last)
                    .map(
                        (row, context) ->
                            new BillDay(
                                MerchantId.of(row.getString("merchant")),
                                Channel.ofCode(row.getInt("channel")),
                                row.getObject("bill_day", LocalDate.class)))
                    .list())
        .stream()
        .map(BillDay::workflowId)
        .filter(id -> id.compareTo(after) > 0)
        .sorted()
        .limit(limit)
        .toList();
  }

  @Override
  public String workflowId(String key) {
    return key;
  }

  @Override
  public Optional<WorkflowToStart> rebuild(String key) {
    BillDay day = BillDay.ofWorkflowId(key);
    return Optional.of(
        new WorkflowToStart(
            key,
            ReconciliationWorkflow.class,
            day,
            "reconciliation of " + day,
            SearchAttributes.newBuilder()
                .set(SearchAttributeKeys.PAY_CHANNEL, day.channel().name())
                .build()));
  }
}
