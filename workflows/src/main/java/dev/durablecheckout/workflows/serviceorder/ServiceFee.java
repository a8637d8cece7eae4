package dev.durablecheckout.workflows.serviceorder;

import dev.durablecheckout.workflows.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * One line of a bill, or one discount on it.
 *
 * @param name at most 20 characters
 * @param amount of the line, whatever its count
 * @param description at most 30 characters
 * @param count 1 to 100, shown to the buyer; absent for a discount
 */
public record ServiceFee(
    String name, Money amount, @Nullable String description, @Nullable Integer count) {}
