package dev.durablecheckout.sandbox.endtoend;

import dev.durablecheckout.sandbox.stack.Stack;
import dev.durablecheckout.sandbox.stack.StackOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Every way to pay, on a real Temporal server. */
@Tag("real-temporal")
final class EveryWayToPayOnRealTemporalTest extends EveryWayToPay {
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
}
