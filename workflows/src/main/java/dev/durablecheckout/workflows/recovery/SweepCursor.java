package dev.durablecheckout.workflows.recovery;

/**
 * A place in the open work: everything of the kinds before, and of this kind up to the key, has
 * been looked at.
 *
 * @param after a business key; empty for the beginning of the kind
 */
public record SweepCursor(String kind, String after) {}
