package dev.durablecheckout.activities.http;

import java.util.Map;

/**
 * What the other side answered.
 *
 * @param body decoded by the charset of its content type, UTF-8 if it names none
 * @param truncated whether the body went on beyond the limit; {@code body} is its beginning then
 * @param headers names in lower case, the first value of each
 */
public record HttpAnswer(int status, String body, boolean truncated, Map<String, String> headers) {}
