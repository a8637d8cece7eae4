package dev.durablecheckout.api.error;

import com.google.common.base.Throwables;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;

/** Tells a database that is away, or has no room right now, from a mistake in what we ask it. */
public final class BooksTrouble {
  private BooksTrouble() {}

  /** Whether the same question may well be answered later. */
  public static boolean isTemporary(JdbiException e) {
    return Throwables.getCausalChain(e).stream()
        .anyMatch(
            cause ->
                cause instanceof ConnectionException
                    || cause instanceof SQLTransientException
                    || (cause instanceof SQLException sql && isTemporary(sql.getSQLState())));
  }

  /** PostgreSQL's classes: connection, insufficient resources, operator intervention, system. */
  private static boolean isTemporary(String sqlState) {
    return sqlState != null
        && (sqlState.startsWith("08")
            || sqlState.startsWith("53")
            || sqlState.startsWith("57")
            || sqlState.startsWith("58"));
  }
}
