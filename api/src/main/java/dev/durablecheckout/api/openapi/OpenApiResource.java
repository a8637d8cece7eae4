package dev.durablecheckout.api.openapi;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** Serves the description of the API. */
@Path("/openapi.yaml")
@Hidden
public final class OpenApiResource {
  /** Made when it is first asked for: most processes never are. */
  private static final class Made {
    static final String YAML = OpenApiDocument.yaml();
  }

  @GET
  @Produces({"application/yaml", "text/plain"})
  public String get() {
    return Made.YAML;
  }
}
