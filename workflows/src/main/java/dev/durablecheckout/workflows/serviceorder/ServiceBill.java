package dev.durablecheckout.workflows.serviceorder;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.google.common.collect.ImmutableList;
import dev.durablecheckout.workflows.money.Money;
import java.util.List;

/** What a service costs: the sum of its fees less the sum of its discounts, never below zero. */
public record ServiceBill(List<ServiceFee> fees, List<ServiceFee> discounts) {
  public ServiceBill {
    fees = ImmutableList.copyOf(fees);
    discounts = ImmutableList.copyOf(discounts);
  }

  /**
   * What is collected.
   *
   * @throws IllegalArgumentException if the discounts are more than the fees
   */
  @JsonIgnore
  public Money total() {
    return sum(fees).minus(sum(discounts));
  }

  private static Money sum(List<ServiceFee> fees) {
    return fees.stream().map(ServiceFee::amount).reduce(Money.ZERO, Money::plus);
  }
}
