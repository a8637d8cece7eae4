package dev.durablecheckout.sandbox.stack;

import com.google.common.base.Splitter;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real Temporal server with its UI: {@code temporal server start-dev} as a child process that
 * ends with this JVM, however that ends.
 */
public final class DevServer implements TemporalServer {
  private static final Duration START = Duration.ofSeconds(30);

  /**
   * Ends the server when its standard input ends, which the operating system sees to when this JVM
   * is killed.
   */
  private static final String UNTIL_STDIN_ENDS =
      "\"$@\" & p=$!; trap 'kill $p' TERM INT; cat >/dev/null; kill $p; wait $p";

  private static final String[] FASTER = {
    "history.transferProcessorMaxPollRPS=2000",
    "history.timerProcessorMaxPollRPS=2000",
    "history.visibilityProcessorMaxPollRPS=2000"
  };

  private final Process process;
  private final int port;
  private final int uiPort;

  private DevServer(Process process, int port, int uiPort) {
    this.process = process;
    this.port = port;
    this.uiPort = uiPort;
  }

  /**
   * The {@code temporal} binary: {@code TEMPORAL_CLI}, the PATH, or where {@code go install} puts
   * it.
   */
  public static Optional<Path> binary() {
    List<Path> places = new ArrayList<>();
    Optional.ofNullable(System.getenv("TEMPORAL_CLI")).map(Path::of).ifPresent(places::add);
    for (String directory :
        Splitter.on(File.pathSeparatorChar)
            .split(Optional.ofNullable(System.getenv("PATH")).orElse(""))) {
      places.add(Path.of(directory, "temporal"));
    }
    String home = System.getProperty("user.home");
    places.add(Path.of(home, ".local", "bin", "temporal"));
    places.add(Path.of(home, "go", "bin", "temporal"));
    return places.stream().filter(Files::isExecutable).findFirst();
  }

  /**
   * Starts it and waits until it serves.
   *
   * @param database where it keeps its state; it survives a restart
   * @param port wished for; another if it is taken
   * @param uiPort wished for; another if it is taken
   */
  public static DevServer start(Path binary, Path database, Path log, int port, int uiPort)
      throws IOException {
    int grpc = Ports.freeOr(port);
    int ui = Ports.freeOr(uiPort);
    List<String> command = new ArrayList<>(List.of("sh", "-c", UNTIL_STDIN_ENDS, "sh"));
    command.addAll(
        List.of(
            binary.toString(),
            "server",
            "start-dev",
            "--ip",
            "127.0.0.1",
            "--port",
            "" + grpc,
            "--ui-ip",
            "127.0.0.1",
            "--ui-port",
            "" + ui,
            "--log-level",
            "error",
            "--db-filename",
            database.toString(),
            "--sqlite-pragma",
            "journal_mode=WAL",
            "--sqlite-pragma",
            "synchronous=NORMAL"));
    for (String value : FASTER) {
      command.addAll(List.of("--dynamic-config-value", value));
    }
    SearchAttributeKeys.ALL.forEach(
        key ->
            command.addAll(
                List.of(
                    "--search-attribute", key.getName() + "=" + type(key.getValueType().name()))));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    DevServer server = new DevServer(process, grpc, ui);
    try {
      WorkflowServiceStubs stubs =
          WorkflowServiceStubs.newServiceStubs(
              WorkflowServiceStubsOptions.newBuilder().setTarget(server.target()).build());
      stubs.connect(START);
      stubs.shutdownNow();
    } catch (RuntimeException e) {
      server.close();
      throw new IOException("the Temporal server does not start; see " + log, e);
    }
    return server;
  }

  private static String type(String indexedValueType) {
    String name = indexedValueType.replace("INDEXED_VALUE_TYPE_", "");
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  @Override
  public String target() {
    return "127.0.0.1:" + port;
  }

  @Override
  public URI ui() {
    return URI.create("http://127.0.0.1:" + uiPort);
  }

  @Override
  public String description() {
    return "a dev server at " + target() + ", persistent, with its UI";
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
