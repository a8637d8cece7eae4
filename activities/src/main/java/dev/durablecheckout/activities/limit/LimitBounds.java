package dev.durablecheckout.activities.limit;

import static com.google.common.base.Preconditions.checkArgument;

import org.jspecify.annotations.Nullable;

/** What limits in a configuration have to be like. */
public final class LimitBounds {
  private LimitBounds() {}

  /**
   * @throws IllegalArgumentException naming what is wrong; what is absent is not limited
   */
  public static void check(
      @Nullable Long minimumFen, @Nullable Long maximumFen, @Nullable Long dailyBuyerFen) {
    checkArgument(
        isAbsentOrPositive(minimumFen)
            && isAbsentOrPositive(maximumFen)
            && isAbsentOrPositive(dailyBuyerFen),
        "a limit is more than 0 fen");
    checkArgument(
        minimumFen == null || maximumFen == null || minimumFen <= maximumFen,
        "minimum_fen is above maximum_fen");
  }

  private static boolean isAbsentOrPositive(@Nullable Long fen) {
    return fen == null || fen > 0;
  }
}
