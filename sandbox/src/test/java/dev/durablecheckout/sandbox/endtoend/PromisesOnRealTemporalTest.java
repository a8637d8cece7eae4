package dev.durablecheckout.sandbox.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.sandbox.stack.Stack;
import dev.durablecheckout.sandbox.stack.StackOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promises on a real Temporal server. */
@Tag("real-temporal")
final class PromisesOnRealTemporalTest extends Promises {
  private Stack stack;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    RealTemporal.required();
    stack = new Stack(StackOptions.forTests(data).withDevServer());
    stack.startWorker();
    stack.startApi();
  }

  @AfterAll
  void stop() throws Exception {
    if (stack != null) {
      stack.close();
    }
  }

  @Override
  Stack stack() {
    return stack;
  }

  /**
   * Not on the server in this JVM, which goes on handing tasks to the pollers of a worker that has
   * left.
   */
  @Test
  void aWorkerThatIsAwayLosesNothing() throws Exception {
    JsonNode checkout = open();
    stack().stopWorker();
    pay(checkout);
    stack().startWorker();
    awaitStatus(checkout, "paid");
    awaitEvent(checkout, "checkout.paid");
  }
}
