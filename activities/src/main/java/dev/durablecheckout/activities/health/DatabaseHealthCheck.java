package dev.durablecheckout.activities.health;

import com.codahale.metrics.health.HealthCheck;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Whether the books answer. */
public final class DatabaseHealthCheck extends HealthCheck {
  private final Jdbi jdbi;

  public DatabaseHealthCheck(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  protected Result check() {
    try {
      jdbi.useHandle(handle -> handle.execute("select 1"));
      return Result.healthy();
    } catch (JdbiException e) {
      return Result.unhealthy("the books do not answer");
    }
  }
}
