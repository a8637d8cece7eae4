package dev.durablecheckout.sandbox.gateway;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Which faults a simulated channel is to show. Rules are tried in the order they were added; the
 * first that matches, and whose die falls, strikes. With the same seed and the same calls the same
 * faults strike.
 */
public final class FaultPlan {
  private final Random random;
  private final List<Armed> rules = new ArrayList<>();
  private final List<FaultRule> forNextTrade = new ArrayList<>();
  private final Set<String> seenTrades = new HashSet<>();
  private final Map<Fault, Integer> strikes = new EnumMap<>(Fault.class);

  public FaultPlan(Random random) {
    this.random = random;
  }

  public synchronized void add(FaultRule rule) {
    rules.add(new Armed(rule));
  }

  /** The rule is for the next trade that is created, whatever its number will be. */
  public synchronized void addForNextTrade(FaultRule rule) {
    forNextTrade.add(rule);
  }

  /** Forgets all rules; what has struck stays counted. */
  public synchronized void clear() {
    rules.clear();
    forNextTrade.clear();
  }

  /** The rules that can still strike. */
  public synchronized List<FaultRule> rules() {
    return rules.stream().map(armed -> armed.rule.times(armed.left)).toList();
  }

  /** How often each fault has struck. */
  public synchronized Map<Fault, Integer> strikes() {
    return Map.copyOf(strikes);
  }

  /** Tells the plan that this trade is about to be created. */
  public synchronized void tradeSeen(String outTradeNo) {
    if (seenTrades.add(outTradeNo)) {
      forNextTrade.forEach(rule -> add(rule.on(outTradeNo)));
      forNextTrade.clear();
    }
  }

  /**
   * The fault to show now, if any; it is used up.
   *
   * @param call the API method, or the type of the notify
   */
  public synchronized Optional<FaultRule> strike(Fault.Kind kind, String outTradeNo, String call) {
    for (Iterator<Armed> each = rules.iterator(); each.hasNext(); ) {
      Armed armed = each.next();
      if (armed.rule.matches(kind, outTradeNo, call) && falls(armed.rule.probability())) {
        armed.left--;
        if (armed.left == 0) {
          each.remove();
        }
        strikes.merge(armed.rule.fault(), 1, Integer::sum);
        return Optional.of(armed.rule);
      }
    }
    return Optional.empty();
  }

  private boolean falls(double probability) {
    return probability >= 1 || random.nextDouble() < probability;
  }

  private static final class Armed {
    private final FaultRule rule;
    private int left;

    Armed(FaultRule rule) {
      this.rule = rule;
      this.left = rule.times();
    }
  }
}
