package dev.durablecheckout.sandbox.endtoend;

import dev.durablecheckout.sandbox.stack.Stack;
import dev.durablecheckout.sandbox.stack.StackOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Every way to pay, on the server inside this JVM. */
final class EveryWayToPayInProcessTest extends EveryWayToPay {
  private Stack stack;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    stack = new Stack(StackOptions.forTests(data));
    stack.startWorker();
    stack.startApi();
  }

  @AfterAll
  void stop() throws Exception {
    stack.close();
  }

  @Override
  Stack stack() {
    return stack;
  }
}
