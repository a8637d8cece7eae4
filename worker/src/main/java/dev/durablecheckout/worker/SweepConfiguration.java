package dev.durablecheckout.worker;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often lost orders are looked for.
 *
 * @param every 10 minutes if absent
 * @param olderThan what is younger is left alone; 5 minutes if absent
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SweepConfiguration(@Nullable Duration every, @Nullable Duration olderThan) {
  private static final Duration DEFAULT_EVERY = Duration.ofMinutes(10);
  private static final Duration DEFAULT_OLDER_THAN = Duration.ofMinutes(5);

  public SweepConfiguration {
    checkArgument(every == null || every.toSeconds() > 0, "every is a second or more");
    checkArgument(olderThan == null || !olderThan.isNegative(), "older_than is not negative");
  }

  Duration interval() {
    return every == null ? DEFAULT_EVERY : every;
  }

  Duration age() {
    return olderThan == null ? DEFAULT_OLDER_THAN : olderThan;
  }
}
