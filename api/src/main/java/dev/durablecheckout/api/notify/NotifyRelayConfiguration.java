package dev.durablecheckout.api.notify;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often notifies that did not reach a workflow are brought to it.
 *
 * @param interval default 10 s
 * @param age how long the usual way has before the relay takes over, default 15 s
 * @param batch how many in one transaction, default 100
 */
public record NotifyRelayConfiguration(Duration interval, Duration age, int batch) {
  public static final NotifyRelayConfiguration DEFAULT = read(null, null, null);

  public NotifyRelayConfiguration {
    checkArgument(interval.toMillis() > 0, "notify_relay wants an interval above zero");
    checkArgument(!age.isNegative() && batch > 0, "notify_relay wants age >= 0 and batch > 0");
  }

  @JsonCreator
  static NotifyRelayConfiguration read(
      @JsonProperty("interval") @Nullable Duration interval,
      @JsonProperty("age") @Nullable Duration age,
      @JsonProperty("batch") @Nullable Integer batch) {
    return new NotifyRelayConfiguration(
        interval == null ? Duration.ofSeconds(10) : interval,
        age == null ? Duration.ofSeconds(15) : age,
        batch == null ? 100 : batch);
  }
}
