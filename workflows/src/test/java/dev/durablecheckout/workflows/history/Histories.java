package dev.durablecheckout.workflows.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** A folder of histories as they were recorded. What is there is never written again. */
public final class Histories {
  private static final String ENDING = ".json";

  private final Path directory;

  /**
   * @param folder below histories; empty for those of checkouts, which came first
   */
  public Histories(String folder) {
    directory =
        Path.of(System.getProperty("project.root"), "workflows/src/test/resources/histories")
            .resolve(folder);
  }

  public List<Path> all() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path of(String name) {
    return directory.resolve(name + ENDING);
  }

  public boolean has(String name) {
    return Files.exists(of(name));
  }

  /** Whether there is one of each path. */
  public void assertHasAll(Collection<String> names) {
    assertThat(all()).containsAll(names.stream().map(this::of).toList());
  }

  /** Writes the history of a workflow down, unless there is one of that name. */
  public void keep(String name, TestWorkflowEnvironment temporal, String workflowId) {
    if (!has(name)) {
      try {
        Files.createDirectories(directory);
        Files.writeString(
            of(name), temporal.getWorkflowClient().fetchHistory(workflowId).toJson(true));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
