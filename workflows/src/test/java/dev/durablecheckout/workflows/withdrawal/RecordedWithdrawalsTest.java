package dev.durablecheckout.workflows.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.workflows.history.Histories;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.WorkerFactoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Histories of withdrawals, as they were recorded, still replay. New ones are recorded, never
 * rewritten, with {@code -Dhistories.record=true}.
 *
 * <p>Only {@code polled-and-notified-together} was put together by hand, of recorded events: there
 * the poll's answer and the notify came in one workflow task. It must end in a pause of a day.
 */
final class RecordedWithdrawalsTest {
  private static final Histories HISTORIES = new Histories("withdrawals");

  private static final PayoutResult TO_CONFIRM =
      PayoutResult.awaitingBuyer("P-1", new PayoutConfirmation("mch", "wx1", "package"));

  private static final Map<String, Consumer<WithdrawalScene>> PATHS =
      Map.of(
          "paid-out",
          scene -> {
            WithdrawalView unused = scene.open();
            scene.pass(Duration.ofHours(1));
            scene.channel.pays();
          },
          "confirmed-and-notified",
          scene -> {
            scene.channel.begin(TO_CONFIRM);
            WithdrawalView unused = scene.open();
            scene.pass(Duration.ofHours(1));
            scene.channel.pays();
            scene.notify(PayoutResult.processing("P-1"));
          },
          "never-confirmed",
          scene -> {
            scene.channel.begin(TO_CONFIRM);
            WithdrawalView unused = scene.open();
          },
          "answer-lost",
          scene -> {
            scene.channel.begin(PayoutResult.succeeded("P-1", scene.now(), null));
            scene.channel.line(FakePayouts.Line.ANSWERS_LOST);
            scene.begin();
            scene.pass(Duration.ofMinutes(20));
            scene.channel.line(FakePayouts.Line.GOOD);
          },
          "stopped-then-retried",
          scene -> {
            scene.channel.stop(FakePayouts.NO_MONEY);
            WithdrawalView unused = scene.open();
            scene.channel.begin(PayoutResult.succeeded("P-1", scene.now(), null));
            scene.channel.stop(null);
            WithdrawalView unusedToo = scene.workflow().retry("the account is filled up");
          },
          "stopped-then-taken-back",
          scene -> {
            scene.channel.stop(FakePayouts.NO_MONEY);
            WithdrawalView unused = scene.open();
            scene.beginTo("cancelWithdrawal");
          },
          "refused",
          scene -> {
            scene.channel.begin(PayoutResult.refused("P-1", FakePayouts.NO_SUCH_PAYEE));
            WithdrawalView unused = scene.open();
          },
          "came-back",
          scene -> {
            scene.channel.begin(PayoutResult.succeeded("P-1", scene.now(), null));
            WithdrawalView unused = scene.open();
            scene.pass(Duration.ofDays(2));
            scene.channel.become(PayoutResult.returned("P-1", scene.now(), null));
          });

  /** Those that begin in the books, where a workflow was lost or has ended. */
  private static final Map<String, Consumer<WithdrawalScene>> PATHS_FROM_THE_BOOKS =
      Map.of(
          "started-again-to-watch",
          scene -> {
            scene.paidInBooks();
            scene.pass(Duration.ofDays(5));
            scene.startAgain();
          },
          "started-again-by-news",
          scene -> {
            scene.paidInBooks();
            scene.pass(Duration.ofDays(20));
            PayoutResult returned = PayoutResult.returned("P-1", scene.now(), null);
            scene.channel.become(returned);
            scene.startAgainNotified(returned);
          },
          "forgotten-then-settled",
          scene -> {
            scene.heldInBooks();
            scene.pass(Duration.ofDays(31));
            scene.begin();
            scene.pass(Duration.ofMinutes(1));
            WithdrawalView unused =
                scene
                    .workflow()
                    .settleByBill(new BillVerdict(false, null, null, "in no bill of November"));
          });

  private static Map<String, Consumer<WithdrawalScene>> paths() {
    Map<String, Consumer<WithdrawalScene>> all = new TreeMap<>(PATHS);
    all.putAll(PATHS_FROM_THE_BOOKS);
    return all;
  }

  static List<Path> histories() {
    return HISTORIES.all();
  }

  @ParameterizedTest
  @MethodSource("histories")
  void replays(Path history) throws Exception {
    WorkflowReplayer.replayWorkflowExecution(history.toFile(), WithdrawalWorkflowImpl.class);
  }

  @Test
  void everyPathHasAHistory() {
    HISTORIES.assertHasAll(paths().keySet());
  }

  @Test
  @EnabledIfSystemProperty(named = "histories.record", matches = "true")
  void record() {
    for (Map.Entry<String, Consumer<WithdrawalScene>> path : paths().entrySet()) {
      if (!HISTORIES.has(path.getKey())) {
        try (WithdrawalScene scene =
            new WithdrawalScene(WorkerFactoryOptions.getDefaultInstance())) {
          path.getValue().accept(scene);
          WithdrawalStatus ended = scene.end();
          assertThat(ended.isHeld()).isFalse();
          HISTORIES.keep(path.getKey(), scene.temporal, scene.no.workflowId());
        }
      }
    }
  }
}
