package dev.durablecheckout.workflows.checkout;

import com.google.common.collect.Collections2;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every order of what can happen to a checkout, one after the other and all in one task: each ends
 * within the laws.
 */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
final class RaceMatrixTest {
  // A stage of its own for each case: the test server stops skipping time for good once a workflow
  // has ended with a
  // poll pending.
  private final Scene scene = new Scene();

  /** What can happen. The channel here does not even enforce its own expiry. */
  enum Happening {
    NOTIFY,
    QUERY_SAYS_PAID,
    DEADLINE,
    CANCEL,
    REPAY
  }

  @AfterEach
  void close() {
    scene.close();
  }

  static Stream<List<Happening>> orders() {
    Collection<List<Happening>> all = Collections2.permutations(EnumSet.allOf(Happening.class));
    return all.stream().map(List::copyOf);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void oneAfterTheOther(List<Happening> order) {

    scene.open();
    order.forEach(this::happen);
    finish();
  }

  @ParameterizedTest
  @MethodSource("orders")
  void allInOneTask(List<Happening> order) {

    scene.open();
    // While the calls to the channel hang, everything that happens piles up behind them.
    scene.channel.down(true);
    order.forEach(this::happen);
    scene.channel.down(false);
    finish();
  }

  private void happen(Happening happening) {
    try {
      switch (happening) {
        case NOTIFY -> notifyIfPaid(1);
        case QUERY_SAYS_PAID -> {
          scene.channel.pay(scene.no(scene.books.payOrders(scene.id).size()));
          scene.send("confirm");
        }
        case DEADLINE -> scene.pass(Duration.ofMinutes(31));
        case CANCEL -> scene.send("cancel");
        case REPAY -> scene.send("pay", Scene.PAGE);
      }
    } catch (WorkflowUpdateException | WorkflowNotFoundException refused) {
      // Refused because the checkout has ended: that is one of the allowed answers.
    } catch (WorkflowServiceException ended) {
      if (!(ended.getCause() instanceof io.grpc.StatusRuntimeException)) {
        throw ended;
      }
    }
  }

  /** The channel notifies every payment sooner or later, whatever else is lost. */
  private void finish() {
    for (int attempt = 1; attempt <= scene.books.payOrders(scene.id).size(); attempt++) {
      TradeResult trade = scene.channel.look(scene.no(attempt));
      if (trade.state() == TradeState.PAID) {
        scene.notify(trade);
      }
    }
    scene.end();
    scene.assertLaws();
  }

  private void notifyIfPaid(int attempt) {
    TradeResult trade = scene.channel.pay(scene.no(attempt));
    if (trade.state() == TradeState.PAID) {
      scene.notify(trade);
    }
  }
}
