package dev.durablecheckout.api.checkout;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a checkout may be.
 *
 * @param minimumAmountFen default 1
 * @param maximumAmountFen default and at most 10,000,000,000: Alipay's limit of 100 million yuan
 * @param defaultExpiresIn until the deadline where the request does not say, default 30 min
 * @param minimumExpiresIn default 2 min; see {@link PolicyConfiguration} for what it must leave
 *     room for
 * @param maximumExpiresIn default 24 h
 */
public record Limits(
    long minimumAmountFen,
    long maximumAmountFen,
    Duration defaultExpiresIn,
    Duration minimumExpiresIn,
    Duration maximumExpiresIn) {
  private static final long ALIPAY_MAXIMUM_FEN = 10_000_000_000L;

  /** Every default. */
  public static final Limits DEFAULT = read(null, null, null, null, null);

  public Limits {
    checkArgument(
        1 <= minimumAmountFen
            && minimumAmountFen <= maximumAmountFen
            && maximumAmountFen <= ALIPAY_MAXIMUM_FEN,
        "limits want 1 <= minimum_amount_fen <= maximum_amount_fen <= %s",
        ALIPAY_MAXIMUM_FEN);
    checkArgument(
        minimumExpiresIn.toSeconds() >= 1
            && minimumExpiresIn.compareTo(defaultExpiresIn) <= 0
            && defaultExpiresIn.compareTo(maximumExpiresIn) <= 0,
        "limits want 1 s <= minimum_expires_in <= default_expires_in <= maximum_expires_in");
  }

  /** Fills in the defaults of what is absent. */
  @JsonCreator
  static Limits read(
      @JsonProperty("minimum_amount_fen") @Nullable Long minimumAmountFen,
      @JsonProperty("maximum_amount_fen") @Nullable Long maximumAmountFen,
      @JsonProperty("default_expires_in") @Nullable Duration defaultExpiresIn,
      @JsonProperty("minimum_expires_in") @Nullable Duration minimumExpiresIn,
      @JsonProperty("maximum_expires_in") @Nullable Duration maximumExpiresIn) {
    return new Limits(
        minimumAmountFen == null ? 1 : minimumAmountFen,
        maximumAmountFen == null ? ALIPAY_MAXIMUM_FEN : maximumAmountFen,
        defaultExpiresIn == null ? Duration.ofMinutes(30) : defaultExpiresIn,
        minimumExpiresIn == null ? Duration.ofMinutes(2) : minimumExpiresIn,
        maximumExpiresIn == null ? Duration.ofHours(24) : maximumExpiresIn);
  }
}
