package dev.durablecheckout.activities.ledger;

import java.time.Instant;

/**
 * A posting in the ledger.
 *
 * @param id for whoever refers to it
 * @param at when it was first posted
 * @param isNew whether it was not there before this call
 */
public record Posted(long id, Instant at, boolean isNew) {}
