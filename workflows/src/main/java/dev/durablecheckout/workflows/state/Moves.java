package dev.durablecheckout.workflows.state;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import java.util.Map;

/**
 * The allowed moves between the states of one enum. Workflow code, the compare-and-set in SQL and
 * the drawn diagrams all read this table, so a move that is not in it cannot happen anywhere.
 */
public final class Moves<S extends Enum<S>> {
  private final S initial;
  private final ImmutableSetMultimap<S, S> targets;

  private Moves(S initial, ImmutableSetMultimap<S, S> targets) {
    this.initial = initial;
    this.targets = targets;
  }

  @SafeVarargs
  public static <S extends Enum<S>> Moves<S> startingAt(S initial, Map.Entry<S, S>... moves) {
    ImmutableSetMultimap.Builder<S, S> targets = ImmutableSetMultimap.builder();
    for (Map.Entry<S, S> move : moves) {
      targets.put(move);
    }
    return new Moves<>(initial, targets.build());
  }

  public S initial() {
    return initial;
  }

  public boolean allows(S from, S to) {
    return targets.containsEntry(from, to);
  }

  /**
   * The states that may move to {@code to}: the {@code where status = any(...)} of a
   * compare-and-set.
   */
  public ImmutableSet<S> into(S to) {
    return targets.inverse().get(to);
  }

  /** The states that {@code from} may move to; empty for a final state. */
  public ImmutableSet<S> outOf(S from) {
    return targets.get(from);
  }
}
