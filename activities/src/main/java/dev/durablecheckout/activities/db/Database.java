package dev.durablecheckout.activities.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * The connection pool of one process. It connects lazily, so a process starts while the database is
 * down.
 */
public final class Database implements AutoCloseable {
  private static final int DEFAULT_POOL_SIZE = 10;
  private static final long CONNECT_MS = 3_000;
  private static final String CONNECT_S = "3";
  private static final String SOCKET_S = "660";

  /** A lock or a statement that takes this long is a fault; the caller retries. */
  private static final String SESSION =
      "set lock_timeout = '3s'; set statement_timeout = '5s'; set time zone 'UTC'";

  private final HikariDataSource dataSource;
  private final Jdbi jdbi;

  private Database(HikariDataSource dataSource) {
    this.dataSource = dataSource;
    this.jdbi = Jdbi.create(dataSource);
  }

  public static Database open(DatabaseConfiguration configuration) {
    HikariConfig hikari = new HikariConfig();
    hikari.setJdbcUrl(configuration.url());
    hikari.setUsername(configuration.user());
    if (configuration.password() != null) {
      hikari.setPassword(configuration.password().reveal());
    }
    Integer size = configuration.maxPoolSize();
    hikari.setMaximumPoolSize(size == null ? DEFAULT_POOL_SIZE : size);
    hikari.setConnectionTimeout(CONNECT_MS);
    // A server that is cut off without a word answers no statement_timeout: the socket's is the
    // last resort.
    hikari.addDataSourceProperty("connectTimeout", CONNECT_S);
    hikari.addDataSourceProperty("socketTimeout", SOCKET_S);
    hikari.setInitializationFailTimeout(-1);
    hikari.setConnectionInitSql(SESSION);
    hikari.setPoolName("books");
    return new Database(new HikariDataSource(hikari));
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  public DataSource dataSource() {
    return dataSource;
  }

  @Override
  public void close() {
    dataSource.close();
  }
}
