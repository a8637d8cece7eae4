package dev.durablecheckout.workflows.reconciliation;

import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.checkout.CheckoutBooks;
import dev.durablecheckout.workflows.checkout.CheckoutClosed;
import dev.durablecheckout.workflows.checkout.CheckoutClosing;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutRecord;
import dev.durablecheckout.workflows.checkout.CheckoutRequest;
import dev.durablecheckout.workflows.checkout.LatePaymentResult;
import dev.durablecheckout.workflows.checkout.LatePaymentWorkflow;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.ChannelActivities;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.LatePayment;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayOrderClosing;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.PayerIdentity;
import dev.durablecheckout.workflows.payment.PaymentArrived;
import dev.durablecheckout.workflows.payment.PaymentNotified;
import dev.durablecheckout.workflows.payment.PaymentRecorded;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.reconciliation.StagedBill.Readiness;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundResult;
import dev.durablecheckout.workflows.temporal.FailureType;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One day where time can be skipped: the workflow is real, books and channel are played. */
final class ReconciliationScene implements AutoCloseable {
  static final BillDay DAY =
      new BillDay(MerchantId.of("shop"), Channel.ALIPAY, LocalDate.parse("2030-01-01"));
  static final CheckoutId CHECKOUT = CheckoutId.parse("shop.LOST");
  static final OutTradeNo LOST = OutTradeNo.of(CHECKOUT, 1);

  final TestWorkflowEnvironment temporal;
  final PlayedReconciliation books = new PlayedReconciliation();
  final PlayedChannel channel = new PlayedChannel();

  /** What the checkout's workflow and the late one were told, by name. */
  static final List<String> TOLD = new CopyOnWriteArrayList<>();

  private static final AtomicReference<PlayedReconciliation> BOOKED = new AtomicReference<>();

  ReconciliationScene() {
    TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder();
    SearchAttributeKeys.ALL.forEach(
        key -> options.registerSearchAttribute(key.getName(), key.getValueType()));
    options.registerSearchAttribute(
        "TemporalScheduledStartTime", IndexedValueType.INDEXED_VALUE_TYPE_DATETIME);
    temporal = TestWorkflowEnvironment.newInstance(options.build());
    TOLD.clear();
    BOOKED.set(books);
    Worker worker = temporal.newWorker(TaskQueues.CHECKOUT);
    worker.registerWorkflowImplementationTypes(
        ReconciliationWorkflowImpl.class,
        ReconciliationStarterImpl.class,
        PlayedCheckoutImpl.class,
        PlayedLatePayment.class);
    worker.registerActivitiesImplementations(new OnePayOrder());
    temporal.newWorker(TaskQueues.RECONCILIATION).registerActivitiesImplementations(books);
    temporal.newWorker(TaskQueues.of(Channel.ALIPAY)).registerActivitiesImplementations(channel);
    temporal.start();
  }

  ReconciliationWorkflow start() {
    ReconciliationWorkflow workflow =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(ReconciliationWorkflow.class, options(DAY.workflowId()));
    WorkflowClient.start(workflow::run, DAY, null);
    return workflow;
  }

  DayView end() {
    return temporal
        .getWorkflowClient()
        .newUntypedWorkflowStub(DAY.workflowId())
        .getResult(DayView.class);
  }

  /** As a schedule would, at the time it was due. */
  BillDay startAsScheduled(Instant due) {
    return temporal
        .getWorkflowClient()
        .newWorkflowStub(
            ReconciliationStarter.class,
            WorkflowOptions.newBuilder(options("starter"))
                .setTypedSearchAttributes(
                    SearchAttributes.newBuilder()
                        .set(
                            io.temporal.common.SearchAttributeKey.forOffsetDateTime(
                                "TemporalScheduledStartTime"),
                            OffsetDateTime.ofInstant(due, java.time.ZoneOffset.UTC))
                        .build())
                .build())
        .run(new ReconciliationStart(DAY.merchant(), DAY.channel()));
  }

  void startCheckout() {
    PlayedCheckout checkout =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(PlayedCheckout.class, options(CHECKOUT.workflowId()));
    WorkflowClient.start(checkout::run);
  }

  private static WorkflowOptions options(String id) {
    return WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(TaskQueues.CHECKOUT).build();
  }

  /** Empty if nobody is asked for. */
  String attention() {
    String raised =
        temporal
            .getWorkflowClient()
            .newUntypedWorkflowStub(DAY.workflowId())
            .describe()
            .getTypedSearchAttributes()
            .get(SearchAttributeKeys.ATTENTION);
    return raised == null ? "" : raised;
  }

  void pass(Duration time) {
    temporal.sleep(time);
  }

  @Override
  public void close() {
    temporal.close();
  }

  /** The books of one day: what is in {@code lost} is missing here, {@code open} is not ours. */
  static final class PlayedReconciliation implements ReconciliationActivities {
    final AtomicInteger downloads = new AtomicInteger();
    final AtomicInteger comparisons = new AtomicInteger();
    final Set<OutTradeNo> lost = new LinkedHashSet<>();
    final List<String> notes = new CopyOnWriteArrayList<>();
    volatile int notReady;
    volatile int damaged;
    final AtomicLong open = new AtomicLong();
    final AtomicLong late = new AtomicLong();
    private long repaired;

    @Override
    public synchronized StagedBill stageBill(BillDay day) {
      int times = downloads.incrementAndGet();
      if (times <= damaged) {
        throw ApplicationFailure.newFailure("damaged", FailureType.BILL_DAMAGED.name());
      }
      return times <= notReady
          ? new StagedBill(Readiness.NOT_READY, 0)
          : new StagedBill(Readiness.READY, 3);
    }

    @Override
    public synchronized DayView match(BillDay day) {
      comparisons.incrementAndGet();
      return view();
    }

    private DayView view() {
      long differ = open.get() + lost.size();
      ReconciliationStatus status =
          differ > 0
              ? ReconciliationStatus.OPEN
              : late.get() > 0 ? ReconciliationStatus.MATCHED : ReconciliationStatus.SETTLED;
      return new DayView(status, 3, 3 - differ, differ, late.get(), repaired);
    }

    @Override
    public synchronized List<OutTradeNo> lostPayments(BillDay day, int limit) {
      return List.copyOf(lost);
    }

    @Override
    public void noteUnconfirmed(BillDay day, OutTradeNo outTradeNo, String said) {
      notes.add(said);
    }

    @Override
    public synchronized DayView explain(BillDay day, Explanation explanation) {
      if (explanation.item() != 1) {
        throw ApplicationFailure.newNonRetryableFailure("none", FailureType.NO_SUCH_ITEM.name());
      }
      long unused = open.decrementAndGet();
      return view();
    }

    synchronized void book(OutTradeNo outTradeNo) {
      if (lost.remove(outTradeNo)) {
        repaired++;
      }
    }
  }

  /** Answers queries alone. */
  static final class PlayedChannel implements ChannelActivities {
    volatile TradeState state = TradeState.PAID;

    @Override
    public TradeResult query(PayOrder payOrder) {
      return new TradeResult(
          payOrder.outTradeNo(),
          state,
          TradeNo.of("T1"),
          payOrder.amount(),
          state == TradeState.PAID ? Instant.parse("2030-01-01T00:00:00Z") : null);
    }

    @Override
    public PayerIdentity identify(CheckoutId checkoutId, PayChoice choice) {
      throw new UnsupportedOperationException();
    }

    @Override
    public PrepayResult prepay(PayOrder payOrder) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TradeResult awaitPayment(PayOrder payOrder) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CloseResult close(PayOrder payOrder) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RefundResult refund(RefundOrder refund) {
      throw new UnsupportedOperationException();
    }
  }

  /** Knows one pay order, which it closed. */
  private static final class OnePayOrder implements CheckoutBooks {
    @Override
    public @Nullable PayOrderRecord findPayOrder(OutTradeNo outTradeNo) {
      PayOrder payOrder =
          new PayOrder(
              outTradeNo,
              CHECKOUT,
              1,
              Channel.ALIPAY,
              PayMethod.QR,
              Money.ofFen(700),
              "A book",
              Instant.parse("2030-01-01T01:00:00Z"),
              null,
              "buyer",
              null);
      return new PayOrderRecord(payOrder, PayOrderStatus.CLOSED, null, null, null);
    }

    @Override
    public CheckoutRecord open(CheckoutRequest request, @Nullable PayOrder firstPayOrder) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void createPayOrder(PayOrder payOrder) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void recordRefused(OutTradeNo outTradeNo, Refusal refusal) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void recordPayOrderClosed(PayOrderClosing closing) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void recordDead(List<OutTradeNo> payOrders) {
      throw new UnsupportedOperationException();
    }

    @Override
    public PaymentRecorded recordPayment(PaymentArrived payment) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CheckoutClosed recordClosed(CheckoutClosing closing) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void recordAttention(CheckoutId checkoutId, Attention attention, String detail) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void takeBackAttention(CheckoutId checkoutId, Attention attention, String detail) {
      throw new UnsupportedOperationException();
    }
  }

  private static void heard(String by, PaymentNotified notified) {
    TOLD.add(by + " " + notified.trade().outTradeNo() + " " + notified.trade().state());
    BOOKED.get().book(notified.trade().outTradeNo());
  }

  /** A checkout that is still open: it takes the news. */
  @WorkflowInterface
  public interface PlayedCheckout {
    @WorkflowMethod
    void run();

    @SignalMethod
    void paymentNotified(PaymentNotified notified);
  }

  /** Its implementation. */
  public static final class PlayedCheckoutImpl implements PlayedCheckout {
    private boolean paid;

    @Override
    public void run() {
      Workflow.await(() -> paid);
    }

    @Override
    public void paymentNotified(PaymentNotified notified) {
      heard("checkout", notified);
      paid = true;
    }
  }

  /** Books what it is started for. */
  public static final class PlayedLatePayment implements LatePaymentWorkflow {
    @Override
    public LatePaymentResult run(LatePayment late) {
      heard("late", late.notified());
      return new LatePaymentResult(null);
    }
  }
}
