package dev.durablecheckout.sandbox.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The API or the worker as a process of its own, as an operator starts it, with its log in a file.
 */
final class ServiceProcess implements AutoCloseable {
  private final Class<?> main;
  private final Path yaml;
  private final Path log;
  private @Nullable Process process;
  private int kills;

  ServiceProcess(Class<?> main, Path yaml, Path log) {
    this.main = main;
    this.yaml = yaml;
    this.log = log;
  }

  /** Starts it; returns before it serves. */
  void start() throws IOException {
    process = JavaProcess.start(main, log, "server", yaml.toString());
  }

  /** Runs one of its other commands to the end and returns the exit code. */
  int run(String command, String... options) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(command, yaml.toString()));
    arguments.addAll(List.of(options));
    Process once = JavaProcess.start(main, log, arguments.toArray(String[]::new));
    if (!once.waitFor(60, TimeUnit.SECONDS)) {
      once.destroyForcibly();
      throw new IllegalStateException(command + " does not end; see " + log);
    }
    return once.exitValue();
  }

  /** SIGKILL: no shutdown hook, no drain, no goodbye. */
  void kill() throws InterruptedException {
    if (process == null || !process.isAlive()) {
      throw new IllegalStateException(main.getSimpleName() + " died by itself; see " + log);
    }
    process.destroyForcibly().waitFor();
    kills++;
  }

  int kills() {
    return kills;
  }

  /** SIGTERM, as an orchestrator does it; returns the exit code. */
  int stop() throws InterruptedException {
    if (process == null) {
      throw new IllegalStateException("not started");
    }
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException(main.getSimpleName() + " does not stop; see " + log);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
