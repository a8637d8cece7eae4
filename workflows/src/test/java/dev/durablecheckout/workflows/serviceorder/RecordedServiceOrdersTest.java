package dev.durablecheckout.workflows.serviceorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.workflows.history.Histories;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.WorkerFactoryOptions;
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
 * Histories of service orders, as they were recorded, still replay. New ones are recorded, never
 * rewritten, with {@code -Dhistories.record=true}.
 */
final class RecordedServiceOrdersTest {
  private static final Histories HISTORIES = new Histories("service-orders");

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

  static List<Path> histories() {
    return HISTORIES.all();
  }

  @ParameterizedTest
  @MethodSource("histories")
  void replays(Path history) throws Exception {
    WorkflowReplayer.replayWorkflowExecution(history.toFile(), ServiceOrderWorkflowImpl.class);
  }

  @Test
  void everyPathHasAHistory() {
    HISTORIES.assertHasAll(PATHS.keySet());
  }

  @Test
  @EnabledIfSystemProperty(named = "histories.record", matches = "true")
  void record() {
    for (Map.Entry<String, Consumer<ServiceOrderScene>> path : PATHS.entrySet()) {
      if (!HISTORIES.has(path.getKey())) {
        try (ServiceOrderScene scene =
            new ServiceOrderScene(WorkerFactoryOptions.getDefaultInstance())) {
          ServiceOrderView unused = scene.open();
          path.getValue().accept(scene);
          ServiceOrderStatus ended = scene.end();
          assertThat(ended.isFinal()).isTrue();
          HISTORIES.keep(path.getKey(), scene.temporal, scene.id.workflowId());
        }
      }
    }
  }
}
