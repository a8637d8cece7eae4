package dev.durablecheckout.activities.http;

import java.time.Duration;

/**
 * What a download may cost. The time that its reader takes for itself does not count: a reader that
 * writes to a database is as slow as that.
 *
 * @param silence how long nothing may come, the headers included
 * @param waiting how long it may be waited for bytes altogether, so that a server that sends one
 *     now and then ends as well
 * @param bytes of the body, as it is sent
 */
public record DownloadLimits(Duration silence, Duration waiting, long bytes) {}
