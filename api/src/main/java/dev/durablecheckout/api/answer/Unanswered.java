package dev.durablecheckout.api.answer;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** The answer where nobody has answered in time: it may have been done, ask again. */
public final class Unanswered {
  /** When to ask again, also after a 503. */
  public static final String RETRY_SECONDS = "2";

  private Unanswered() {}

  /**
   * @param location where to ask
   */
  public static Response of(Object entity, URI location) {
    return Response.accepted(entity)
        .location(location)
        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
        .build();
  }
}
