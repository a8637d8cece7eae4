package dev.durablecheckout.workflows.reconciliation;

import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.command.CommandRefused;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.temporal.ActivityPolicies;
import dev.durablecheckout.workflows.temporal.FailureType;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowLock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Downloads, compares, repairs, and looks again; see {@link ReconciliationWorkflow}. */
public final class ReconciliationWorkflowImpl implements ReconciliationWorkflow {
  /** Without a bill for this long, a person is told; the channel is asked on. */
  static final Duration BILL_PATIENCE = Duration.ofHours(6);

  /** How long what is being repaired may take until the day is written down as it is. */
  static final Duration REPAIR_PATIENCE = Duration.ofMinutes(30);

  /** How often a day is compared again that is not settled. */
  static final Duration NEXT_LOOK = Duration.ofHours(12);

  /** Of so many at once: more come with the next comparison. */
  private static final int REPAIRS = 1_000;

  private static final Duration FIRST_ASK = Duration.ofMinutes(15);
  private static final Duration LAST_ASK = Duration.ofHours(4);
  private static final Duration FIRST_CHECK = Duration.ofSeconds(5);
  private static final Duration LAST_CHECK = Duration.ofMinutes(5);

  private final BillDay day;
  private final ReconciliationActivities books;
  private final LostPayments lostPayments;
  private final Instant begun;
  private final WorkflowLock turn = Workflow.newWorkflowLock();

  private DayView view = DayView.BEGUN;
  private boolean downloaded;
  private boolean rerunAsked;
  private @Nullable Attention raised;

  @WorkflowInit
  public ReconciliationWorkflowImpl(BillDay day, @Nullable Instant begun) {
    this.day = day;
    this.begun = begun == null ? Instant.ofEpochMilli(Workflow.currentTimeMillis()) : begun;
    this.books = ActivityPolicies.reconciliation(day.toString());
    this.lostPayments = new LostPayments(day, books);
    this.raised = carriedOver();
  }

  /** What a run before this one has raised, of which this is the continuation. */
  private static @Nullable Attention carriedOver() {
    String name = Workflow.getTypedSearchAttributes().get(SearchAttributeKeys.ATTENTION);
    return name == null ? null : Attention.valueOf(name);
  }

  @Override
  public DayView run(BillDay input, @Nullable Instant first) {
    do {
      if (!downloaded || rerunAsked) {
        downloadUntilReady();
      }
      if (downloaded) {
        compare();
        repairWhatIsMissingHere();
        waitForTheRest();
      }
      Workflow.await(Workflow::isEveryHandlerFinished);
    } while (isUnfinished() && !isHistoryLong());
    if (isUnfinished()) {
      // It begins with a download, so what a rerun has asked for is not lost.
      Workflow.continueAsNew(day, begun);
    }
    return view;
  }

  private boolean isUnfinished() {
    return !isSettled() && isYoungerThan(LIFE);
  }

  private static boolean isHistoryLong() {
    return Workflow.getInfo().isContinueAsNewSuggested();
  }

  private boolean isSettled() {
    return view.status() == ReconciliationStatus.SETTLED && !rerunAsked;
  }

  private boolean isYoungerThan(Duration age) {
    return Workflow.currentTimeMillis() - begun.toEpochMilli() < age.toMillis();
  }

  /** Asks for the bill until there is one, or this day's time is over. */
  private void downloadUntilReady() {
    rerunAsked = false;
    long asked = Workflow.currentTimeMillis();
    for (Duration pause = FIRST_ASK; isYoungerThan(LIFE); pause = longer(pause, LAST_ASK)) {
      describe("Waiting for the channel's bill.");
      StagedBill bill = download();
      if (bill != null && bill.hasCome()) {
        downloaded = true;
        return;
      }
      if (bill == null
          || Workflow.currentTimeMillis() - asked + pause.toMillis() > BILL_PATIENCE.toMillis()) {
        raise(Attention.CHANNEL_UNREACHABLE);
      }
      waitFor(pause, "ask for the bill again", () -> rerunAsked);
      rerunAsked = false;
    }
  }

  /** Absent if the channel gave no sound bill for {@link ActivityPolicies#BILL_PATIENCE}. */
  private @Nullable StagedBill download() {
    try {
      return ActivityPolicies.bills("bill of " + day).stageBill(day);
    } catch (ActivityFailure e) {
      return null;
    }
  }

  private void compare() {
    turn.lock();
    try {
      take(books.match(day));
    } finally {
      turn.unlock();
    }
  }

  /** As many as a history has room for; the rest comes with the next comparison, and first. */
  private void repairWhatIsMissingHere() {
    Set<OutTradeNo> told = new LinkedHashSet<>();
    List<OutTradeNo> lost = books.lostPayments(day, REPAIRS);
    for (OutTradeNo outTradeNo : lost) {
      if (lostPayments.lookInto(outTradeNo)) {
        told.add(outTradeNo);
      }
      if (isHistoryLong()) {
        break;
      }
    }
    if (!lost.isEmpty()) {
      awaitRepair(told);
      compare();
    }
  }

  private void awaitRepair(Set<OutTradeNo> told) {
    long since = Workflow.currentTimeMillis();
    Duration pause = FIRST_CHECK;
    while (!Collections.disjoint(told, books.lostPayments(day, REPAIRS))
        && Workflow.currentTimeMillis() - since < REPAIR_PATIENCE.toMillis()) {
      waitFor(pause, "see whether what was lost is booked", () -> false);
      pause = longer(pause, LAST_CHECK);
    }
  }

  /** Until it is time to compare again, which the next days' bills or the books may settle. */
  private void waitForTheRest() {
    if (!isSettled()) {
      waitFor(
          NEXT_LOOK,
          "compare again",
          () -> rerunAsked || view.status() == ReconciliationStatus.SETTLED);
    }
  }

  private static Duration longer(Duration pause, Duration most) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(most) < 0 ? twice : most;
  }

  /** Ends sooner if there is a reason to; its timer does not outlive it. */
  private static void waitFor(Duration time, String what, Functions.Func<Boolean> sooner) {
    TimerOptions options = TimerOptions.newBuilder().setSummary(what).build();
    List<Promise<Void>> timer = new ArrayList<>();
    CancellationScope timing =
        Workflow.newCancellationScope(() -> timer.add(Workflow.newTimer(time, options)));
    timing.run();
    Promise<Void> passed = timer.get(0);
    Workflow.await(() -> passed.isCompleted() || sooner.apply());
    if (!passed.isCompleted()) {
      timing.cancel();
    }
  }

  private void take(DayView next) {
    view = next;
    if (next.open() > 0) {
      raise(Attention.BILL_DIFFERS);
    } else {
      calm();
    }
    describe(DayNotes.of(next));
  }

  private void describe(String notes) {
    Workflow.setCurrentDetails("**" + day + "**, " + view.status() + "\n\n" + notes);
  }

  private void raise(Attention attention) {
    if (raised != attention) {
      raised = attention;
      Workflow.upsertTypedSearchAttributes(
          SearchAttributeKeys.ATTENTION.valueSet(attention.name()));
    }
  }

  private void calm() {
    if (raised != null) {
      raised = null;
      Workflow.upsertTypedSearchAttributes(SearchAttributeKeys.ATTENTION.valueUnset());
    }
  }

  @Override
  public DayView rerun(String reason) {
    rerunAsked = true;
    return view;
  }

  @Override
  public void validateRerun(String reason) {
    requireReason(reason);
  }

  @Override
  public DayView explain(Explanation explanation) {
    turn.lock();
    try {
      take(books.explain(day, explanation));
      return view;
    } catch (ActivityFailure e) {
      if (e.getCause() instanceof ApplicationFailure verdict) {
        throw CommandRefused.byVerdict(verdict);
      }
      throw e;
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void validateExplain(Explanation explanation) {
    requireReason(explanation.reason());
  }

  private static void requireReason(@Nullable String reason) {
    if (reason == null || reason.isBlank() || reason.length() > Explanation.MAX_REASON) {
      throw CommandRefused.byValidator(
          FailureType.REASON_MISSING, "a reason is 1 to " + Explanation.MAX_REASON + " characters");
    }
  }

  @Override
  public DayView view() {
    return view;
  }
}
