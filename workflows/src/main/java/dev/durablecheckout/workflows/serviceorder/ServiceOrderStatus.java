package dev.durablecheckout.workflows.serviceorder;

import static java.util.Map.entry;

import com.google.common.collect.ImmutableList;
import dev.durablecheckout.workflows.state.Moves;

/** Where a service order stands. */
public enum ServiceOrderStatus {
  /** The buyer has not confirmed it. */
  CREATED,
  /** The service is being rendered; nothing is owed yet. */
  CONFIRMED,
  /** The service has ended; WeChat collects what it costs, and tries again until it is paid. */
  COMPLETED,
  /** Collected, or there was nothing to collect. Final. */
  SETTLED,
  /** Given up by the merchant before the service ended. Final. */
  CANCELLED,
  /** The buyer did not confirm it in time. Final. */
  EXPIRED,
  /** WeChat did not take it. Final. */
  REFUSED;

  public static final Moves<ServiceOrderStatus> MOVES =
      Moves.startingAt(
          CREATED,
          entry(CREATED, CONFIRMED),
          entry(CREATED, CANCELLED),
          entry(CREATED, EXPIRED),
          entry(CREATED, REFUSED),
          entry(CONFIRMED, COMPLETED),
          entry(CONFIRMED, CANCELLED),
          entry(COMPLETED, SETTLED));

  private static final ImmutableList<ServiceOrderStatus> COURSE =
      ImmutableList.of(CREATED, CONFIRMED, COMPLETED, SETTLED);

  public boolean isFinal() {
    return MOVES.outOf(this).isEmpty();
  }

  /**
   * The moves that lead there: several, if news of those between was lost; none, if it is where the
   * order stands, or behind, or cannot be.
   */
  ImmutableList<ServiceOrderStatus> pathTo(ServiceOrderStatus target) {
    int from = COURSE.indexOf(this);
    int to = COURSE.indexOf(target);
    if (from >= 0 && to > from) {
      return COURSE.subList(from + 1, to + 1);
    }
    return MOVES.allows(this, target) ? ImmutableList.of(target) : ImmutableList.of();
  }
}
