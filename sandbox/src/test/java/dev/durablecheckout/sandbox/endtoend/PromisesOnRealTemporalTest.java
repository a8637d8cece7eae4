package dev.durablecheckout.sandbox.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.sandbox.stack.StackOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The promises on a real Temporal server. */
@Tag("real-temporal")
final class PromisesOnRealTemporalTest extends Promises {
  @Override
  StackOptions options(Path data) {
    RealTemporal.required();
    return StackOptions.forTests(data).withDevServer();
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
