package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.sandbox.demo.SandboxMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void stopsWhenItIsToldToAndLeavesNothingRunning() throws Exception {
    Process demo = start("--in-process-temporal");
    while (demo.isAlive() && !screen().contains("Ctrl-C ends it")) {
      Thread.sleep(100);
    }
    demo.toHandle().destroy();

    assertThat(demo.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
    assertThat(screen()).endsWith("Stopping ...\n");
    assertThatNothingIsComplainedOf();
    assertThat(data().resolve("postgres").resolve("PG_VERSION")).exists();
    assertThat(data().resolve("postgres").resolve("postmaster.pid")).doesNotExist();
  }

  /** Plays the stories and returns what is on the screen then. */
  private String tell(String... options) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("--once");
    Process demo = start(arguments.toArray(String[]::new));
    boolean ended = demo.waitFor(180, TimeUnit.SECONDS);
    demo.destroyForcibly();
    assertThat(ended).as(screen()).isTrue();
    assertThat(demo.exitValue()).as(screen()).isZero();
    assertThat(screen())
        .contains("the checkout is paid", "it is closed", "the books keep every law")
        .endsWith("All went as told.\n");
    assertThatNothingIsComplainedOf();
    return screen();
  }

  private Process start(String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("--data", data().toString()));
    return JavaProcess.start(
        SandboxMain.class, folder.resolve("screen"), arguments.toArray(String[]::new));
  }

  private void assertThatNothingIsComplainedOf() throws IOException {
    assertThat(screen())
        .as("warnings and stack traces are not for this reader")
        .doesNotContain("WARN", "ERROR", "! at ");
  }

  private Path data() {
    return folder.resolve("data");
  }

  private String screen() throws IOException {
    return Files.readString(folder.resolve("screen"));
  }
}
