package dev.durablecheckout.sandbox.faults;

/**
 * What was meant by a checkout, from those who played it: nothing here comes from the books.
 *
 * @param amountFen what it was over
 * @param keptFen what the shop has to hold of it when all is done
 * @param walletFen what its buyer, who has no other checkouts, has to have in the wallet then
 */
public record Played(String checkoutId, Plan plan, long amountFen, long keptFen, long walletFen) {}
