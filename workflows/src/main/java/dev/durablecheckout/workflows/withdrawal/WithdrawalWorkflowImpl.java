package dev.durablecheckout.workflows.withdrawal;

import static java.util.Objects.requireNonNullElse;

import dev.durablecheckout.workflows.command.AskedCommands;
import dev.durablecheckout.workflows.command.AskedCommands.Asked;
import dev.durablecheckout.workflows.command.CommandRefused;
import dev.durablecheckout.workflows.command.GravestAttention;
import dev.durablecheckout.workflows.event.EventQueue;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.PersistentCalls;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.temporal.ActivityPolicies;
import dev.durablecheckout.workflows.temporal.FailureType;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import dev.durablecheckout.workflows.withdrawal.PayoutResult.State;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Owns the sequence of one withdrawal. The money is held before the channel hears of it, and leaves
 * the hold only by a definite word of the channel's. Handlers only note; {@link #run} alone acts.
 */
public final class WithdrawalWorkflowImpl implements WithdrawalWorkflow {
  /** Between rounds of sending that had no usable answer. */
  private static final Duration AFTER_SILENCE = Duration.ofMinutes(5);

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(10);

  /** Limits of a day end at midnight, and a balance is filled up within hours. */
  private static final Duration LAST_PAUSE = Duration.ofHours(2);

  /** How long the buyer has to confirm; WeChat Pay's own time. */
  private static final Duration TO_CONFIRM = Duration.ofDays(1);

  private static final Duration ASK_AGAIN_TO_CANCEL = Duration.ofHours(1);

  /** After it no request of ours is still on its way: what is unheard of then was never sent. */
  private static final Duration SETTLED_DOWN = Duration.ofMinutes(10);

  private static final Duration BETWEEN_LOOKS = Duration.ofDays(1);

  /** Nothing is sent so shortly before the channel forgets: it could arrive after that. */
  private static final Duration BEFORE_IT_FORGETS = Duration.ofDays(1);

  private static final int MAX_REASON = 500;

  private final WithdrawalBooks books =
      Workflow.newLocalActivityStub(WithdrawalBooks.class, ActivityPolicies.books());

  private final WithdrawalRequest request;
  private final Payout payout;

  // What was heard of and what was asked for, not yet acted on.
  private final Deque<PayoutResult> polled = new ArrayDeque<>();
  private final Deque<PayoutNotified> notified = new ArrayDeque<>();
  private final AskedCommands<WithdrawalView> asked = new AskedCommands<>();
  private boolean cancelAsked;

  // What was decided.
  private WithdrawalRecord record;
  private @Nullable ApplicationFailure refused;
  private boolean answered;
  private State seen = State.NOT_CREATED;
  private @Nullable PayoutConfirmation confirmation;
  private @Nullable Refusal stopped;
  private Instant sentAt = Instant.EPOCH;
  private Instant sendAgainAt = Instant.EPOCH;
  private Instant confirmBy = Instant.MAX;
  private Duration pause = FIRST_PAUSE;
  private final EventQueue toTell = new EventQueue();
  private final GravestAttention<WithdrawalAttention> attention =
      new GravestAttention<>(new Kept());

  @WorkflowInit
  public WithdrawalWorkflowImpl(WithdrawalRequest request) {
    this.request = request;
    this.payout = request.payout();
    this.record =
        new WithdrawalRecord(
            request.no(),
            WithdrawalStatus.MOVES.initial(),
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(),
            null);
  }

  @Override
  public WithdrawalStatus run(WithdrawalRequest input) {
    // A cancellation asked for in the Temporal UI is a wish to take it back, not a reason to drop
    // what is under way.
    CancellationScope.current().getCancellationRequest().thenApply(reason -> cancelAsked = true);
    Workflow.newDetachedCancellationScope(
            () -> {
              Async.procedure(this::tellOrderSystem);
              hold();
              while (isOpen()) {
                payOut();
              }
              answered = true;
              watchForReturn();
              finish();
            })
        .run();
    return record.status();
  }

  private void finish() {
    while (!toTell.isEmpty() || !Workflow.isEveryHandlerFinished() || !notified.isEmpty()) {
      Workflow.await(
          () ->
              !asked.isEmpty()
                  || !notified.isEmpty()
                  || (toTell.isEmpty() && Workflow.isEveryHandlerFinished()));
      if (!asked.isEmpty()) {
        serve(asked.remove());
      } else if (!notified.isEmpty()) {
        lookAfterTheWatch();
      }
    }
  }

  /** News is acknowledged when it is here: the last moment is no reason to leave it unread. */
  private void lookAfterTheWatch() {
    if (isToBeWatched()
        && Workflow.getVersion("news after the watch", Workflow.DEFAULT_VERSION, 1)
            != Workflow.DEFAULT_VERSION) {
      look();
    } else {
      notified.clear();
    }
  }

  private void hold() {
    try {
      takeUp(books.hold(request));
      // A workflow that was rebuilt does not know what was sent before it.
      sentAt = now();
    } catch (ActivityFailure e) {
      refused = CommandRefused.verdict(e);
    }
  }

  private boolean isOpen() {
    return refused == null && record.status().isHeld();
  }

  /** One step: a wish, what the channel told, or the next question to it. */
  private void payOut() {
    if (!asked.isEmpty()) {
      serve(asked.remove());
    } else if (!notified.isEmpty()) {
      look();
    } else if (!polled.isEmpty()) {
      take(polled.remove(), PaySource.QUERY, null);
    } else if (cancelAsked) {
      cancelAsked = false;
      takeBackQuietly("asked for in Temporal");
    } else if (!now().isBefore(confirmBy)) {
      confirmBy = now().plus(ASK_AGAIN_TO_CANCEL);
      takeBackQuietly("the buyer has not confirmed in time");
    } else if (isWithChannel()) {
      follow();
    } else if (hasBeenHeldUntil(BEFORE_IT_FORGETS)) {
      awaitWord();
    } else if (now().isBefore(sendAgainAt)) {
      rest(Duration.between(now(), sendAgainAt), "send " + request.no() + " again");
    } else {
      send();
    }
  }

  /** Whether the channel has said that it has the payout, and not how it ended. */
  private boolean isWithChannel() {
    return seen == State.PROCESSING || seen == State.AWAITING_BUYER;
  }

  /** Sends the payout, under the same number as ever: one round of tries. */
  private void send() {
    String summary = "pay out " + request.no();
    Optional<PayoutResult> answer;
    try {
      answer = Optional.of(calls(summary).pay(payout));
    } catch (ActivityFailure e) {
      answer = Optional.empty();
    }
    sentAt = now();
    if (answer.isPresent()) {
      lower(WithdrawalAttention.CHANNEL_UNREACHABLE, "the channel has answered");
      take(answer.get(), PaySource.PREPAY, null);
    } else {
      raise(
          WithdrawalAttention.CHANNEL_UNREACHABLE,
          summary
              + " has had no usable answer for "
              + ActivityPolicies.PATIENCE.toMinutes()
              + " minutes");
    }
    sendAgainAt = now().plus(stopped == null ? AFTER_SILENCE : nextPause());
    answered = true;
  }

  /**
   * Whether the channel forgets the payout within this time, or may have done so. By the time of
   * the books: a workflow that was rebuilt is younger than its payout.
   */
  private boolean hasBeenHeldUntil(Duration beforeItForgets) {
    Instant heldAt = record.heldAt();
    return heldAt != null
        && payout
            .channel()
            .remembersPayouts()
            .map(memory -> heldAt.plus(memory).minus(beforeItForgets))
            .filter(end -> !now().isBefore(end))
            .isPresent();
  }

  /** It could be paid already, and be paid again: only the channel or a person can say. */
  private void awaitWord() {
    askOnce();
    answered = true;
    if (isOpen() && !isWithChannel()) {
      raise(
          WithdrawalAttention.PAYOUT_FORGOTTEN,
          "it is not sent any more: "
              + payout.channel()
              + " forgets payouts, and may have paid this one");
      rest(BETWEEN_LOOKS, "does anybody know how " + request.no() + " ended?");
    }
  }

  /** One round of tries to learn how it stands; the channel may be gone by now. */
  private void askOnce() {
    try {
      take(calls("query " + request.no()).query(payout), PaySource.QUERY, null);
    } catch (ActivityFailure e) {
      Workflow.getLogger(WithdrawalWorkflowImpl.class)
          .warn("{} could not be asked about", request.no());
    }
  }

  private WithdrawalView settling(BillVerdict verdict) {
    boolean paid = Boolean.TRUE.equals(verdict.paid());
    String reason = requireNonNullElse(verdict.reason(), "");
    WithdrawalStatus end = paid ? WithdrawalStatus.SUCCEEDED : WithdrawalStatus.FAILED;
    if (isOpen() && hasBeenHeldUntil(Duration.ZERO)) {
      askOnce();
      if (isOpen() && !isWithChannel()) {
        takeUp(
            paid
                ? books.record(request.no(), paid(verdict), PaySource.BILL, null)
                : books.giveUp(
                    request.no(), new Refusal(Refusal.Code.OTHER, "NOT_IN_BILL", reason)));
        lower(WithdrawalAttention.PAYOUT_FORGOTTEN, "by the bill: " + reason);
      }
    }
    if (refused != null || record.status() != end) {
      throw CommandRefused.byHandler(
          FailureType.WITHDRAWAL_STATE, "the withdrawal is " + record.status());
    }
    return withdrawal();
  }

  private static PayoutResult paid(BillVerdict verdict) {
    Instant at = verdict.paidAt();
    return PayoutResult.succeeded(verdict.payoutNo(), at == null ? now() : at, null);
  }

  private Duration nextPause() {
    Duration now = pause;
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LAST_PAUSE) < 0 ? twice : LAST_PAUSE;
    return now;
  }

  /** Waits until something is to be done, polling meanwhile in case a notify is lost. */
  private void follow() {
    CancellationScope polling = Workflow.newCancellationScope(() -> Async.procedure(this::poll));
    polling.run();
    if (confirmBy.equals(Instant.MAX)) {
      Workflow.await(() -> !polled.isEmpty() || isCalled());
    } else {
      rest(Duration.between(now(), confirmBy), "take back what the buyer did not confirm");
    }
    polling.cancel("something is to be done");
  }

  private void poll() {
    try {
      polled.add(
          ActivityPolicies.pollingPayouts(
                  payout.channel(), "is " + request.no() + " still " + seen + "?")
              .awaitChange(payout, seen));
    } catch (CanceledFailure e) {
      // It is asked for in another way.
    } catch (ActivityFailure e) {
      if (!(e.getCause() instanceof CanceledFailure)) {
        throw e;
      }
    }
  }

  private boolean isCalled() {
    return !asked.isEmpty() || !notified.isEmpty() || cancelAsked;
  }

  /** Lets time pass, unless something is to be done. */
  private void rest(Duration time, String summary) {
    List<Promise<Boolean>> timer = new ArrayList<>();
    CancellationScope timing =
        Workflow.newCancellationScope(
            () ->
                timer.add(
                    Workflow.newTimer(
                            time.isNegative() ? Duration.ZERO : time,
                            TimerOptions.newBuilder().setSummary(summary).build())
                        .handle((nothing, cancelled) -> cancelled == null)));
    timing.run();
    Promise<Boolean> over = timer.get(0);
    Workflow.await(() -> over.isCompleted() || !polled.isEmpty() || isCalled());
    timing.cancel("something is to be done");
  }

  /** A notify says that there is news; what counts is the answer to our own question. */
  private void look() {
    PayoutNotified news = notified.element();
    take(
        untilAnswered("query", channel -> channel.query(payout)),
        PaySource.NOTIFY,
        news.notifyLogId());
    notified.remove();
    answered = true;
  }

  private void take(PayoutResult result, PaySource source, @Nullable Long notifyLogId) {
    seen = result.state();
    if (seen == State.AWAITING_BUYER) {
      confirmation = result.confirmation() == null ? confirmation : result.confirmation();
      confirmBy = confirmBy.equals(Instant.MAX) ? now().plus(TO_CONFIRM) : confirmBy;
    } else {
      confirmation = null;
      confirmBy = Instant.MAX;
    }
    takeUp(books.record(request.no(), result, source, notifyLogId));
    if (!isUnheardOf(result)) {
      lower(WithdrawalAttention.PAYOUT_FORGOTTEN, "the channel knows it");
    }
    Refusal refusal = result.refusal();
    if (seen == State.NOT_NOW && refusal != null) {
      stopped = refusal;
      raise(
          WithdrawalAttention.PAYOUT_STOPPED,
          "the channel pays nothing out now: " + refusal.channelCode() + " " + refusal.message());
    } else {
      stopped = null;
      pause = FIRST_PAUSE;
      lower(WithdrawalAttention.PAYOUT_STOPPED, "the channel pays out again");
    }
  }

  private void takeBackQuietly(String reason) {
    try {
      WithdrawalView unused = takingBack(reason);
    } catch (ApplicationFailure e) {
      Workflow.getLogger(WithdrawalWorkflowImpl.class)
          .warn("{} is not taken back: {}", request.no(), e.getOriginalMessage());
    }
  }

  private WithdrawalView takingBack(String reason) {
    if (isOpen()) {
      State before = seen;
      PayoutResult result = untilAnswered("cancel", channel -> channel.cancel(payout));
      if (isUnheardOf(result) && now().isBefore(sentAt.plus(SETTLED_DOWN))) {
        Workflow.sleep(Duration.between(now(), sentAt.plus(SETTLED_DOWN)));
        result = untilAnswered("query", channel -> channel.query(payout));
      }
      if (isUnheardOf(result) && hasBeenHeldUntil(Duration.ZERO)) {
        throw CommandRefused.byHandler(
            FailureType.WITHDRAWAL_STATE,
            "the channel may have paid it and forgotten that: say by settleByBill what its bill says");
      }
      if (isUnheardOf(result)) {
        takeUp(books.giveUp(request.no(), new Refusal(Refusal.Code.OTHER, "TAKEN_BACK", reason)));
        lower(WithdrawalAttention.PAYOUT_STOPPED, "it is taken back");
      } else {
        take(result, PaySource.CLOSE, null);
        if (before == State.AWAITING_BUYER && seen == State.PROCESSING) {
          awaitWhatBecameOfIt();
        }
      }
    }
    if (record.status() != WithdrawalStatus.FAILED) {
      throw CommandRefused.byHandler(
          FailureType.WITHDRAWAL_STATE, "the withdrawal is " + record.status());
    }
    return withdrawal();
  }

  /**
   * WeChat Pay takes back a little after it was told to, and until then nobody can say whether it
   * does: the buyer may have confirmed in the same moment.
   */
  private void awaitWhatBecameOfIt() {
    if (Workflow.getVersion("await the taking back", Workflow.DEFAULT_VERSION, 1)
        == Workflow.DEFAULT_VERSION) {
      return;
    }
    Instant until = now().plus(SETTLED_DOWN);
    Duration wait = Duration.ofSeconds(1);
    while (seen == State.PROCESSING && now().isBefore(until)) {
      Workflow.sleep(wait);
      wait = wait.multipliedBy(2);
      take(untilAnswered("query", channel -> channel.query(payout)), PaySource.QUERY, null);
    }
  }

  /** Not paid, and nothing at the channel that could still be. */
  private static boolean isUnheardOf(PayoutResult result) {
    return result.state() == State.NOT_CREATED || result.state() == State.NOT_NOW;
  }

  private boolean isToBeWatched() {
    return refused == null && record.status() == WithdrawalStatus.SUCCEEDED;
  }

  /** A bank may find out days later that it cannot pay. */
  private void watchForReturn() {
    // A poll that was answered together with the notify is of no use any more, and would end each
    // rest at once.
    polled.clear();
    Instant until = payout.payee() == null ? takeUpTheWatch() : now().plus(WATCHED);
    while (isToBeWatched() && now().isBefore(until)) {
      cancelAsked = false;
      rest(BETWEEN_LOOKS, "has " + request.no() + " come back?");
      if (!asked.isEmpty()) {
        serve(asked.remove());
      } else if (!notified.isEmpty()) {
        look();
      } else if (!cancelAsked) {
        take(untilAnswered("query", channel -> channel.query(payout)), PaySource.QUERY, null);
      }
    }
  }

  /**
   * Of one that the books have brought back after it was paid: what came meanwhile was missed, so
   * the channel is asked at once. The watch goes on until it would have ended, or, where there is
   * news, for as long again: a query may be behind a message.
   *
   * @return until when it is watched
   */
  private Instant takeUpTheWatch() {
    Instant paidAt = record.paidAt();
    boolean news = !notified.isEmpty();
    if (isToBeWatched()) {
      if (news) {
        look();
      } else {
        take(untilAnswered("query", channel -> channel.query(payout)), PaySource.QUERY, null);
      }
    }
    return news || paidAt == null ? now().plus(WATCHED) : paidAt.plus(WATCHED);
  }

  private static void serve(Asked next) {
    next.serve();
  }

  private PayoutActivities calls(String summary) {
    return ActivityPolicies.payouts(payout.channel(), ActivityPolicies.PATIENCE, summary);
  }

  private PayoutResult untilAnswered(
      String what, Functions.Func1<PayoutActivities, PayoutResult> call) {
    String summary = what + " " + request.no();
    while (true) {
      try {
        PayoutResult result = call.apply(calls(summary));
        lower(WithdrawalAttention.CHANNEL_UNREACHABLE, "the channel has answered");
        return result;
      } catch (ActivityFailure e) {
        PersistentCalls.tellAndPause(
            summary, trouble -> raise(WithdrawalAttention.CHANNEL_UNREACHABLE, trouble));
      }
    }
  }

  private void takeUp(WithdrawalRecord next) {
    boolean moved = next.status() != record.status();
    record = next;
    if (moved) {
      Workflow.upsertTypedSearchAttributes(
          SearchAttributeKeys.CHECKOUT_STATUS.valueSet(next.status().name()));
    }
    toTell.add(next.undelivered());
    describe();
  }

  private void tellOrderSystem() {
    toTell.tell(
        trouble -> raise(WithdrawalAttention.EVENT_UNDELIVERED, trouble),
        () -> lower(WithdrawalAttention.EVENT_UNDELIVERED, "the order system has acknowledged"));
  }

  // Commands.

  @Override
  public WithdrawalView open() {
    Workflow.await(() -> answered || refused != null);
    if (refused != null) {
      throw CommandRefused.byVerdict(refused);
    }
    return withdrawal();
  }

  @Override
  public void payoutNotified(PayoutNotified news) {
    notified.add(news);
  }

  @Override
  public WithdrawalView retry(String reason) {
    return ask(this::retrying);
  }

  @Override
  public void validateRetry(String reason) {
    requireReason(reason);
  }

  @Override
  public WithdrawalView cancel(String reason) {
    return ask(() -> takingBack(reason));
  }

  @Override
  public void validateCancel(String reason) {
    requireReason(reason);
  }

  @Override
  public WithdrawalView settleByBill(BillVerdict verdict) {
    return ask(() -> settling(verdict));
  }

  @Override
  public void validateSettleByBill(BillVerdict verdict) {
    String fault = BillVerdict.fault(verdict);
    if (fault != null) {
      throw CommandRefused.byValidator(FailureType.REASON_MISSING, fault);
    }
    requireReason(verdict.reason());
  }

  private static void requireReason(@Nullable String reason) {
    if (reason == null || reason.isBlank() || reason.length() > MAX_REASON) {
      throw CommandRefused.byValidator(
          FailureType.REASON_MISSING, "a reason is 1 to " + MAX_REASON + " characters");
    }
  }

  private WithdrawalView ask(Functions.Func<WithdrawalView> work) {
    Workflow.await(() -> answered || refused != null);
    if (refused != null || record.status().isFinal()) {
      return work.apply();
    }
    return asked.ask(work);
  }

  private WithdrawalView retrying() {
    if (isOpen() && !isWithChannel() && !hasBeenHeldUntil(BEFORE_IT_FORGETS)) {
      send();
    } else if (refused == null && !record.status().isFinal()) {
      take(untilAnswered("query", channel -> channel.query(payout)), PaySource.QUERY, null);
    }
    return withdrawal();
  }

  private void raise(WithdrawalAttention reason, String detail) {
    attention.raise(reason, detail);
  }

  private void lower(WithdrawalAttention reason, String why) {
    attention.lower(reason, why);
  }

  private final class Kept implements GravestAttention.Keeper<WithdrawalAttention> {
    @Override
    public @Nullable WithdrawalAttention raised() {
      return record.attention();
    }

    @Override
    public void keep(@Nullable WithdrawalAttention reason, String detail) {
      books.recordAttention(request.no(), reason, detail);
      record =
          new WithdrawalRecord(
              record.no(),
              record.status(),
              reason,
              record.payoutNo(),
              record.fee(),
              record.paidAt(),
              record.returnedAt(),
              record.refusal(),
              record.undelivered(),
              record.heldAt());
      describe();
    }
  }

  private void describe() {
    WithdrawalAttention raised = record.attention();
    Workflow.setCurrentDetails(
        "**"
            + record.status()
            + "**\n\n"
            + payout.amount()
            + " by "
            + payout.channel()
            + (stopped == null ? "" : ", not now: `" + stopped.channelCode() + "`")
            + (raised == null
                ? "\n\nNothing to do."
                : "\n\n**Attention: " + raised + "**. See its page in the runbook."));
  }

  @Override
  public WithdrawalView withdrawal() {
    return new WithdrawalView(
        request.no(),
        request.merchantNo(),
        request.requestId(),
        request.fingerprint(),
        request.buyerId(),
        payout.channel(),
        payout.amount(),
        record.status(),
        record.attention(),
        confirmation,
        stopped,
        record.refusal(),
        record.paidAt(),
        record.returnedAt());
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
