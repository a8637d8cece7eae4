package dev.durablecheckout.sandbox.gateway;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a fault strikes.
 *
 * @param outTradeNo the trade it is for; absent for every trade
 * @param method the API call it is for, as in {@code alipay.trade.refund}, or {@code refund} of
 *     WeChat Pay; absent for any
 * @param times how often it strikes, at most
 * @param probability from 0 to 1
 * @param delay how long a timeout or a delay lasts
 */
public record FaultRule(
    Fault fault,
    @Nullable String outTradeNo,
    @Nullable String method,
    int times,
    double probability,
    Duration delay) {
  /** Longer than a client's usual read timeout. */
  public static final Duration DEFAULT_DELAY = Duration.ofSeconds(15);

  public FaultRule {
    checkArgument(times > 0, "times %s", times);
    checkArgument(probability >= 0 && probability <= 1, "probability %s", probability);
    checkArgument(!delay.isNegative(), "delay %s", delay);
  }

  /** Once, at the first opportunity, for any trade. */
  public static FaultRule once(Fault fault) {
    return new FaultRule(fault, null, null, 1, 1, DEFAULT_DELAY);
  }

  /** For all trades, each time with this probability. */
  public static FaultRule always(Fault fault, double probability) {
    return new FaultRule(fault, null, null, Integer.MAX_VALUE, probability, DEFAULT_DELAY);
  }

  public FaultRule on(String newOutTradeNo) {
    return new FaultRule(fault, newOutTradeNo, method, times, probability, delay);
  }

  public FaultRule atMethod(String newMethod) {
    return new FaultRule(fault, outTradeNo, newMethod, times, probability, delay);
  }

  public FaultRule times(int newTimes) {
    return new FaultRule(fault, outTradeNo, method, newTimes, probability, delay);
  }

  public FaultRule lasting(Duration newDelay) {
    return new FaultRule(fault, outTradeNo, method, times, probability, newDelay);
  }

  boolean matches(Fault.Kind kind, String trade, String call) {
    return fault.kind() == kind
        && fault.canHit(call)
        && (outTradeNo == null || outTradeNo.equals(trade))
        && (method == null || method.equals(call));
  }
}
