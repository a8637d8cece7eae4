package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.durablecheckout.sandbox.stack.DevServer;

/** Tests that need the {@code temporal} binary. */
final class RealTemporal {
  private static final String WANTED =
      "needs a `temporal` binary on the PATH: go install github.com/temporalio/cli/cmd/temporal@v1.5.1";

  private RealTemporal() {}

  /**
   * Skips the test where there is none; where nothing may be skipped (CHECKOUT_REQUIRE_TOOLS=true),
   * fails it.
   */
  static void required() {
    boolean there = DevServer.binary().isPresent();
    if (Boolean.parseBoolean(System.getenv("CHECKOUT_REQUIRE_TOOLS"))) {
      assertThat(there).as(WANTED).isTrue();
    }
    assumeTrue(there, WANTED);
  }
}
