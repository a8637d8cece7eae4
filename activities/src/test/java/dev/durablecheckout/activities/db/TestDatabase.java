package dev.durablecheckout.activities.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/**
 * A real PostgreSQL for tests: one server for the JVM, a fresh and migrated database for each use.
 */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final EmbeddedPostgres SERVER = start();

  private final DatabaseConfiguration configuration;
  private final Database database;

  private TestDatabase(DatabaseConfiguration configuration) {
    this.configuration = configuration;
    this.database = Database.open(configuration);
  }

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static TestDatabase create() {
    TestDatabase database = empty();
    SchemaMigration.migrate(database.configuration);
    return database;
  }

  /** As an installation has it that was migrated to this version and no further. */
  public static TestDatabase createAt(String version) {
    TestDatabase database = empty();
    Flyway.configure().dataSource(database.dataSource()).target(version).load().migrate();
    return database;
  }

  private static TestDatabase empty() {
    String name = "books_" + NUMBER.incrementAndGet();
    Jdbi.create(SERVER.getPostgresDatabase())
        .useHandle(handle -> handle.execute("create database " + name));
    DatabaseConfiguration configuration =
        new DatabaseConfiguration(
            "jdbc:postgresql://127.0.0.1:" + SERVER.getPort() + "/" + name, "postgres", null, 20);
    return new TestDatabase(configuration);
  }

  public DatabaseConfiguration configuration() {
    return configuration;
  }

  public DataSource dataSource() {
    return database.dataSource();
  }

  public Jdbi jdbi() {
    return database.jdbi();
  }

  @Override
  public void close() {
    database.close();
  }
}
