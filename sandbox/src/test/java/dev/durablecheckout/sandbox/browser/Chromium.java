package dev.durablecheckout.sandbox.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A headless Chromium, driven through its DevTools protocol: no driver binary, no download. Its
 * profile is a directory that the test throws away.
 */
final class Chromium implements AutoCloseable {
  private static final String WANTED =
      "needs chromium on the PATH (Debian: apt-get install chromium fonts-noto-cjk)";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;

  private Chromium(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one. Where there is none the test is skipped; where nothing may be skipped
   * (CHECKOUT_REQUIRE_TOOLS=true) it fails.
   */
  static Chromium start(Path profile) throws IOException, InterruptedException {
    Optional<Path> binary = binary();
    if (Boolean.parseBoolean(System.getenv("CHECKOUT_REQUIRE_TOOLS"))) {
      assertThat(binary).as(WANTED).isPresent();
    }
    assumeTrue(binary.isPresent(), WANTED);
    Process process =
        new ProcessBuilder(
                binary.orElseThrow().toString(),
                "--headless",
                // Root, as in most containers, gets no sandbox; the pages are our own.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolveSibling(profile.getFileName() + ".log").toFile())
            .start();
    Path portFile = profile.resolve("DevToolsActivePort");
    for (int i = 0; i < 300 && process.isAlive(); i++) {
      if (Files.exists(portFile) && !Files.readString(portFile).isBlank()) {
        return new Chromium(process, Integer.parseInt(Files.readAllLines(portFile).get(0)));
      }
      Thread.sleep(100);
    }
    process.destroyForcibly();
    throw new IOException("chromium does not start");
  }

  private static Optional<Path> binary() {
    List<String> names = List.of("chromium", "chromium-browser", "google-chrome");
    return Stream.of(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
        .flatMap(directory -> names.stream().map(name -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A tab with the size of a phone or of a desk's screen, in CSS pixels. */
  Page page(int width, int height, double scale) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    String socket = JSON.readTree(answer.body()).get("webSocketDebuggerUrl").asText();
    Page page = new Page(http, URI.create(socket));
    page.size(width, height, scale);
    return page;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
