package dev.durablecheckout.api.checkout;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.durablecheckout.workflows.checkout.CheckoutPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@link CheckoutPolicy} as it is configured: what is absent has the policy's default. */
public record PolicyConfiguration(CheckoutPolicy policy) {
  public static final PolicyConfiguration DEFAULT = new PolicyConfiguration(CheckoutPolicy.DEFAULT);

  @JsonCreator
  static PolicyConfiguration read(
      @JsonProperty("expiry_margin") @Nullable Duration expiryMargin,
      @JsonProperty("late_grace") @Nullable Duration lateGrace,
      @JsonProperty("minimum_pay_window") @Nullable Duration minimumPayWindow) {
    CheckoutPolicy usual = CheckoutPolicy.DEFAULT;
    return new PolicyConfiguration(
        new CheckoutPolicy(
            notNegative(expiryMargin == null ? usual.expiryMargin() : expiryMargin),
            notNegative(lateGrace == null ? usual.lateGrace() : lateGrace),
            notNegative(minimumPayWindow == null ? usual.minimumPayWindow() : minimumPayWindow)));
  }

  /** Whether a checkout as short as this can be paid at all. */
  public boolean leavesRoomIn(Duration expiresIn) {
    return policy.expiryMargin().plus(policy.minimumPayWindow()).compareTo(expiresIn) <= 0;
  }

  private static Duration notNegative(Duration duration) {
    checkArgument(!duration.isNegative(), "a time of the policy is negative");
    return duration;
  }
}
