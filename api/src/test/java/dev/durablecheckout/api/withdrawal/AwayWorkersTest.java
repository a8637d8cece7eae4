package dev.durablecheckout.api.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.activities.withdrawal.WithdrawalReader;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.api.scene.Bodies;
import dev.durablecheckout.api.scene.Scene;
import dev.durablecheckout.workflows.client.OutcomeUnknownException;
import dev.durablecheckout.workflows.client.WithdrawalClient;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRequest;
import dev.durablecheckout.workflows.withdrawal.WithdrawalWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * While no worker runs, a withdrawal that Temporal has taken is in no book yet. Whoever heard that
 * there is none would take another number, and both would be paid.
 */
@Timeout(90)
final class AwayWorkersTest {
  private static final MerchantId SHOP = MerchantId.of("tea-house");
  private static final Duration GLANCE = Duration.ofMillis(500);

  private final MerchantOrderNo number = MerchantOrderNo.of(Bodies.orderNo());
  private final WithdrawalNo no = WithdrawalNo.of(SHOP, number);
  private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
  private TestWorkflowEnvironment temporal;
  private WithdrawalClient client;
  private WithdrawalAnswers answers;

  @BeforeEach
  void setUp() throws Exception {
    TestEnvironmentOptions.Builder options =
        TestEnvironmentOptions.newBuilder().setUseTimeskipping(false);
    SearchAttributeKeys.ALL.forEach(
        key -> options.registerSearchAttribute(key.getName(), key.getValueType()));
    temporal = TestWorkflowEnvironment.newInstance(options.build());
    client = new WithdrawalClient(temporal.getWorkflowClient(), deadlines);
    answers =
        new WithdrawalAnswers(
            new WithdrawalReader(Scene.get().books()),
            client,
            URI.create("https://pay.example/"),
            GLANCE);
  }

  @AfterEach
  void tearDown() {
    temporal.close();
    List<Runnable> unused = deadlines.shutdownNow();
  }

  private WithdrawalRequest request() {
    return new WithdrawalRequest(
        new Payout(
            no,
            SHOP,
            Channel.ALIPAY,
            new Money(600),
            new Payee(Payee.Kind.ALIPAY_USER_ID, "2088102146225135", null),
            "yours"),
        number,
        "buyer of " + number,
        "request-1",
        "fingerprint-1");
  }

  private void assertPending() {
    Response answer = answers.stored(no, number);
    assertThat(answer.getStatus()).isEqualTo(202);
    assertThat(answer.getLocation())
        .isEqualTo(URI.create("https://pay.example/v1/withdrawals/" + number));
  }

  @Test
  void whatTemporalHasTakenIsPendingWhereThePostSaidToAsk() {
    assertThatThrownBy(() -> client.open(request(), GLANCE))
        .isInstanceOf(OutcomeUnknownException.class);

    assertPending();
  }

  /** The question is in a server's memory only, until a worker takes it. */
  @Test
  void isPendingAlsoIfTheServerHasLostTheQuestion() {
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

    assertPending();
  }

  @Test
  void whatWasNeverAskedForIsNotFound() {
    assertThatThrownBy(() -> answers.stored(no, number))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("no withdrawal " + number);
  }
}
