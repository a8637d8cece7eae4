package dev.durablecheckout.workflows.recovery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One sweep, or the rest of one.
 *
 * @param olderThan what is younger is left alone: whoever began it is still at it
 * @param cursor where to go on; absent to begin
 * @param soFar what the sweep has done before this run of it; absent is nothing
 */
public record SweepRequest(
    Duration olderThan, @Nullable SweepCursor cursor, @Nullable SweepReport soFar) {
  public SweepRequest(Duration olderThan) {
    this(olderThan, null, null);
  }
}
