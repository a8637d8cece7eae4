package dev.durablecheckout.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A bill of a million lines, some 200 MB of text, goes through 64 MB of memory, in which the
 * simulated channel that writes it runs as well.
 */
class MillionLinesTest {
  private static final int LINES = 1_000_000;

  @ParameterizedTest
  @ValueSource(strings = {"alipay", "wechatpay"})
  void aMillionLinesGoThroughLittleMemory(String channel) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                MillionLines.class.getName(),
                channel,
                Integer.toString(LINES))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();

    System.out.println(said.strip());
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).contains(channel + ": " + LINES + " lines taken");
  }
}
