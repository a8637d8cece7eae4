package dev.durablecheckout.sandbox.faults;

/**
 * What was meant by a checkout, from those who played it: nothing here comes from the books.
 *
 * @param amountFen what it was over
 * @param keptFen what the shop has to hold of it when all is done
 */
public record Played(String checkoutId, Plan plan, long amountFen, long keptFen) {}
