package dev.durablecheckout.workflows.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random sequences of what buyers, merchants, the channel and the network do, each from a seed that
 * the test's name shows. Laws that hold at any moment are checked after each step, those of a
 * finished checkout at its end.
 */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
final class RandomWorldTest {
  // A stage of its own for each case: the test server stops skipping time for good once a workflow
  // has ended with a
  // poll pending.
  private final Scene scene = new Scene();
  private static final int STEPS = 12;

  @AfterEach
  void close() {
    scene.close();
  }

  static LongStream seeds() {
    long first = Long.getLong("world.seed", 1);
    return LongStream.range(first, first + Long.getLong("world.count", 60));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void keepsTheLaws(long seed) {
    Random random = new Random(seed);

    scene.open();
    boolean wasPaid = false;
    for (int step = 0; step < STEPS; step++) {
      happen(random);
      boolean paid = scene.books.status(scene.id) == CheckoutStatus.PAID;
      assertThat(paid || !wasPaid).as("a paid checkout stays paid").isTrue();
      wasPaid = paid;
    }
    finish();
  }

  private void happen(Random random) {
    int attempts = scene.books.payOrders(scene.id).size();
    OutTradeNo some = scene.no(1 + random.nextInt(attempts));
    try {
      switch (random.nextInt(12)) {
        case 0 -> scan(some);
        case 1 -> scene.channel.pay(some);
        case 2, 3 -> notifyIfPaid(scene.channel.pay(some));
        case 4 -> notifyIfPaid(scene.channel.look(some));
        case 5 -> scene.send("confirm");
        case 6 -> scene.send("cancel");
        case 7 -> scene.send("pay", random.nextBoolean() ? Scene.PAGE : Scene.QR);
        case 8 -> scene.pass(Duration.ofSeconds(random.nextInt(900)));
        case 9 -> scene.channel.down(random.nextBoolean());
        case 10 -> scene.orders.down(random.nextBoolean());
        default -> scene.books.failNext(random.nextInt(4));
      }
    } catch (WorkflowUpdateException | WorkflowNotFoundException refused) {
      // Refused because the checkout has ended: that is one of the allowed answers.
    } catch (WorkflowServiceException ended) {
      if (!(ended.getCause() instanceof io.grpc.StatusRuntimeException)) {
        throw ended;
      }
    }
  }

  private void scan(OutTradeNo no) {
    if (scene.channel.isPrepaid(no)) {
      scene.channel.scan(no);
    }
  }

  private void notifyIfPaid(TradeResult trade) {
    if (trade.state() == TradeState.PAID) {
      scene.notify(trade);
    }
  }

  /** Everything works again, and the channel notifies every payment that it took. */
  private void finish() {
    scene.channel.down(false);
    scene.orders.down(false);
    scene.books.failNext(0);
    for (int attempt = 1; attempt <= scene.books.payOrders(scene.id).size(); attempt++) {
      notifyIfPaid(scene.channel.look(scene.no(attempt)));
    }
    scene.end();
    scene.assertLaws();
  }
}
