package dev.durablecheckout.activities.db;

import org.flywaydb.core.Flyway;

/** Brings the schema up to date; run by the {@code migrate} command, not by starting processes. */
public final class SchemaMigration {
  private SchemaMigration() {}

  /**
   * Applies what is missing, by a connection without the pool's statement timeout.
   *
   * @return how many migrations were applied
   */
  public static int migrate(DatabaseConfiguration configuration) {
    return Flyway.configure()
        .dataSource(
            configuration.url(),
            configuration.user(),
            configuration.password() == null ? null : configuration.password().reveal())
        .load()
        .migrate()
        .migrationsExecuted;
  }
}
