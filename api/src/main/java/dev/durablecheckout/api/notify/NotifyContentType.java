package dev.durablecheckout.api.notify;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/**
 * Notifies are read as raw bytes, whatever they call themselves: Alipay sends {@code
 * application/x-www-form-urlencoded; text/html; charset=utf-8}, which is not a media type, and
 * which JAX-RS would refuse.
 */
@PreMatching
public final class NotifyContentType implements ContainerRequestFilter {
  private static final String NOTIFIES = "v1/notify/";

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getUriInfo().getPath().startsWith(NOTIFIES)) {
      request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM);
    }
  }
}
