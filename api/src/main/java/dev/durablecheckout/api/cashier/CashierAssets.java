package dev.durablecheckout.api.cashier;

import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The page's style, script and icon. Their address holds their digest, so they cache for ever. */
@Path("/cashier/assets")
@Hidden
public final class CashierAssets {
  private static final ImmutableMap<String, String> TYPES =
      ImmutableMap.of(
          "cashier.css", "text/css; charset=utf-8",
          "cashier.js", "text/javascript; charset=utf-8",
          "icon.svg", "image/svg+xml");
  private static final int VERSION_LENGTH = 12;

  private final ImmutableMap<String, byte[]> files;
  private final String version;

  public CashierAssets() {
    ImmutableMap.Builder<String, byte[]> read = ImmutableMap.builder();
    Hasher hasher = Hashing.sha256().newHasher();
    for (String name : TYPES.keySet()) {
      byte[] content = load(name);
      hasher.putBytes(content);
      read.put(name, content);
    }
    files = read.buildOrThrow();
    version = hasher.hash().toString().substring(0, VERSION_LENGTH);
  }

  /** Stands in the address of each file. */
  String version() {
    return version;
  }

  @GET
  @Path("/{version}/{file}")
  public Response get(@PathParam("version") String asked, @PathParam("file") String file) {
    byte[] content = files.get(file);
    if (content == null || !version.equals(asked)) {
      throw new NotFoundException();
    }
    return Response.ok(content)
        .header(HttpHeaders.CONTENT_TYPE, TYPES.get(file))
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
        .build();
  }

  private static byte[] load(String name) {
    try {
      return Resources.toByteArray(Resources.getResource("cashier/" + name));
    } catch (IOException e) {
      throw new UncheckedIOException("the files of the cashier", e);
    }
  }
}
