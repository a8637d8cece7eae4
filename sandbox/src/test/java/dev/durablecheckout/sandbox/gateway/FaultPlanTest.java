package dev.durablecheckout.sandbox.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final String QUERY = "alipay.trade.query";

  private final FaultPlan plan = new FaultPlan(new Random(7));

  private boolean strikes(String outTradeNo, String call) {
    return plan.strike(Fault.Kind.API, outTradeNo, call).isPresent();
  }

  @Test
  void strikesOnlyWhereAndAsOftenAsItShould() {
    plan.add(FaultRule.once(Fault.API_HTML_502).on("P1").atMethod(QUERY).times(2));

    assertThat(strikes("P2", QUERY)).isFalse();
    assertThat(strikes("P1", "alipay.trade.close")).isFalse();
    assertThat(plan.strike(Fault.Kind.NOTIFY, "P1", QUERY)).isEmpty();
    assertThat(strikes("P1", QUERY)).isTrue();
    assertThat(strikes("P1", QUERY)).isTrue();
    assertThat(strikes("P1", QUERY)).isFalse();
    assertThat(plan.strikes()).containsExactly(java.util.Map.entry(Fault.API_HTML_502, 2));
    assertThat(plan.rules()).isEmpty();
  }

  @Test
  void keepsARuleForTheNextTradeUntilThereIsOne() {
    plan.tradeSeen("P1");
    plan.addForNextTrade(FaultRule.once(Fault.API_HTML_502));

    plan.tradeSeen("P1");
    assertThat(strikes("P1", QUERY)).isFalse();
    plan.tradeSeen("P2");
    plan.tradeSeen("P3");
    assertThat(strikes("P3", QUERY)).isFalse();
    assertThat(strikes("P2", QUERY)).isTrue();
  }

  @Test
  void strikesTheSameForTheSameSeed() {
    plan.add(FaultRule.always(Fault.API_HTML_502, 0.3));
    FaultPlan again = new FaultPlan(new Random(7));
    again.add(FaultRule.always(Fault.API_HTML_502, 0.3));

    boolean[] first = new boolean[1000];
    IntStream.range(0, 1000).forEach(i -> first[i] = strikes("P" + i, QUERY));

    assertThat(plan.strikes().get(Fault.API_HTML_502)).isBetween(200, 400);
    for (int i = 0; i < first.length; i++) {
      assertThat(again.strike(Fault.Kind.API, "P" + i, QUERY).isPresent()).isEqualTo(first[i]);
    }
  }
}
