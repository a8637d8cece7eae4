package dev.durablecheckout.workflows.serviceorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.WorkerFactoryOptions;
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
 * Histories of service orders, as they were recorded, still replay. New ones are recorded, never
 * rewritten, with {@code -Dhistories.record=true}.
 */
final class RecordedServiceOrdersTest {
  private static final Path DIRECTORY =
      Path.of(
          System.getProperty("project.root"),
          "workflows/src/test/resources/histories/service-orders");

  private static final Map<String, Consumer<ServiceOrderScene>> PATHS =
      Map.of(
          "settled",
          scene -> {
            scene.notify(scene.wechat.confirm());
            scene.pass(Duration.ofHours(3));
            scene.complete();
            scene.workflow().modify(ServiceOrderScene.bill(900), "a gift");
            scene.notify(scene.wechat.collect());
          },
          "settled-unheard-of",
          scene -> {
            scene.wechat.confirm();
            scene.pass(Duration.ofHours(3));
            scene.complete();
            scene.wechat.collect();
          },
          "cancelled",
          scene -> scene.workflow().cancel("out of umbrellas"),
          "expired",
          scene -> {
            scene.pass(Duration.ofHours(3));
            scene.wechat.expire();
          });

  static List<Path> histories() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("histories")
  void replays(Path history) throws Exception {
    WorkflowReplayer.replayWorkflowExecution(history.toFile(), ServiceOrderWorkflowImpl.class);
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
    for (Map.Entry<String, Consumer<ServiceOrderScene>> path : PATHS.entrySet()) {
      Path file = DIRECTORY.resolve(path.getKey() + ".json");
      if (!Files.exists(file)) {
        try (ServiceOrderScene scene =
            new ServiceOrderScene(WorkerFactoryOptions.getDefaultInstance())) {
          ServiceOrderView unused = scene.open();
          path.getValue().accept(scene);
          ServiceOrderStatus ended = scene.end();
          assertThat(ended.isFinal()).isTrue();
          Files.writeString(
              file,
              scene.temporal.getWorkflowClient().fetchHistory(scene.id.workflowId()).toJson(true));
        }
      }
    }
  }
}
