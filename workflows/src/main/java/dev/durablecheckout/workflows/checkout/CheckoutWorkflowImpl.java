package dev.durablecheckout.workflows.checkout;

import static com.google.common.base.Preconditions.checkState;

import dev.durablecheckout.workflows.command.CommandRefused;
import dev.durablecheckout.workflows.event.EventDelivery;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayOrderClosing;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.Payer;
import dev.durablecheckout.workflows.payment.PayerIdentity;
import dev.durablecheckout.workflows.payment.PaymentArrived;
import dev.durablecheckout.workflows.payment.PaymentNotified;
import dev.durablecheckout.workflows.payment.PaymentRecorded;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.Settlement;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.AutomaticRefund;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.temporal.ActivityPolicies;
import dev.durablecheckout.workflows.temporal.FailureType;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
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
 * Owns the sequence of one checkout. Handlers and background threads only put facts into the fields
 * below; {@link #run} alone decides what they mean, and looks at money first: a payment beats a
 * deadline, a cancel and a switch that became due in the same task.
 */
public final class CheckoutWorkflowImpl implements CheckoutWorkflow {
  private static final Duration CONFIRM_PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOGIN_PATIENCE = Duration.ofSeconds(10);

  private final CheckoutBooks books =
      Workflow.newLocalActivityStub(CheckoutBooks.class, ActivityPolicies.books());

  private final CheckoutRequest request;
  private final List<Attempt> attempts = new ArrayList<>();
  private Instant deadline;

  // What was asked for and what was heard of, not yet acted on.
  private final Deque<PaymentArrived> arrived = new ArrayDeque<>();
  private @Nullable PayChoice switchTo;
  private boolean cancelAsked;
  private boolean booksAhead;
  private int confirmsAsked;
  private int confirmsTaken;
  private int confirmsAnswered;

  // What was decided.
  private CheckoutStatus status = CheckoutStatus.MOVES.initial();
  private boolean opened;
  private @Nullable ApplicationFailure refused;
  private @Nullable CloseReason closeReason;
  private @Nullable OutTradeNo paidBy;
  private @Nullable OrderEvent event;
  private final AttentionFlag attention;

  @WorkflowInit
  public CheckoutWorkflowImpl(CheckoutRequest request) {
    this.request = request;
    this.deadline = request.deadline();
    this.attention = new AttentionFlag(request.checkoutId(), books, this::describe);
  }

  @Override
  public CheckoutResult run(CheckoutRequest input) {
    // A cancellation asked for in the Temporal UI is a wish to close, not a reason to drop what is
    // under way.
    CancellationScope.current().getCancellationRequest().thenApply(reason -> cancelAsked = true);
    Workflow.newDetachedCancellationScope(
            () -> {
              openInBooks();
              collectPayment();
              tellOrderSystemAndSendStrayMoneyBack();
            })
        .run();
    return result();
  }

  private void openInBooks() {
    try {
      PayChoice choice = request.choice();
      CheckoutRecord record = books.open(request, choice == null ? null : payOrder(1, choice));
      deadline = record.deadline();
      closeReason = record.closeReason();
      attention.takeUp(record.attention());
      event = record.undelivered();
      record.payOrders().forEach(payOrder -> takeUp(payOrder, record));
      if (record.status() != status) {
        become(record.status());
      }
    } catch (ActivityFailure e) {
      refused = CommandRefused.verdict(e);
    }
    opened = true;
    describe();
  }

  private void takeUp(PayOrderRecord record, CheckoutRecord checkout) {
    Attempt attempt =
        new Attempt(
            withCodes(record.payOrder()), record.status(), this::found, this::channelTrouble);
    attempts.add(attempt);
    if (record.settlement() == Settlement.SETTLED) {
      paidBy = record.payOrder().outTradeNo();
    }
    attempt.takeUp(
        record,
        checkout.status() == CheckoutStatus.AWAITING_PAYMENT,
        Boolean.TRUE.equals(checkout.known()));
  }

  /** The books keep no codes that are good once; the request that is being served has them. */
  private PayOrder withCodes(PayOrder payOrder) {
    PayChoice first = request.choice();
    return payOrder.attempt() == 1 && first != null ? payOrder.by(first.payer()) : payOrder;
  }

  private void collectPayment() {
    if (ended()) {
      return;
    }
    List<Promise<Boolean>> timer = new ArrayList<>();
    CancellationScope timing = Workflow.newCancellationScope(() -> timer.add(deadlineTimer()));
    timing.run();
    Promise<Boolean> deadlinePassed = timer.get(0);
    while (!ended()) {
      Workflow.await(() -> somethingToDo() || deadlinePassed.isCompleted());
      if (!arrived.isEmpty()) {
        settleNextPayment();
      } else if (booksAhead) {
        booksAhead = false;
        followBooks();
      } else if (newRefusal() != null) {
        recordRefusal();
      } else if (deadlinePassed.isCompleted() || cancelAsked) {
        close(deadlinePassed.isCompleted() ? CloseReason.EXPIRED : CloseReason.CANCELLED);
      } else if (switchTo != null) {
        switchPayOrder(switchTo, deadlinePassed);
      } else {
        confirmsTaken = confirmsAsked;
        Async.procedure(this::askChannelNow, confirmsTaken);
      }
    }
    switchTo = null;
    timing.cancel("no longer awaiting payment");
  }

  private boolean somethingToDo() {
    return !arrived.isEmpty()
        || booksAhead
        || newRefusal() != null
        || cancelAsked
        || switchTo != null
        || confirmsAsked > confirmsTaken;
  }

  /** Completes at the deadline; with false, not with a failure, when it is cancelled. */
  private Promise<Boolean> deadlineTimer() {
    Duration left = Duration.between(now(), deadline);
    return Workflow.newTimer(
            left.isNegative() ? Duration.ZERO : left,
            TimerOptions.newBuilder().setSummary("close the unpaid checkout").build())
        .handle((nothing, cancelled) -> cancelled == null);
  }

  /**
   * Books the payment that arrived first. It leaves the queue when it has been dealt with, not
   * before.
   */
  private void settleNextPayment() {
    PaymentArrived payment = arrived.element();
    Optional<Attempt> attempt = attemptOf(payment.trade().outTradeNo());
    if (attempt.isPresent() && !attempt.get().isPaymentSeen()) {
      settle(attempt.get(), payment);
    }
    arrived.remove();
  }

  private void settle(Attempt attempt, PaymentArrived payment) {
    PayOrder payOrder = attempt.payOrder();
    if (!payOrder.agreesWith(payment.trade())) {
      attempt.mismatchSeen();
      attention.raise(
          Attention.AMOUNT_MISMATCH,
          "the channel reports "
              + payment.trade().amount()
              + " paid for "
              + payOrder.outTradeNo()
              + ", which asks for "
              + payOrder.amount());
      return;
    }
    PaymentRecorded recorded = books.recordPayment(payment);
    attempt.paymentSeen();
    attempt.become(PayOrderStatus.SUCCEEDED);
    switch (recorded.settlement()) {
      case SETTLED -> {
        paidBy = payOrder.outTradeNo();
        event = recorded.event();
        become(CheckoutStatus.PAID);
      }
      case LATE -> AutomaticRefund.start(payOrder, RefundReason.LATE);
      case DUPLICATE -> AutomaticRefund.start(payOrder, RefundReason.DUPLICATE);
    }
  }

  private @Nullable Refusal newRefusal() {
    return latest().map(Attempt::newRefusal).orElse(null);
  }

  private void recordRefusal() {
    Attempt attempt = latest().orElseThrow();
    Refusal refusal = attempt.newRefusal();
    if (refusal != null) {
      books.recordRefused(attempt.payOrder().outTradeNo(), refusal);
      attempt.become(PayOrderStatus.FAILED);
      describe();
    }
  }

  /**
   * Closes at the channel, then in the books; gives way to a payment that is heard of meanwhile.
   */
  private void close(CloseReason reason) {
    List<PayOrderClosing> closings = new ArrayList<>();
    for (Attempt attempt : attempts) {
      if (attempt.isPaying()) {
        Workflow.await(() -> attempt.close().isCompleted() || !arrived.isEmpty());
        CloseResult.Outcome outcome = closeOutcome(attempt);
        if (outcome == null) {
          return;
        }
        closings.add(attempt.closing(outcome, request.policy().lateGrace()));
      }
    }
    CheckoutClosed closed =
        books.recordClosed(new CheckoutClosing(request.checkoutId(), reason, closings));
    attempts.stream().filter(Attempt::isPaying).forEach(a -> a.become(PayOrderStatus.CLOSED));
    closeReason = closed.status() == CheckoutStatus.CLOSED ? reason : null;
    event = closed.event();
    become(closed.status());
  }

  /** What the close came to; absent if money comes first, which then is in the queue. */
  private CloseResult.@Nullable Outcome closeOutcome(Attempt attempt) {
    if (!arrived.isEmpty()) {
      return null;
    }
    CloseResult result = attempt.close().get();
    if (result.trade() != null && attempt.isNews(result.trade())) {
      arrived.add(new PaymentArrived(request.checkoutId(), result.trade(), PaySource.CLOSE, null));
      return null;
    }
    return result.outcome();
  }

  /**
   * Ends the attempt that lives and begins the next. Money, a cancel and the deadline come first.
   */
  private void switchPayOrder(PayChoice choice, Promise<Boolean> deadlinePassed) {
    Attempt old = latest().orElse(null);
    if (old != null && old.isPaying()) {
      Workflow.await(
          () ->
              old.close().isCompleted()
                  || old.isCloseSlow()
                  || !arrived.isEmpty()
                  || cancelAsked
                  || deadlinePassed.isCompleted());
      if (cancelAsked || deadlinePassed.isCompleted()) {
        switchTo = null;
        return;
      }
      if (!arrived.isEmpty() || !leaveBehind(old)) {
        return;
      }
    }
    if (!isTooLateToPay()) {
      PayOrder next = payOrder(attempts.size() + 1, choice);
      try {
        books.createPayOrder(next);
      } catch (ActivityFailure e) {
        checkState(
            CommandRefused.verdict(e).getType().equals(FailureType.ALREADY_PAID.name()),
            "an unknown verdict");
        followBooks();
        return;
      }
      if (old == null || old.choice().channel() != choice.channel()) {
        Workflow.upsertTypedSearchAttributes(
            SearchAttributeKeys.PAY_CHANNEL.valueSet(choice.channel().name()));
      }
      Attempt attempt = new Attempt(next, PayOrderStatus.PAYING, this::found, this::channelTrouble);
      attempts.add(attempt);
      attempt.begin();
    }
    switchTo = null;
  }

  /**
   * Takes up how the checkout has ended in the books: a wallet pays there at once, and its answer
   * may come late or not at all; or somebody else has settled it.
   */
  private void followBooks() {
    CheckoutRecord record = books.open(request, null);
    if (record.status() == status) {
      return;
    }
    for (PayOrderRecord payOrder : record.payOrders()) {
      OutTradeNo outTradeNo = payOrder.payOrder().outTradeNo();
      if (payOrder.settlement() == Settlement.SETTLED) {
        paidBy = outTradeNo;
      }
      attemptOf(outTradeNo).ifPresent(attempt -> attempt.follow(payOrder));
    }
    closeReason = record.closeReason();
    event = record.undelivered();
    become(record.status());
  }

  /**
   * Ends an attempt that is switched away from; false if money comes first. A channel that does not
   * answer is not waited for: its close goes on, and should both be paid, the later one goes back.
   */
  private boolean leaveBehind(Attempt old) {
    CloseResult.Outcome outcome = null;
    if (old.close().isCompleted()) {
      outcome = closeOutcome(old);
      if (outcome == null) {
        return false;
      }
    }
    books.recordPayOrderClosed(old.closing(outcome, request.policy().lateGrace()));
    old.become(PayOrderStatus.CLOSED);
    return true;
  }

  private PayOrder payOrder(int attempt, PayChoice choice) {
    return new PayOrder(
        OutTradeNo.of(request.checkoutId(), attempt),
        request.checkoutId(),
        attempt,
        choice.channel(),
        choice.method(),
        request.amount(),
        request.subject(),
        deadline.minus(request.policy().expiryMargin()),
        choice.returnUrl() == null ? request.returnUrl() : choice.returnUrl(),
        request.buyerId(),
        choice.payer());
  }

  private void askChannelNow(int ticket) {
    Attempt attempt = latest().filter(Attempt::isPaying).orElse(null);
    if (attempt != null) {
      PayOrder payOrder = attempt.payOrder();
      try {
        found(
            ActivityPolicies.channel(
                    payOrder.channel(), CONFIRM_PATIENCE, "the buyer says it is paid")
                .query(payOrder));
      } catch (ActivityFailure e) {
        Workflow.getLogger(CheckoutWorkflowImpl.class)
            .info("no answer to a confirm of {}: the polls go on", payOrder.outTradeNo());
      }
    }
    confirmsAnswered = Math.max(confirmsAnswered, ticket);
  }

  private void found(TradeResult trade) {
    heard(trade, PaySource.QUERY);
  }

  private void heard(TradeResult trade, PaySource source) {
    heard(trade, source, null);
  }

  /**
   * Only money is acted on: a trade that is closed, unpaid or unknown to the channel leaves the
   * deadline to decide.
   */
  private void heard(TradeResult trade, PaySource source, @Nullable Long notifyLogId) {
    if (trade.state() == TradeState.PAID) {
      arrived.add(new PaymentArrived(request.checkoutId(), trade, source, notifyLogId));
    }
  }

  private void tellOrderSystemAndSendStrayMoneyBack() {
    List<Promise<Void>> loose = new ArrayList<>();
    if (event != null) {
      loose.add(Async.procedure(this::deliver, event));
    }
    for (Attempt attempt : attempts) {
      if (attempt.mayStillBePaid(request.policy().lateGrace())) {
        loose.add(
            Async.procedure(new LateWatch(attempt, books, request.policy(), this::heard)::run));
      }
    }
    Promise<Void> rest = Promise.allOf(loose);
    do {
      Workflow.await(
          () -> !arrived.isEmpty() || (rest.isCompleted() && Workflow.isEveryHandlerFinished()));
      while (!arrived.isEmpty()) {
        settleNextPayment();
      }
    } while (!rest.isCompleted() || !Workflow.isEveryHandlerFinished() || !arrived.isEmpty());
    rest.get();
    burySeenOnes();
  }

  /** Nobody has to look again at what this workflow has seen to its end. */
  private void burySeenOnes() {
    List<OutTradeNo> dead =
        attempts.stream()
            .filter(Attempt::isUnburied)
            .map(attempt -> attempt.payOrder().outTradeNo())
            .toList();
    if (!dead.isEmpty()
        && Workflow.getVersion("record dead", Workflow.DEFAULT_VERSION, 1)
            != Workflow.DEFAULT_VERSION) {
      books.recordDead(dead);
    }
  }

  private void deliver(OrderEvent toTell) {
    EventDelivery.untilAcknowledged(
        toTell, trouble -> attention.raise(Attention.EVENT_UNDELIVERED, trouble));
    attention.lower(Attention.EVENT_UNDELIVERED, "the order system has acknowledged");
  }

  private void become(CheckoutStatus next) {
    status = next;
    Workflow.upsertTypedSearchAttributes(SearchAttributeKeys.CHECKOUT_STATUS.valueSet(next.name()));
    attention.lower(Attention.CHANNEL_UNREACHABLE, "the channel has answered");
    describe();
  }

  private void channelTrouble(String detail) {
    attention.raise(Attention.CHANNEL_UNREACHABLE, detail);
  }

  private void describe() {
    if (refused == null) {
      Workflow.setCurrentDetails(OperatorNotes.of(view()));
    }
  }

  @Override
  public CheckoutView open() {
    Workflow.await(() -> opened && (ended() || isAnswered()));
    if (refused != null) {
      throw CommandRefused.byVerdict(refused);
    }
    return view();
  }

  @Override
  public void paymentNotified(PaymentNotified notified) {
    heard(notified.trade(), PaySource.NOTIFY, notified.notifyLogId());
  }

  @Override
  public void booksAreAhead() {
    booksAhead = true;
  }

  @Override
  public CheckoutView confirm() {
    int ticket = ++confirmsAsked;
    Workflow.await(() -> opened && (ended() || (confirmsAnswered >= ticket && arrived.isEmpty())));
    return view();
  }

  @Override
  public CheckoutView cancel() {
    cancelAsked = true;
    Workflow.await(() -> opened && ended());
    if (status == CheckoutStatus.PAID) {
      throw CommandRefused.byHandler(
          FailureType.ALREADY_PAID, "the checkout was paid before it could be closed");
    }
    return view();
  }

  @Override
  public void validateCancel() {
    rejectIfEnded();
  }

  @Override
  public CheckoutView pay(PayChoice choice) {
    Workflow.await(() -> opened && (switchTo == null || ended()));
    PayChoice known = ended() ? choice : identified(choice);
    Workflow.await(() -> switchTo == null || ended());
    if (!ended() && !isServed(known)) {
      switchTo = known;
      Workflow.await(() -> switchTo == null || ended());
    }
    Workflow.await(() -> ended() || isAnswered());
    if (status == CheckoutStatus.CLOSED) {
      throw CommandRefused.byHandler(
          FailureType.ALREADY_CLOSED, "the checkout was closed meanwhile");
    }
    if (status == CheckoutStatus.AWAITING_PAYMENT
        && latest().filter(attempt -> known.isServedBy(attempt.choice())).isEmpty()) {
      throw CommandRefused.byHandler(FailureType.TOO_LATE_TO_PAY, "the checkout is about to close");
    }
    return view();
  }

  /** With the openid that a login code stands for: whether a credential serves depends on it. */
  private PayChoice identified(PayChoice choice) {
    if (choice.openLoginCode() == null) {
      return choice;
    }
    PayerIdentity identity;
    try {
      identity =
          ActivityPolicies.channel(choice.channel(), LOGIN_PATIENCE, "who pays?")
              .identify(request.checkoutId(), choice);
    } catch (ActivityFailure e) {
      throw CommandRefused.byHandler(
          FailureType.PAYER_NOT_IDENTIFIED, "the channel does not say whose login code it is");
    }
    if (identity.openid() == null) {
      throw CommandRefused.byHandler(
          FailureType.PAYER_NOT_IDENTIFIED, "the login code is not good, or not any more");
    }
    return choice.by(Payer.ofOpenid(identity.openid()));
  }

  @Override
  public void validatePay(PayChoice choice) {
    rejectIfEnded();
    if (cancelAsked) {
      throw CommandRefused.byValidator(FailureType.CLOSING, "the checkout is being closed");
    }
    if (opened && !isServed(choice)) {
      if (isTooLateToPay()) {
        throw CommandRefused.byValidator(
            FailureType.TOO_LATE_TO_PAY,
            "less than "
                + request.policy().minimumPayWindow().toSeconds()
                + " s are left to begin another payment");
      }
      if (attempts.size() >= OutTradeNo.MAX_ATTEMPTS) {
        throw CommandRefused.byValidator(
            FailureType.TOO_MANY_ATTEMPTS, OutTradeNo.MAX_ATTEMPTS + " attempts were made already");
      }
    }
  }

  private void rejectIfEnded() {
    if (status == CheckoutStatus.PAID) {
      throw CommandRefused.byValidator(FailureType.ALREADY_PAID, "the checkout is paid");
    }
    if (status == CheckoutStatus.CLOSED) {
      throw CommandRefused.byValidator(FailureType.ALREADY_CLOSED, "the checkout is closed");
    }
  }

  @Override
  public CheckoutView view() {
    return new CheckoutView(
        request.checkoutId(),
        request.requestId(),
        request.fingerprint(),
        status,
        closeReason,
        request.amount(),
        deadline,
        attention.raised(),
        latest().map(Attempt::view).orElse(null));
  }

  private CheckoutResult result() {
    return refused == null
        ? new CheckoutResult(status, closeReason, paidBy, null)
        : new CheckoutResult(null, null, null, FailureType.valueOf(refused.getType()));
  }

  private boolean ended() {
    return refused != null || status != CheckoutStatus.AWAITING_PAYMENT;
  }

  private boolean isTooLateToPay() {
    CheckoutPolicy policy = request.policy();
    return now().plus(policy.minimumPayWindow()).isAfter(deadline.minus(policy.expiryMargin()));
  }

  /** The attempt that lives, or lived last; none as long as the buyer has not chosen. */
  private Optional<Attempt> latest() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
  }

  private boolean isAnswered() {
    return latest().map(Attempt::isAnswered).orElse(true);
  }

  private boolean isServed(PayChoice choice) {
    return latest().map(attempt -> attempt.serves(choice)).orElse(false);
  }

  private Optional<Attempt> attemptOf(OutTradeNo outTradeNo) {
    return attempts.stream()
        .filter(attempt -> attempt.payOrder().outTradeNo().equals(outTradeNo))
        .findFirst();
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
