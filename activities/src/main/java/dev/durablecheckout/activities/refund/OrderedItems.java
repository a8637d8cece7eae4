package dev.durablecheckout.activities.refund;

import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.Item;
import dev.durablecheckout.workflows.refund.RefundItem;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** The items of one order, as far as some of them are given back. */
public record OrderedItems(List<Item> items) {
  public OrderedItems {
    items = List.copyOf(items);
  }

  /** How many of an article were bought; an order may have it on several lines. */
  public long quantity(String sku) {
    return items.stream().filter(item -> item.sku().equals(sku)).mapToLong(Item::quantity).sum();
  }

  /**
   * What these were bought for; empty if the order does not have one of them, or has it at several
   * prices, so that the merchant must say the amount.
   */
  public Optional<Money> price(List<RefundItem> asked) {
    boolean clear =
        asked.stream()
            .allMatch(
                one ->
                    items.stream()
                            .filter(item -> item.sku().equals(one.sku()))
                            .map(Item::unitPrice)
                            .distinct()
                            .count()
                        == 1);
    return clear ? Optional.of(highestPrice(asked)) : Optional.empty();
  }

  /** The most that these can have cost. */
  Money highestPrice(List<RefundItem> asked) {
    return asked.stream()
        .map(one -> highestUnitPrice(one.sku()).times(one.quantity()))
        .reduce(Money.ZERO, Money::plus);
  }

  private Money highestUnitPrice(String sku) {
    return items.stream()
        .filter(item -> item.sku().equals(sku))
        .map(Item::unitPrice)
        .reduce(Money.ZERO, BinaryOperator.maxBy(Money::compareTo));
  }
}
