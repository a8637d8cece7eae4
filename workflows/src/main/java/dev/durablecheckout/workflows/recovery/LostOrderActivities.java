package dev.durablecheckout.workflows.recovery;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Compares the books with what Temporal runs. Everything here may run twice, also at once. */
@ActivityInterface(namePrefix = "LostOrders")
public interface LostOrderActivities {
  /**
   * Looks at one page of what the books hold open, and starts the workflows that are not running.
   *
   * @param olderThan what is younger is left alone
   * @param cursor where to go on; absent to begin
   */
  @ActivityMethod
  SweptPage sweepPage(Duration olderThan, @Nullable SweepCursor cursor);

  /**
   * The reverse: looks at workflows that Temporal runs for longer than that, and sends those back
   * to the books whose work is done there.
   */
  @ActivityMethod
  SweepReport lookForLingering(Duration olderThan);
}
