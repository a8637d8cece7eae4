package dev.durablecheckout.api.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.channel.NotifyReply;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.VerifiedNotify;
import dev.durablecheckout.activities.channel.VerifiedPayout;
import dev.durablecheckout.activities.channel.wallet.WalletConfiguration;
import dev.durablecheckout.activities.event.EventLog;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.activities.notify.NotifyLogDao;
import dev.durablecheckout.activities.notify.NotifyMessage;
import dev.durablecheckout.activities.wallet.WalletBooks;
import dev.durablecheckout.activities.withdrawal.OpenWithdrawals;
import dev.durablecheckout.activities.withdrawal.WithdrawalBooksImpl;
import dev.durablecheckout.activities.withdrawal.WithdrawalLimitConfiguration;
import dev.durablecheckout.activities.withdrawal.WithdrawalLimits;
import dev.durablecheckout.api.scene.Await;
import dev.durablecheckout.api.scene.Bodies;
import dev.durablecheckout.api.scene.Scene;
import dev.durablecheckout.workflows.client.CheckoutClient;
import dev.durablecheckout.workflows.client.PayoutSignals;
import dev.durablecheckout.workflows.client.RefundClient;
import dev.durablecheckout.workflows.client.ServiceOrderClient;
import dev.durablecheckout.workflows.event.EventActivities;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.temporal.FailureType;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.PayoutActivities;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRecord;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRequest;
import dev.durablecheckout.workflows.withdrawal.WithdrawalStatus;
import dev.durablecheckout.workflows.withdrawal.WithdrawalWorkflow;
import dev.durablecheckout.workflows.withdrawal.WithdrawalWorkflowImpl;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a bank sends back is in the wallet again, however long after the payment it says so. */
@Timeout(90)
final class NewsOfPaidWithdrawalsTest {
  private static final MerchantId SHOP = MerchantId.of("payer");
  private static final Money AMOUNT = new Money(600);

  /** Alipay, where a payout stands as the test says. */
  private static final class Told implements PayoutActivities {
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    volatile PayoutResult payout = PayoutResult.notCreated();

    @Override
    public PayoutResult pay(Payout wanted) {
      calls.add("pay");
      return payout;
    }

    @Override
    public PayoutResult query(Payout wanted) {
      calls.add("query");
      return payout;
    }

    @Override
    public PayoutResult awaitChange(Payout wanted, PayoutResult.State from) {
      throw ApplicationFailure.newFailure("not yet", FailureType.NOT_CHANGED_YET.name());
    }

    @Override
    public PayoutResult cancel(Payout wanted) {
      return query(wanted);
    }
  }

  private record Trusting(VerifiedPayout news) implements NotifyVerifier {
    @Override
    public VerifiedNotify verify(byte[] rawBody, ImmutableListMultimap<String, String> headers) {
      return news;
    }

    @Override
    public NotifyReply reply() {
      return new NotifyReply("text/plain", 200, "success", "failure");
    }
  }

  private final MerchantOrderNo number = MerchantOrderNo.of(Bodies.orderNo());
  private final WithdrawalNo no = WithdrawalNo.of(SHOP, number);
  private final Told alipay = new Told();
  private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
  private volatile boolean orderSystemIsDown;
  private Jdbi jdbi;
  private TestWorkflowEnvironment temporal;
  private WithdrawalBooksImpl books;
  private WalletBooks wallets;
  private NotifyReceiver receiver;

  @BeforeEach
  void setUp() throws Exception {
    jdbi = Scene.get().books();
    TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder();
    SearchAttributeKeys.ALL.forEach(
        key -> options.registerSearchAttribute(key.getName(), key.getValueType()));
    temporal = TestWorkflowEnvironment.newInstance(options.build());
    InstantSource skipped = () -> Instant.ofEpochMilli(temporal.currentTimeMillis());
    Clock clock = skipped.withZone(ZoneOffset.UTC);
    books =
        new WithdrawalBooksImpl(jdbi, clock, () -> new WithdrawalLimits(List.of(configuration())));
    wallets = new WalletBooks(jdbi, clock);
    EventLog eventLog = new EventLog(jdbi, clock);
    EventActivities orderSystem =
        event -> {
          if (orderSystemIsDown) {
            throw ApplicationFailure.newFailure("down", FailureType.EVENT_NOT_ACKNOWLEDGED.name());
          }
          eventLog.markDelivered(event.eventId());
        };
    Worker worker = temporal.newWorker(TaskQueues.CHECKOUT);
    worker.registerWorkflowImplementationTypes(WithdrawalWorkflowImpl.class);
    worker.registerActivitiesImplementations(books);
    temporal.newWorker(TaskQueues.of(Channel.ALIPAY)).registerActivitiesImplementations(alipay);
    temporal.newWorker(TaskQueues.EVENTS).registerActivitiesImplementations(orderSystem);
    temporal.start();
    WorkflowClient client = temporal.getWorkflowClient();
    receiver =
        new NotifyReceiver(
            new NotifyLogDao(jdbi, clock),
            new NotifyDelivery(
                new CheckoutClient(client, deadlines),
                new ServiceOrderClient(client, deadlines),
                new RefundClient(client, deadlines),
                new PayoutSignals(client, deadlines),
                new OpenWithdrawals(jdbi, clock),
                Duration.ofSeconds(10)));
    hold();
  }

  private static MerchantConfiguration configuration() {
    return new MerchantConfiguration(
        SHOP,
        "Shop",
        null,
        null,
        null,
        new WalletConfiguration(
            List.of(new WithdrawalLimitConfiguration(Channel.ALIPAY, null, null, null))),
        null,
        null);
  }

  private void hold() {
    wallets.topUp(SHOP, buyer(), new Money(1_000), "B-" + number);
    WithdrawalRecord unused = books.hold(request());
  }

  private WithdrawalRequest request() {
    return new WithdrawalRequest(
        new Payout(
            no,
            SHOP,
            Channel.ALIPAY,
            AMOUNT,
            new Payee(Payee.Kind.ALIPAY_USER_ID, "2088102146225135", null),
            "your money"),
        number,
        buyer(),
        "request-1",
        "fingerprint-1");
  }

  @AfterEach
  void tearDown() {
    temporal.close();
    List<Runnable> unused = deadlines.shutdownNow();
  }

  private String buyer() {
    return "buyer of " + number;
  }

  private long balance() {
    return wallets.find(SHOP, buyer()).balance().amountFen();
  }

  private Instant now() {
    return Instant.ofEpochMilli(temporal.currentTimeMillis());
  }

  /** As the books have it three weeks later: its workflow has ended long ago. */
  private void paidThreeWeeksAgo() {
    PayoutResult paid = PayoutResult.succeeded("P-1", now().minus(Duration.ofDays(21)), null);
    WithdrawalRecord unused = books.record(no, paid, PaySource.QUERY, null);
    alipay.payout = paid;
  }

  private NotifyReceiver.Verdict receive(String notifyId, PayoutResult news) {
    NotifyMessage message =
        new NotifyMessage(SHOP, Channel.ALIPAY, new byte[] {'x'}, ImmutableListMultimap.of());
    return receiver.receive(
        message, new Trusting(new VerifiedPayout(notifyId + " of " + number, no, AMOUNT, news)));
  }

  private WithdrawalStatus end() {
    return temporal
        .getWorkflowClient()
        .newUntypedWorkflowStub(no.workflowId())
        .getResult(WithdrawalStatus.class);
  }

  @Test
  void whatComesBackLongAfterTheEndIsInTheWalletAgain() {
    paidThreeWeeksAgo();
    assertThat(balance()).isEqualTo(400);
    PayoutResult returned = PayoutResult.returned("P-1", now(), null);
    alipay.payout = returned;

    assertThat(receive("n-1", returned)).isEqualTo(NotifyReceiver.Verdict.TAKEN);
    assertThat(end()).isEqualTo(WithdrawalStatus.RETURNED);
    assertThat(receive("n-1", returned)).as("a resend").isEqualTo(NotifyReceiver.Verdict.TAKEN);

    assertThat(balance()).isEqualTo(1_000);
    assertThat(alipay.calls).containsOnly("query");
    assertThat(logged()).containsExactly("RETURNED 600 applied, 2 times");
  }

  /** It is believed only if a query says the same. */
  @Test
  void aMessageAloneMovesNothing() {
    paidThreeWeeksAgo();

    assertThat(receive("n-1", PayoutResult.returned("P-1", now(), null)))
        .isEqualTo(NotifyReceiver.Verdict.TAKEN);

    assertThat(end()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    assertThat(balance()).isEqualTo(400);
    assertThat(alipay.calls).contains("query").doesNotContain("pay");
  }

  @Test
  void newsThatTheBooksHaveEndedByIsTakenAndAsksNobody() {
    paidThreeWeeksAgo();
    PayoutResult returned = PayoutResult.returned("P-1", now(), null);
    WithdrawalRecord unused = books.record(no, returned, PaySource.QUERY, null);

    assertThat(receive("n-1", returned)).isEqualTo(NotifyReceiver.Verdict.TAKEN);
    assertThat(alipay.calls).isEmpty();
    assertThat(logged()).containsExactly("RETURNED 600, 1 times");
  }

  /** The money was put back, and is paid as well: it must not be told away. */
  @Test
  void newsThatWhatWasPutBackIsPaidIsNotAcknowledged() {
    WithdrawalRecord unused =
        books.giveUp(no, new Refusal(Refusal.Code.OTHER, "TAKEN_BACK", "a test"));

    assertThat(receive("n-1", PayoutResult.succeeded("P-1", now(), null)))
        .isEqualTo(NotifyReceiver.Verdict.NOT_DURABLE);
    assertThat(logged()).containsExactly("SUCCEEDED 600, 1 times");
  }

  /** As while the order system has not acknowledged the end. */
  @Test
  void newsThatWhatWasPutBackIsPaidIsNotDroppedByAWorkflowThatStillRuns() {
    orderSystemIsDown = true;
    alipay.payout =
        PayoutResult.refused(null, new Refusal(Refusal.Code.BUYER_ACCOUNT, "PAYEE_NOT_EXIST", ""));
    WithdrawalWorkflow workflow =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(
                WithdrawalWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(no.workflowId())
                    .setTaskQueue(TaskQueues.CHECKOUT)
                    .build());
    WorkflowClient.start(workflow::run, request());
    Await.until(() -> workflow.withdrawal().status() == WithdrawalStatus.FAILED);

    assertThat(receive("n-1", PayoutResult.succeeded("P-1", now(), null)))
        .isEqualTo(NotifyReceiver.Verdict.NOT_DURABLE);
    assertThat(balance()).isEqualTo(1_000);
  }

  private List<String> logged() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select payout_state || ' ' || amount_fen"
                        + " || case when applied_at is null then '' else ' applied' end"
                        + " || ', ' || deliveries || ' times' from notify_log where withdrawal_no = :no")
                .bind("no", no.value())
                .mapTo(String.class)
                .list());
  }
}
