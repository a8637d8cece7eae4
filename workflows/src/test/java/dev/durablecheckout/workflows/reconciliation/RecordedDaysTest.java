package dev.durablecheckout.workflows.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Histories of reconciliations, as they were recorded, still replay: a day can be open for two
 * months. New ones are recorded, never rewritten, with {@code -Dhistories.record=true}.
 */
final class RecordedDaysTest {
  private static final Path DIRECTORY =
      Path.of(
          System.getProperty("project.root"),
          "workflows/src/test/resources/histories/reconciliations");

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

  static List<Path> histories() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("histories")
  void replays(Path history) throws Exception {
    WorkflowReplayer.replayWorkflowExecution(history.toFile(), ReconciliationWorkflowImpl.class);
  }

  @Test
  void everyPathHasAHistory() throws IOException {
    assertThat(histories().stream().map(file -> file.getFileName().toString()))
        .containsAll(PATHS.keySet().stream().map(path -> path + ".json").toList());
  }

  @Test
  @EnabledIfSystemProperty(named = "histories.record", matches = "true")
  void record() throws IOException {
    Files.createDirectories(DIRECTORY);
    for (Map.Entry<String, Consumer<ReconciliationScene>> path : PATHS.entrySet()) {
      Path file = DIRECTORY.resolve(path.getKey() + ".json");
      if (!Files.exists(file)) {
        try (ReconciliationScene scene = new ReconciliationScene()) {
          path.getValue().accept(scene);
          assertThat(scene.end().status()).isEqualTo(ReconciliationStatus.SETTLED);
          Files.writeString(
              file,
              scene
                  .temporal
                  .getWorkflowClient()
                  .fetchHistory(ReconciliationScene.DAY.workflowId())
                  .toJson(true));
        }
      }
    }
  }
}
