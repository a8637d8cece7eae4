package dev.durablecheckout.api.notify;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.channel.NotifyReply;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.VerifiedNotify;
import dev.durablecheckout.activities.channel.VerifiedPayout;
import dev.durablecheckout.activities.notify.NotifyLogDao;
import dev.durablecheckout.activities.notify.NotifyMessage;
import dev.durablecheckout.activities.withdrawal.OpenWithdrawals;
import dev.durablecheckout.workflows.client.CheckoutClient;
import dev.durablecheckout.workflows.client.PayoutSignals;
import dev.durablecheckout.workflows.client.RefundClient;
import dev.durablecheckout.workflows.client.ServiceOrderClient;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.withdrawal.PayoutNotified;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** News of a payout reaches the withdrawal that waits for it, or is not acknowledged. */
final class PayoutNotifyTest {
  private static final WithdrawalNo NO = WithdrawalNo.of("W1");
  private static final VerifiedPayout NEWS =
      new VerifiedPayout(
          "n-1",
          NO,
          Money.ofFen(1234),
          PayoutResult.succeeded("13300", Instant.parse("2026-11-26T12:00:00Z"), null));

  /** Somebody who waits for news of a payout. */
  @WorkflowInterface
  public interface Waiting {
    @WorkflowMethod
    PayoutNotified run();

    @SignalMethod(name = PayoutNotified.SIGNAL)
    void payoutNotified(PayoutNotified notified);
  }

  /** Ends with what it was told. */
  public static final class WaitingImpl implements Waiting {
    private @Nullable PayoutNotified told;

    @Override
    public PayoutNotified run() {
      Workflow.await(() -> told != null);
      return requireNonNull(told);
    }

    @Override
    public void payoutNotified(PayoutNotified notified) {
      told = notified;
    }
  }

  private static final class TrustingVerifier implements NotifyVerifier {
    @Override
    public VerifiedNotify verify(byte[] rawBody, ImmutableListMultimap<String, String> headers) {
      return NEWS;
    }

    @Override
    public NotifyReply reply() {
      return new NotifyReply("text/plain", 200, "success", "failure");
    }
  }

  private TestWorkflowEnvironment temporal;
  private ScheduledExecutorService deadlines;
  private NotifyReceiver receiver;

  @BeforeEach
  void setUp() {
    temporal = TestWorkflowEnvironment.newInstance();
    temporal.newWorker("withdrawals").registerWorkflowImplementationTypes(WaitingImpl.class);
    temporal.start();
    deadlines = Executors.newSingleThreadScheduledExecutor();
    WorkflowClient client = temporal.getWorkflowClient();
    Jdbi nowhere = Jdbi.create("jdbc:postgresql://nowhere/");
    receiver =
        new NotifyReceiver(
            new NotifyLogDao(nowhere, Clock.systemUTC()),
            new NotifyDelivery(
                new CheckoutClient(client, deadlines),
                new ServiceOrderClient(client, deadlines),
                new RefundClient(client, deadlines),
                new PayoutSignals(client, deadlines),
                new OpenWithdrawals(nowhere, Clock.systemUTC()),
                Duration.ofSeconds(5)));
  }

  @AfterEach
  void tearDown() {
    deadlines.shutdownNow();
    temporal.close();
  }

  private NotifyReceiver.Verdict receive() {
    NotifyMessage message =
        new NotifyMessage(
            MerchantId.of("shop"), Channel.ALIPAY, new byte[0], ImmutableListMultimap.of());
    return receiver.receive(message, new TrustingVerifier());
  }

  @Test
  void theWithdrawalHearsOfItsPayout() {
    Waiting waiting =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(
                Waiting.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(NO.workflowId())
                    .setTaskQueue("withdrawals")
                    .build());
    WorkflowClient.start(waiting::run);

    assertThat(receive()).isEqualTo(NotifyReceiver.Verdict.TAKEN);
    assertThat(waiting.run())
        .isEqualTo(new PayoutNotified(null, "n-1", NEWS.amount(), NEWS.payout()));
  }

  @Test
  void newsThatNobodyWaitsForIsToComeAgain() {
    assertThat(receive()).isEqualTo(NotifyReceiver.Verdict.NOT_DURABLE);
  }

  @Test
  void newsThatTemporalCannotTakeIsToComeAgain() {
    temporal.close();

    assertThat(receive()).isEqualTo(NotifyReceiver.Verdict.NOT_DURABLE);
  }
}
