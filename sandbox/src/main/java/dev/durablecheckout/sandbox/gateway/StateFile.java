package dev.durablecheckout.sandbox.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A gateway's state on disk: one JSON line per change, the last line of a thing is how it is. A
 * line that a crash cut short at the end of the file is left out.
 */
public final class StateFile<T> implements AutoCloseable {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final BufferedWriter writer;
  private final List<T> things;

  private StateFile(BufferedWriter writer, List<T> things) {
    this.writer = writer;
    this.things = things;
  }

  /**
   * Reads the file, if there is one, and rewrites it with one line per thing.
   *
   * @param name tells one thing from another
   */
  public static <T> StateFile<T> open(Path file, Class<T> type, Function<T, String> name)
      throws IOException {
    Collection<T> things = Files.exists(file) ? read(file, type, name) : List.of();
    Path draft = file.resolveSibling(file.getFileName() + ".tmp");
    BufferedWriter writer = Files.newBufferedWriter(draft, StandardCharsets.UTF_8);
    try (writer) {
      for (T thing : things) {
        writer.write(line(thing));
      }
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return new StateFile<>(
        Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND),
        List.copyOf(things));
  }

  /** The things as they were when the file was opened, in the order they came. */
  public List<T> things() {
    return things;
  }

  public void append(T thing) {
    try {
      writer.write(line(thing));
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the state", e);
    }
  }

  private static <T> Collection<T> read(Path file, Class<T> type, Function<T, String> name)
      throws IOException {
    Map<String, T> byName = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    for (int i = 0; i < lines.size(); i++) {
      try {
        T thing = JSON.readValue(lines.get(i), type);
        byName.put(name.apply(thing), thing);
      } catch (JsonProcessingException e) {
        if (i < lines.size() - 1) {
          throw new IOException(file.getFileName() + ", line " + (i + 1) + " is damaged", e);
        }
      }
    }
    return byName.values();
  }

  private static <T> String line(T thing) throws JsonProcessingException {
    return JSON.writeValueAsString(thing) + "\n";
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
