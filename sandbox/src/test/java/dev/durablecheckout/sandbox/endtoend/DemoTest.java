package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.sandbox.demo.SandboxMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./checkout demo --once}, in a JVM of its own, as a person runs it. */
class DemoTest {
  @TempDir private Path folder;

  @Test
  void tellsItsStoriesWithoutATemporalServer() throws Exception {
    assertThat(tell("--in-process-temporal"))
        .contains("no UI, nothing survives the end of the demo");
  }

  @Test
  @Tag("real-temporal")
  void tellsItsStoriesOnARealTemporalServer() throws Exception {
    RealTemporal.required();
    assertThat(tell()).contains("UI");
  }

  /** Plays the stories and returns what is on the screen then. */
  private String tell(String... options) throws IOException, InterruptedException {
    Path screen = folder.resolve("screen");
    String[] arguments = new String[options.length + 3];
    System.arraycopy(options, 0, arguments, 0, options.length);
    arguments[options.length] = "--once";
    arguments[options.length + 1] = "--data";
    arguments[options.length + 2] = folder.resolve("data").toString();
    Process demo = JavaProcess.start(SandboxMain.class, screen, arguments);
    boolean ended = demo.waitFor(180, TimeUnit.SECONDS);
    demo.destroyForcibly();
    String told = Files.readString(screen);
    assertThat(ended).as(told).isTrue();
    assertThat(demo.exitValue()).as(told).isZero();
    assertThat(told)
        .contains("the checkout is paid", "it is closed", "the books keep every law")
        .endsWith("All went as told.\n")
        .as("warnings and stack traces are not for this reader")
        .doesNotContain("WARN", "ERROR", "! at ");
    return told;
  }
}
