package dev.durablecheckout.sandbox.faults;

import com.google.common.collect.ImmutableList;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultPlan;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import java.time.Duration;

/** What channels and networks do on a bad day, to every call and every notify. */
public final class Weather {
  private static final Duration BRIEF = Duration.ofMillis(500);
  private static final ImmutableList<FaultRule> BAD =
      ImmutableList.of(
          FaultRule.always(Fault.NOTIFY_DROP, 0.3),
          FaultRule.always(Fault.NOTIFY_DUPLICATE, 0.4),
          FaultRule.always(Fault.NOTIFY_DELAY, 0.3).lasting(Duration.ofSeconds(4)),
          FaultRule.always(Fault.API_SYSTEM_ERROR_WITH_EFFECT, 0.03),
          FaultRule.always(Fault.API_TIMEOUT_WITH_EFFECT, 0.03).lasting(BRIEF),
          FaultRule.always(Fault.API_TIMEOUT_WITHOUT_EFFECT, 0.03).lasting(BRIEF),
          FaultRule.always(Fault.API_BAD_SIGNATURE, 0.02),
          FaultRule.always(Fault.API_HTML_502, 0.03));

  private Weather() {}

  /** From now on, until the plan is cleared. */
  public static void turnsBad(FaultPlan faults) {
    BAD.forEach(faults::add);
  }
}
