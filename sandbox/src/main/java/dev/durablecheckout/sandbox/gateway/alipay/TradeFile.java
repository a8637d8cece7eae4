package dev.durablecheckout.sandbox.gateway.alipay;

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

/**
 * The trades on disk: one JSON line per change, the last line of a trade is how it is. A line that
 * a crash cut short at the end of the file is left out.
 */
final class TradeFile implements AutoCloseable {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final BufferedWriter writer;
  private final List<Trade> trades;

  private TradeFile(BufferedWriter writer, List<Trade> trades) {
    this.writer = writer;
    this.trades = trades;
  }

  /** Reads the file, if there is one, and rewrites it with one line per trade. */
  static TradeFile open(Path file) throws IOException {
    Collection<Trade> trades = Files.exists(file) ? read(file) : List.of();
    Path draft = file.resolveSibling(file.getFileName() + ".tmp");
    BufferedWriter writer = Files.newBufferedWriter(draft, StandardCharsets.UTF_8);
    try (writer) {
      for (Trade trade : trades) {
        writer.write(line(trade));
      }
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return new TradeFile(
        Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND),
        List.copyOf(trades));
  }

  /** The trades as they were when the file was opened, in the order they came. */
  List<Trade> trades() {
    return trades;
  }

  void append(Trade trade) {
    try {
      writer.write(line(trade));
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the trades", e);
    }
  }

  private static Collection<Trade> read(Path file) throws IOException {
    Map<String, Trade> byCode = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    for (int i = 0; i < lines.size(); i++) {
      try {
        Trade trade = JSON.readValue(lines.get(i), Trade.class);
        byCode.put(trade.code(), trade);
      } catch (JsonProcessingException e) {
        if (i < lines.size() - 1) {
          throw new IOException(file.getFileName() + ", line " + (i + 1) + " is damaged", e);
        }
      }
    }
    return byCode.values();
  }

  private static String line(Trade trade) throws JsonProcessingException {
    return JSON.writeValueAsString(trade) + "\n";
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
