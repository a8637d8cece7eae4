package dev.durablecheckout.workflows.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.durablecheckout.workflows.history.Histories;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.Payer;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundResult;
import dev.durablecheckout.workflows.refund.RefundStatus;
import dev.durablecheckout.workflows.refund.RefundView;
import dev.durablecheckout.workflows.refund.RefundWorkflow;
import dev.durablecheckout.workflows.refund.RefundWorkflowImpl;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Histories of each path, as they were recorded, still replay: a change of the workflows does not
 * break checkouts that are under way. A red one means: put the change behind {@code
 * Workflow.getVersion}. New ones are recorded, never rewritten, with {@code
 * -Dhistories.record=true}.
 */
final class RecordedHistoriesTest {
  private static final Histories HISTORIES = new Histories("");

  static List<Path> histories() {
    return HISTORIES.all();
  }

  @ParameterizedTest
  @MethodSource("histories")
  void replays(Path history) throws Exception {
    WorkflowReplayer.replayWorkflowExecution(
        history.toFile(),
        CheckoutWorkflowImpl.class,
        LatePaymentWorkflowImpl.class,
        RefundWorkflowImpl.class);
  }

  @Test
  void everyPathHasAHistory() {
    HISTORIES.assertHasAll(PATHS.keySet());
    HISTORIES.assertHasAll(WAYS.keySet());
    HISTORIES.assertHasAll(
        List.of("refund-requested-R1", "refund-requested-R2", "refund-requested-R3"));
  }

  @ParameterizedTest
  @CsvSource({
    "paid-by-notify, 30",
    "paid-by-query, 30",
    "closed-at-the-deadline, 35",
    "closed-never-scanned, 35"
  })
  void costsNoMoreEventsThanPromised(String path, int events) throws IOException {
    JsonNode history = new ObjectMapper().readTree(HISTORIES.of(path).toFile()).get("events");
    assertThat(history).hasSizeLessThanOrEqualTo(events);
  }

  @Test
  void aPaidCheckoutMakesTwoChannelCallsBeforeItsEvent() throws IOException {
    assertThat(
            new ObjectMapper()
                    .readTree(HISTORIES.of("paid-by-notify").toFile())
                    .findValues("activityTaskScheduledEventAttributes")
                    .stream()
                    .map(scheduled -> scheduled.at("/activityType/name").asText()))
        .containsExactly("Prepay", "AwaitPayment", "Deliver");
  }

  private static final Map<String, Consumer<Scene>> PATHS =
      Map.ofEntries(
          Map.entry("paid-by-notify", scene -> scene.notify(scene.channel.pay(scene.no(1)))),
          Map.entry(
              "paid-by-query",
              scene -> {
                scene.pass(Duration.ofMinutes(1));
                scene.channel.pay(scene.no(1));
              }),
          Map.entry(
              "paid-by-confirm",
              scene -> {
                scene.channel.pay(scene.no(1));
                scene.workflow().confirm();
              }),
          Map.entry("closed-at-the-deadline", scene -> scene.channel.scan(scene.no(1))),
          Map.entry("closed-never-scanned", scene -> {}),
          Map.entry(
              "cancelled",
              scene -> {
                scene.channel.scan(scene.no(1));
                scene.workflow().cancel();
              }),
          Map.entry("cancelled-and-watched", scene -> scene.workflow().cancel()),
          Map.entry(
              "paid-after-the-cancel",
              scene -> {
                scene.workflow().cancel();
                scene.notify(scene.channel.pay(scene.no(1)));
              }),
          Map.entry(
              "paid-during-the-close",
              scene -> {
                scene.channel.scan(scene.no(1));
                scene.channel.beforeNextClose(() -> scene.notify(scene.channel.pay(scene.no(1))));
              }),
          Map.entry(
              "paid-another-way",
              scene -> {
                scene.workflow().pay(Scene.PAGE);
                scene.notify(scene.channel.pay(scene.no(2)));
              }),
          Map.entry(
              "paid-twice",
              scene -> {
                scene.workflow().pay(Scene.PAGE);
                TradeResult first = scene.channel.pay(scene.no(1));
                scene.notify(scene.channel.pay(scene.no(2)));
                scene.notify(first);
              }),
          Map.entry(
              "wrong-amount",
              scene ->
                  scene.notify(
                      scene.channel.pay(
                          scene.no(1), new dev.durablecheckout.workflows.money.Money(1)))),
          Map.entry(
              "channel-down-over-the-deadline",
              scene -> {
                scene.channel.down(true);
                scene.pass(Duration.ofMinutes(50));
                scene.channel.down(false);
              }));

  /** Those that begin in another way than by a QR code. */
  private static final Map<String, Consumer<Scene>> WAYS =
      Map.of(
          "paid-at-once",
          scene -> {
            scene.channel.payAtOnce();
            scene.open(new PayChoice(Channel.WALLET, PayMethod.BALANCE));
          },
          "chosen-later",
          scene -> {
            scene.open((PayChoice) null);
            scene.workflow().pay(Scene.PAGE);
            scene.notify(scene.channel.pay(scene.no(1)));
          },
          "paid-by-another-person",
          scene -> {
            scene.open(jsapi("code-of-ann-1"));
            scene.workflow().pay(jsapi("code-of-bob-1"));
            scene.notify(scene.channel.pay(scene.no(2)));
          },
          "recovered-and-paid",
          scene -> {
            rebuild(scene, false);
            scene.notify(scene.channel.pay(scene.no(1)));
          },
          "recovered-and-watched",
          scene -> rebuild(scene, true),
          "left-a-dead-channel",
          scene -> {
            scene.open();
            scene.channel.dead(Channel.ALIPAY, true);
            scene.workflow().pay(jsapi("code-of-ann-1"));
            scene.channel.dead(Channel.ALIPAY, false);
            scene.notify(scene.channel.pay(scene.no(2)));
          });

  /** The workflow is gone, and the books have all that another needs. */
  private static void rebuild(Scene scene, boolean isClosed) {
    CheckoutRequest request = scene.request(Duration.ofMinutes(30));
    CheckoutRecord opened = scene.books.open(request, scene.payOrder(request, 1));
    assertThat(opened.known()).isFalse();
    if (isClosed) {
      CheckoutClosing closing = new CheckoutClosing(scene.id, CloseReason.CANCELLED, List.of());
      assertThat(scene.books.recordClosed(closing).status()).isEqualTo(CheckoutStatus.CLOSED);
    }
    CheckoutView view = scene.open(scene.request(Duration.ofMinutes(30), null));
    assertThat(view.checkoutId()).isEqualTo(scene.id);
  }

  private static PayChoice jsapi(String loginCode) {
    return new PayChoice(Channel.WECHAT_PAY, PayMethod.JSAPI, Payer.ofLoginCode(loginCode));
  }

  @Test
  @EnabledIfSystemProperty(named = "histories.record", matches = "true")
  void record() {
    PATHS.forEach(
        (name, path) -> {
          if (!HISTORIES.has(name)) {
            try (Scene scene = new Scene()) {
              scene.open();
              path.accept(scene);
              scene.end();
              save(scene, name, scene.id.workflowId());
              if (name.equals("paid-twice")) {
                OutRefundNo refund = OutRefundNo.automatic(scene.no(1));
                scene.refund(1);
                save(scene, "refund", RefundWorkflow.workflowId(refund));
              }
            }
          }
        });
    WAYS.forEach(
        (name, path) -> {
          if (!HISTORIES.has(name)) {
            try (Scene scene = new Scene()) {
              path.accept(scene);
              scene.end();
              save(scene, name, scene.id.workflowId());
            }
          }
        });
    recordRefusedPrepay();
    recordLatePayment();
    recordRequestedRefunds();
  }

  private static void recordRefusedPrepay() {
    try (Scene scene = new Scene()) {
      scene.channel.refusePrepay(
          new Refusal(Refusal.Code.LIMIT, "ACQ.TOTAL_FEE_EXCEED", "over the limit"));
      scene.open();
      scene.channel.refusePrepay(null);
      scene.workflow().pay(Scene.PAGE);
      scene.notify(scene.channel.pay(scene.no(2)));
      scene.end();
      save(scene, "refused-then-paid", scene.id.workflowId());
    }
  }

  private static void recordLatePayment() {
    try (Scene scene = new Scene()) {
      scene.open();
      scene.end();
      scene.notify(scene.channel.pay(scene.no(1)));
      scene.assertLaws();
      save(scene, "late-payment", LatePaymentWorkflow.workflowId(scene.no(1)));
    }
  }

  private static void recordRequestedRefunds() {
    try (Scene scene = new Scene()) {
      scene.open();
      scene.notify(scene.channel.pay(scene.no(1)));
      scene.end();
      scene.books.spaceRefunds(Duration.ofMinutes(1));
      requestRefund(scene, "R1", 3);
      scene.channel.refuseRefunds(
          2,
          RefundResult.refused(
              new Refusal(Refusal.Code.MERCHANT_BALANCE, "NOT_ENOUGH", "no money")));
      requestRefund(scene, "R2", 0);
      requestRefund(scene, "R3", 0);
    }
  }

  /** Slow, then refused for a while, then too much: the third asks for more than is left. */
  private static void requestRefund(Scene scene, String refundNo, int slow) {
    scene.channel.slowRefunds(slow);
    RefundOrder refund =
        RefundWorkflowTest.refund(scene, refundNo, refundNo.equals("R3") ? 12_345 : 100);
    RefundWorkflow workflow =
        scene
            .temporal
            .getWorkflowClient()
            .newWorkflowStub(
                RefundWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(RefundWorkflow.workflowId(refund.outRefundNo()))
                    .setTaskQueue(TaskQueues.CHECKOUT)
                    .setWorkflowIdConflictPolicy(
                        WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                    .build());
    try {
      WorkflowClient.executeUpdateWithStart(
          workflow::accept,
          UpdateOptions.<RefundView>newBuilder()
              .setUpdateId(RefundWorkflow.ACCEPT_UPDATE_ID)
              .build(),
          new WithStartWorkflowOperation<>(workflow::run, refund));
    } catch (WorkflowUpdateException refused) {
      // The third.
    }
    String id = RefundWorkflow.workflowId(refund.outRefundNo());
    scene.temporal.getWorkflowClient().newUntypedWorkflowStub(id).getResult(RefundStatus.class);
    save(scene, "refund-requested-" + refundNo, id);
  }

  private static void save(Scene scene, String name, String workflowId) {
    HISTORIES.keep(name, scene.temporal, workflowId);
  }
}
