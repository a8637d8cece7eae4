package dev.durablecheckout.activities.channel;

/**
 * What a channel is told about a notify, in its own words.
 *
 * @param takenStatus the HTTP status for one that is durable: it is never sent again
 * @param taken the body for one that is durable
 * @param refused the body for any other; the HTTP status says why
 */
public record NotifyReply(String mediaType, int takenStatus, String taken, String refused) {}
