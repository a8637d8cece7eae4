package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.sandbox.faults.BadDay;
import dev.durablecheckout.sandbox.faults.Conservation;
import dev.durablecheckout.sandbox.stack.Stack;
import dev.durablecheckout.sandbox.stack.StackOptions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short bad day, as {@code ./checkout faults} plays it in large. */
@Timeout(600)
final class ConservationInProcessTest {
  private static final int CHECKOUTS = 120;
  private static final int SHOPPERS = 40;
  private static final long SEED = 20_261_126;

  @Test
  void everyFenIsAccountedForAfterABadDay(@TempDir Path data) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Stack stack = new Stack(StackOptions.forTests(data))) {
      stack.startWorker();
      stack.startApi();
      BadDay day = new BadDay(stack, out, Clock.systemUTC());
      Conservation counted = day.play(CHECKOUTS, SHOPPERS, SEED);
      day.print(counted);

      assertThat(counted.findings()).isEmpty();
      assertThat(counted.meantFen()).isPositive().isEqualTo(counted.heldFen());
      assertThat(counted.bookedFen()).isEqualTo(counted.meantFen());
      assertThat(counted.postedFen()).isEqualTo(counted.meantFen());
    }
  }
}
