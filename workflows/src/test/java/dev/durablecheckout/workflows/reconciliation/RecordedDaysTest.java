package dev.durablecheckout.workflows.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.workflows.history.Histories;
import io.temporal.testing.WorkflowReplayer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Histories of reconciliations, as they were recorded, still replay: a day can be open for two
 * months. New ones are recorded, never rewritten, with {@code -Dhistories.record=true}.
 */
final class RecordedDaysTest {
  private static final Histories HISTORIES = new Histories("reconciliations");

  private static final Map<String, Consumer<ReconciliationScene>> PATHS =
      Map.of(
          "all-agree",
          scene -> {
            ReconciliationWorkflow unused = scene.start();
          },
          "repaired-the-late-way",
          scene -> {
            scene.books.lost.add(ReconciliationScene.LOST);
            ReconciliationWorkflow unused = scene.start();
          },
          "repaired-through-its-checkout",
          scene -> {
            scene.books.notReady = 2;
            scene.books.lost.add(ReconciliationScene.LOST);
            scene.startCheckout();
            ReconciliationWorkflow unused = scene.start();
          },
          "explained-by-a-person",
          scene -> {
            scene.books.damaged = 1;
            scene.books.open.set(1);
            ReconciliationWorkflow day = scene.start();
            scene.pass(Duration.ofHours(14));
            assertThat(day.rerun("the bill was corrected").open()).isEqualTo(1);
            scene.pass(Duration.ofHours(1));
            assertThat(day.explain(new Explanation(1, "a till")).open()).isZero();
          });

  static List<Path> histories() {
    return HISTORIES.all();
  }

  @ParameterizedTest
  @MethodSource("histories")
  void replays(Path history) throws Exception {
    WorkflowReplayer.replayWorkflowExecution(history.toFile(), ReconciliationWorkflowImpl.class);
  }

  @Test
  void everyPathHasAHistory() {
    HISTORIES.assertHasAll(PATHS.keySet());
  }

  @Test
  @EnabledIfSystemProperty(named = "histories.record", matches = "true")
  void record() {
    for (Map.Entry<String, Consumer<ReconciliationScene>> path : PATHS.entrySet()) {
      if (!HISTORIES.has(path.getKey())) {
        try (ReconciliationScene scene = new ReconciliationScene()) {
          path.getValue().accept(scene);
          assertThat(scene.end().status()).isEqualTo(ReconciliationStatus.SETTLED);
          HISTORIES.keep(path.getKey(), scene.temporal, ReconciliationScene.DAY.workflowId());
        }
      }
    }
  }
}
