package dev.durablecheckout.sandbox.stack;

import dev.durablecheckout.activities.db.DatabaseConfiguration;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to start everything.
 *
 * @param data where keys, databases, configuration files and logs are kept
 * @param temporal a server of yours, {@code host:port}; absent to start one
 * @param inProcessTemporal use the server in this JVM even where a {@code temporal} binary is at
 *     hand
 * @param database one of yours, migrated at the start; absent to start one
 * @param fixedPorts the usual ports where they are free, else any
 * @param notifyScheduleFactor multiplies the pauses of the simulated channel's notifies
 */
public record StackOptions(
    Path data,
    @Nullable String temporal,
    boolean inProcessTemporal,
    @Nullable DatabaseConfiguration database,
    boolean fixedPorts,
    double notifyScheduleFactor) {
  /** Everything of its own, on free ports, with hasty notifies: for tests. */
  public static StackOptions forTests(Path data) {
    return new StackOptions(data, null, true, null, false, 1.0 / 240);
  }

  public StackOptions withDevServer() {
    return new StackOptions(data, temporal, false, database, fixedPorts, notifyScheduleFactor);
  }
}
