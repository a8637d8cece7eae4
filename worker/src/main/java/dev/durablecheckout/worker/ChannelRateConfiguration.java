package dev.durablecheckout.worker;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * How much is asked of a channel.
 *
 * @param callsPerSecond by all the workers together, of all merchants; no limit if absent
 * @param callsAtOnce by this worker; 200 if absent
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ChannelRateConfiguration(
    @Nullable Double callsPerSecond, @Nullable Integer callsAtOnce) {
  public ChannelRateConfiguration {
    checkArgument(callsPerSecond == null || callsPerSecond > 0, "calls_per_second is above 0");
    checkArgument(callsAtOnce == null || callsAtOnce > 0, "calls_at_once is above 0");
  }
}
