package dev.durablecheckout.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.util.concurrent.Uninterruptibles;
import dev.durablecheckout.activities.channel.VerifiedPayment;
import dev.durablecheckout.activities.checkout.OpenCheckouts;
import dev.durablecheckout.activities.db.AtOnce;
import dev.durablecheckout.activities.event.EventLog;
import dev.durablecheckout.activities.notify.LoggedNotify;
import dev.durablecheckout.activities.notify.NotifyLogDao;
import dev.durablecheckout.activities.notify.NotifyMessage;
import dev.durablecheckout.activities.refund.LingeringRefunds;
import dev.durablecheckout.activities.refund.RefundBooksImpl;
import dev.durablecheckout.activities.serviceorder.ServiceOrderBooksImpl;
import dev.durablecheckout.workflows.checkout.CheckoutClosed;
import dev.durablecheckout.workflows.checkout.CheckoutClosing;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutPolicy;
import dev.durablecheckout.workflows.checkout.CheckoutRecord;
import dev.durablecheckout.workflows.checkout.CheckoutRequest;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.checkout.CheckoutView;
import dev.durablecheckout.workflows.checkout.CloseReason;
import dev.durablecheckout.workflows.checkout.LatePaymentWorkflow;
import dev.durablecheckout.workflows.client.WorkflowToStart;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.PaymentArrived;
import dev.durablecheckout.workflows.payment.PaymentRecorded;
import dev.durablecheckout.workflows.payment.PaymentView;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.recovery.SweepReport;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundRecorded;
import dev.durablecheckout.workflows.refund.RefundStatus;
import dev.durablecheckout.workflows.refund.RefundWorkflow;
import dev.durablecheckout.workflows.serviceorder.RiskFund;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRecord;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work whose workflow is gone comes back to life from the books, once, and ends as it should. */
@Timeout(90)
final class RecoveryTest {
  private final RecoveryScene scene = new RecoveryScene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aCheckoutThatWasTerminatedIsStartedAgainAndPaid() {
    CheckoutId id = scene.open();
    scene.lose(id.workflowId());

    assertThat(scene.sweep().startedIds()).containsExactly(id.workflowId());
    scene.world.pay(scene.no(id));
    scene.awaitEnd(id.workflowId());

    assertThat(scene.status(id)).isEqualTo(CheckoutStatus.PAID);
    assertThat(scene.world.events()).containsExactly("evt_paid_" + id);
    assertThat(scene.audit()).isEmpty();
  }

  // The test server skips no more time while a terminated workflow has a poll to come: where time
  // has to pass, the workflow never was.

  @Test
  void aCheckoutWithoutAWorkflowIsClosedAtItsDeadline() {
    CheckoutId id = openInBooks();
    Instant deadline = scene.now().plus(Duration.ofMinutes(30));

    assertThat(scene.sweep().startedIds()).containsExactly(id.workflowId());
    scene.awaitEnd(id.workflowId());

    assertThat(scene.status(id)).isEqualTo(CheckoutStatus.CLOSED);
    assertThat(scene.now()).isAfterOrEqualTo(deadline.minusSeconds(10));
    assertThat(scene.world.events()).containsExactly("evt_closed_" + id);
    assertThat(scene.sweep()).isEqualTo(SweepReport.NOTHING);
    assertThat(scene.audit()).isEmpty();
  }

  @Test
  void whatWasPaidWhileNobodyWatchedIsFoundBeforeAnythingIsCreatedAgain() {
    CheckoutId id = scene.open();
    scene.lose(id.workflowId());
    scene.world.pay(scene.no(id));

    SweepReport unused = scene.sweep();
    scene.awaitEnd(id.workflowId());

    assertThat(scene.status(id)).isEqualTo(CheckoutStatus.PAID);
    assertThat(scene.world.prepays()).containsExactly(scene.no(id));
  }

  @Test
  void theBuyerGetsAnotherCredentialUnderTheSameNumber() {
    CheckoutId id = scene.open();
    scene.lose(id.workflowId());

    SweepReport unused = scene.sweep();
    CheckoutView again = scene.client.open(scene.request(id), Duration.ofSeconds(30));

    assertThat(again.payment()).extracting(PaymentView::credential).isNotNull();
    assertThat(scene.world.prepays()).containsExactly(scene.no(id), scene.no(id));
  }

  @Test
  void aPayOrderThatWasGivenUpUnscannedIsWatchedOn() {
    CheckoutId id = scene.open();
    scene.cancel(id);
    scene.lose(id.workflowId());
    scene.world.pay(scene.no(id));

    assertThat(scene.sweep().startedIds()).containsExactly(id.workflowId());
    scene.awaitEnd(id.workflowId());
    scene.awaitEnd(refund(id));

    assertThat(scene.status(id)).isEqualTo(CheckoutStatus.CLOSED);
    assertThat(scene.world.refunds()).containsExactly(OutRefundNo.automatic(scene.no(id)));
    assertThat(scene.audit()).isEmpty();
  }

  @Test
  void aPayOrderThatNobodyPaidIsWatchedToItsEndAndThenNoMore() {
    Instant start = scene.now();
    CheckoutId id = closedInBooks();

    assertThat(scene.sweep().startedIds()).containsExactly(id.workflowId());
    scene.awaitEnd(id.workflowId());

    assertThat(scene.one("select dead_at from pay_orders")).isNotNull();
    assertThat(scene.now()).isAfter(start.plus(Duration.ofMinutes(28)));
    assertThat(scene.sweep()).isEqualTo(SweepReport.NOTHING);
  }

  @Test
  void anEndOfWhichAMerchantAsksInsteadOfBeingToldIsNotTakenUpAgain() {
    CheckoutId id = openInBooks();
    scene.world.pay(scene.no(id));
    PaymentRecorded paid =
        scene.books.recordPayment(new PaymentArrived(id, paid(id), PaySource.QUERY, null));
    assertThat(paid.event()).isNotNull();
    new EventLog(scene.database.jdbi(), scene.clock).withhold("evt_paid_" + id, "no endpoint");

    assertThat(scene.sweep()).isEqualTo(SweepReport.NOTHING);
    assertThat(scene.audit()).isEmpty();
  }

  @Test
  void anEndThatTheOrderSystemHasNotHeardOfIsTold() {
    scene.world.orderSystemIsDown(true);
    CheckoutId id = scene.open();
    scene.world.pay(scene.no(id));
    CheckoutView unused = scene.client.confirm(id, null, Duration.ofSeconds(30));
    scene.lose(id.workflowId());
    // A delivery may have been under way.
    Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(500));
    scene.world.orderSystemIsDown(false);

    assertThat(scene.sweep().startedIds()).containsExactly(id.workflowId());
    scene.awaitEnd(id.workflowId());

    assertThat(scene.world.events()).containsExactly("evt_paid_" + id);
    assertThat(scene.world.prepays()).hasSize(1);
  }

  @Test
  void aRefundThatWasUnderWayGoesOn() {
    CheckoutId id = lateOne(() -> scene.world.refundsTakeTime(true), RefundStatus.PROCESSING);
    scene.lose(refund(id));
    scene.world.refundsTakeTime(false);

    assertThat(scene.sweep().startedIds()).containsExactly(refund(id));
    scene.awaitEnd(refund(id));

    assertThat(scene.one("select status from refunds")).isEqualTo("SUCCEEDED");
    // The call of the lost run may arrive as well: under the same number.
    assertThat(scene.world.refunds()).containsOnly(OutRefundNo.automatic(scene.no(id)));
    assertThat(scene.world.events()).contains("evt_refunded_" + refund(id).substring(7));
  }

  /** A person may have sent the money back by another way: it must not go a second time. */
  @Test
  void aRefundThatWasRefusedIsNotSentAgainBeforeAPersonSaysSo() {
    CheckoutId id = lateOne(() -> scene.world.refundsAreRefused(true), RefundStatus.FAILED);
    scene.lose(refund(id));
    scene.world.refundsAreRefused(false);

    assertThat(scene.sweep().startedIds()).containsExactly(refund(id));
    // Time must not be let go here: nothing but the end of all is due.
    while (scene.workflow(refund(id)).query("status", RefundStatus.class) != RefundStatus.FAILED) {
      Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(20));
    }
    assertThat(scene.world.refunds()).isEmpty();
    assertThat(scene.one("select status from refunds")).isEqualTo("FAILED");
    assertThat(scene.sweep()).isEqualTo(SweepReport.alive(1));

    assertThat(scene.workflows.update(refund(id), "retry", "paid in, ticket 4711")).isTrue();
    scene.awaitEnd(refund(id));
    assertThat(scene.world.refunds()).containsExactly(OutRefundNo.automatic(scene.no(id)));
    assertThat(scene.audit()).isEmpty();
  }

  @Test
  void aRefundThatWaitsForAPersonEndsIfTheBooksSayThatItIsDone() {
    CheckoutId id = lateOne(() -> scene.world.refundsAreRefused(true), RefundStatus.FAILED);
    OutRefundNo no = OutRefundNo.automatic(scene.no(id));
    RefundBooksImpl books = new RefundBooksImpl(scene.database.jdbi(), scene.clock);
    RefundRecorded taken = books.retryRefund(no);
    RefundRecorded done = books.recordRefundSucceeded(no, scene.now());
    assertThat(List.of(taken.status(), done.status()))
        .containsExactly(RefundStatus.PROCESSING, RefundStatus.SUCCEEDED);
    LingeringRefunds lingering = new LingeringRefunds(scene.database.jdbi());

    assertThat(lingering.standings(List.of(refund(id), "refund:other"), scene.now().plusSeconds(1)))
        .containsExactly(
            Map.entry(refund(id), LingeringWork.Standing.DONE),
            Map.entry("refund:other", LingeringWork.Standing.UNKNOWN));
    assertThat(lingering.nudge(scene.workflows, refund(id))).isTrue();
    scene.awaitEnd(refund(id));
    assertThat(scene.world.refunds()).isEmpty();
  }

  /** A checkout whose money came too late, with its refund come so far. */
  private CheckoutId lateOne(Runnable before, RefundStatus refund) {
    before.run();
    CheckoutId id = scene.open();
    scene.cancel(id);
    scene.world.pay(scene.no(id));
    scene.awaitEndBySeconds(id.workflowId());
    scene.awaitRefund(refund);
    return id;
  }

  private String refund(CheckoutId id) {
    return RefundWorkflow.workflowId(OutRefundNo.automatic(scene.no(id)));
  }

  @Test
  void moneyThatSettledNothingGoesBackThoughNobodyHadBegunTo() {
    CheckoutId id = closedInBooks();
    PaymentRecorded unused =
        scene.books.recordPayment(new PaymentArrived(id, paid(id), PaySource.QUERY, null));

    assertThat(scene.sweep().startedIds()).contains(refund(id));
    scene.awaitEnd(refund(id));

    assertThat(scene.world.refunds()).containsExactly(OutRefundNo.automatic(scene.no(id)));
    assertThat(scene.one("select reason from refunds")).isEqualTo("LATE");
  }

  @Test
  void aLatePaymentThatTemporalHadTakenAndLostIsLookedInto() {
    CheckoutId id = closedInBooks();
    scene.world.pay(scene.no(id));
    NotifyLogDao log = new NotifyLogDao(scene.database.jdbi(), scene.clock);
    LoggedNotify logged =
        log.logVerified(
            new NotifyMessage(
                id.merchant(), Channel.ALIPAY, new byte[] {'x'}, ImmutableListMultimap.of()),
            new VerifiedPayment("notify-1", null, paid(id)));
    int relayed =
        scene
            .database
            .jdbi()
            .withHandle(
                handle ->
                    handle.execute(
                            "update notify_log set relayed_at = now() where id = ?", logged.id())
                        // Its checkout would find the payment as well, if it were watched on.
                        + handle.execute(
                            "update pay_orders set dead_at = now() where out_trade_no = ?",
                            scene.no(id).value()));
    assertThat(relayed).isEqualTo(2);
    String late = LatePaymentWorkflow.workflowId(scene.no(id));

    assertThat(scene.sweep().startedIds()).contains(late);
    scene.awaitEnd(late);
    scene.awaitEnd(refund(id));

    assertThat(scene.world.refunds()).containsExactly(OutRefundNo.automatic(scene.no(id)));
    assertThat(scene.one("select applied_at from notify_log")).isNotNull();
  }

  /** A checkout that was opened and closed without a workflow: nothing watches it. */
  private CheckoutId closedInBooks() {
    CheckoutId id = openInBooks();
    CheckoutClosed closed =
        scene.books.recordClosed(new CheckoutClosing(id, CloseReason.CANCELLED, List.of()));
    assertThat(closed.status()).isEqualTo(CheckoutStatus.CLOSED);
    return id;
  }

  private CheckoutId openInBooks() {
    CheckoutId id = RecoveryScene.newId();
    CheckoutRecord opened = scene.books.open(scene.request(id), payOrder(id));
    assertThat(opened.known()).isFalse();
    return id;
  }

  private PayOrder payOrder(CheckoutId id) {
    return new PayOrder(
        scene.no(id),
        id,
        1,
        Channel.ALIPAY,
        PayMethod.QR,
        RecoveryScene.AMOUNT,
        "A book",
        scene.now().plus(Duration.ofMinutes(29)),
        null,
        "buyer-1",
        null);
  }

  private TradeResult paid(CheckoutId id) {
    OutTradeNo no = scene.no(id);
    return new TradeResult(
        no, TradeState.PAID, TradeNo.of("T" + no), RecoveryScene.AMOUNT, scene.now());
  }

  @Test
  void aServiceOrderIsStartedAgain() {
    ServiceOrderRequest request =
        new ServiceOrderRequest(
            ServiceOrderId.parse("shop.S1"),
            "request-1",
            "fingerprint-1",
            null,
            "An umbrella",
            new RiskFund(RiskFund.Name.DEPOSIT, Money.ofFen(9_900)),
            "buyer-1",
            Map.of("stand", "3"));
    ServiceOrderRecord unused =
        new ServiceOrderBooksImpl(scene.database.jdbi(), scene.clock).open(request);
    OpenWork kind = scene.kinds().get(4);

    assertThat(kind.rebuild(request.id().value()).map(WorkflowToStart::input)).contains(request);
    assertThat(scene.sweep().startedIds()).containsExactly(request.id().workflowId());
    assertThat(scene.sweep()).isEqualTo(SweepReport.alive(1));
  }

  @Test
  void theRequestIsRebuiltAsItWasButForTheChoice() {
    CheckoutId id = RecoveryScene.newId();
    CheckoutRequest request = scene.request(id);
    CheckoutRecord unused = scene.books.open(request, payOrder(id));

    CheckoutRequest rebuilt = rebuilt(id);
    assertThat(rebuilt)
        .usingRecursiveComparison()
        .ignoringFields("choice", "deadline")
        .isEqualTo(request);
    assertThat(Duration.between(rebuilt.deadline(), request.deadline()).abs())
        .isLessThan(Duration.ofMillis(1));
    assertThat(rebuilt.choice()).isNull();

    int changed =
        scene.database.jdbi().withHandle(h -> h.execute("update checkouts set policy = null"));
    assertThat(changed).isEqualTo(1);
    assertThat(rebuilt(id).policy()).isEqualTo(CheckoutPolicy.DEFAULT);
  }

  private CheckoutRequest rebuilt(CheckoutId id) {
    return (CheckoutRequest)
        new OpenCheckouts(scene.database.jdbi()).rebuild(id.value()).orElseThrow().input();
  }

  @Test
  void whatIsBeingWorkedOnIsLeftAlone() {
    CheckoutId id = scene.open();
    String run = scene.run(id.workflowId());

    assertThat(scene.sweep()).isEqualTo(SweepReport.alive(1));
    assertThat(scene.run(id.workflowId())).isEqualTo(run);
  }

  @Test
  void theYoungAreLeftAlone() {
    CheckoutId id = openInBooks();

    assertThat(scene.sweep(Duration.ofMinutes(5))).isEqualTo(SweepReport.NOTHING);
    scene.temporal.sleep(Duration.ofMinutes(6));
    assertThat(scene.sweep(Duration.ofMinutes(5)).startedIds()).containsExactly(id.workflowId());
  }

  @Test
  void twoRecoveriesAtOnceStartNothingTwice() throws Exception {
    List<CheckoutId> ids = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      ids.add(openInBooks());
    }
    try (Recovery first = scene.recovery(false);
        Recovery second = scene.recovery(false)) {
      List<SweepReport> reports =
          AtOnce.call(List.of(() -> scene.recover(first, 4), () -> scene.recover(second, 7)));

      assertThat(reports).allMatch(report -> report.found() == 25 && report.failed() == 0);
      assertThat(reports.stream().mapToInt(SweepReport::started).sum()).isEqualTo(25);
    }
    assertThat(ids)
        .allMatch(
            id ->
                scene.workflow(id.workflowId()).describe().getStatus().name().endsWith("RUNNING"));
  }

  @Test
  void pagesMissNothingAndRepeatNothing() {
    List<String> keys =
        IntStream.range(0, 11).mapToObj(i -> openInBooks().value()).sorted().toList();
    OpenWork checkouts = scene.kinds().get(0);
    List<String> paged = new ArrayList<>();
    List<String> page = checkouts.page(scene.now().plusSeconds(1), "", 3);
    while (!page.isEmpty()) {
      paged.addAll(page);
      page = checkouts.page(scene.now().plusSeconds(1), paged.get(paged.size() - 1), 3);
    }
    assertThat(paged).isEqualTo(keys);
  }

  @Test
  void aDryRunStartsNothing() {
    CheckoutId id = scene.open();
    scene.lose(id.workflowId());
    try (Recovery dry = scene.recovery(true)) {
      assertThat(scene.recover(dry, 10)).isEqualTo(SweepReport.started(id.workflowId()));
    }
    assertThat(scene.sweep().startedIds()).containsExactly(id.workflowId());
  }

  @Test
  void aWorkflowThatAwaitsWhatIsInTheBooksTakesItUp() {
    CheckoutId id = scene.open();
    CheckoutClosed unused =
        scene.books.recordClosed(new CheckoutClosing(id, CloseReason.CANCELLED, List.of()));

    assertThat(scene.workflows.signal(id.workflowId(), "booksAreAhead")).isTrue();
    scene.temporal.sleep(Duration.ofMinutes(1));
    assertThat(scene.client.view(id, Duration.ofSeconds(30)).status())
        .isEqualTo(CheckoutStatus.CLOSED);
    assertThat(scene.world.events()).containsExactly("evt_closed_" + id);
    scene.awaitEnd(id.workflowId());
    assertThat(scene.audit()).isEmpty();
  }
}
