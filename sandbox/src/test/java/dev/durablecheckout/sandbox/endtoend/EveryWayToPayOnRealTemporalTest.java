package dev.durablecheckout.sandbox.endtoend;

import dev.durablecheckout.sandbox.stack.StackOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Every way to pay, on a real Temporal server. */
@Tag("real-temporal")
final class EveryWayToPayOnRealTemporalTest extends EveryWayToPay {
  @Override
  StackOptions options(Path data) {
    RealTemporal.required();
    return StackOptions.forTests(data).withDevServer();
  }
}
