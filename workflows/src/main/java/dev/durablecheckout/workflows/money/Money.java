package dev.durablecheckout.workflows.money;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An amount of CNY in integer fen (1 yuan = 100 fen), zero or more. There is no fraction, no
 * floating point and no currency conversion; arithmetic that overflows throws.
 */
public record Money(@JsonValue long amountFen) implements Comparable<Money> {
  public static final Money ZERO = new Money(0);

  public Money {
    checkArgument(amountFen >= 0, "an amount is zero or more fen, not %s", amountFen);
  }

  @JsonCreator
  public static Money ofFen(long amountFen) {
    return new Money(amountFen);
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(amountFen, other.amountFen));
  }

  /** Subtracts; the result must not be below zero. */
  public Money minus(Money other) {
    return new Money(Math.subtractExact(amountFen, other.amountFen));
  }

  public Money times(long quantity) {
    return new Money(Math.multiplyExact(amountFen, quantity));
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(amountFen, other.amountFen);
  }

  @Override
  public String toString() {
    return amountFen + " fen";
  }
}
