package dev.durablecheckout.activities.reconciliation;

import dev.durablecheckout.activities.bill.DamagedBillException;
import dev.durablecheckout.activities.channel.BillChannels;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import dev.durablecheckout.workflows.reconciliation.DayView;
import dev.durablecheckout.workflows.reconciliation.Explanation;
import dev.durablecheckout.workflows.reconciliation.ReconciliationActivities;
import dev.durablecheckout.workflows.reconciliation.StagedBill;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** {@link ReconciliationActivities} on PostgreSQL and the channels' bills. */
public final class ReconciliationActivitiesImpl implements ReconciliationActivities {
  private final Supplier<BillChannels> channels;
  private final BillStage stage;
  private final DayComparison comparison;

  public ReconciliationActivitiesImpl(Supplier<BillChannels> channels, Jdbi jdbi, Clock clock) {
    this.channels = channels;
    this.stage = new BillStage(jdbi, clock);
    this.comparison = new DayComparison(jdbi, clock);
  }

  @Override
  public StagedBill stageBill(BillDay day) {
    Heartbeats heartbeats = Heartbeats.begin();
    try {
      return stage.stage(day, channels.get().get(day.merchant(), day.channel()));
    } catch (DamagedBillException e) {
      throw ApplicationFailure.newFailure(e.getMessage(), FailureType.BILL_DAMAGED.name());
    } catch (ChannelOutcomeUnknownException e) {
      throw ApplicationFailure.newFailure(
          e.getMessage(), FailureType.CHANNEL_OUTCOME_UNKNOWN.name());
    } finally {
      heartbeats.end();
    }
  }

  @Override
  public DayView match(BillDay day) {
    Heartbeats heartbeats = Heartbeats.begin();
    try {
      return comparison.compare(day);
    } finally {
      heartbeats.end();
    }
  }

  @Override
  public List<OutTradeNo> lostPayments(BillDay day, int limit) {
    return comparison.lostPayments(day, limit);
  }

  @Override
  public void noteUnconfirmed(BillDay day, OutTradeNo outTradeNo, String said) {
    comparison.note(day, outTradeNo, said);
  }

  @Override
  public DayView explain(BillDay day, Explanation explanation) {
    return comparison
        .explain(day, explanation)
        .orElseThrow(
            () -> FailureType.NO_SUCH_ITEM.verdict(day + " has no item " + explanation.item()));
  }
}
