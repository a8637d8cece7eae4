package dev.durablecheckout.sandbox.stack;

import dev.durablecheckout.activities.db.DatabaseConfiguration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL from the build's own dependencies, durable, bound to loopback; works for root and for
 * everybody else.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private final EmbeddedPostgres postgres;

  private EmbeddedDatabase(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * @param directory holds the data and the unpacked binaries; data that is there is kept
   */
  public static EmbeddedDatabase start(Path directory) throws IOException {
    Path data = directory.resolve("postgres");
    Files.createDirectories(data);
    // One port for each directory: a postmaster that outlived a killed JVM is taken over there.
    int port = remembered(directory.resolve("postgres.port"));
    return new EmbeddedDatabase(
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(directory.resolve("postgres-binaries").toFile())
            .setPort(port)
            // It stops when it is closed, after those that use it.
            .setRegisterShutdownHook(false)
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "100")
            .start());
  }

  private static int remembered(Path file) throws IOException {
    if (Files.exists(file)) {
      return Integer.parseInt(Files.readString(file).strip());
    }
    int port = Ports.freeOr(0);
    Files.writeString(file, "" + port);
    return port;
  }

  public DatabaseConfiguration configuration() {
    @Nullable Integer poolSize = null;
    return new DatabaseConfiguration(
        "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
        "postgres",
        null,
        poolSize);
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
