package dev.durablecheckout.api.csv;

import static com.google.common.base.Verify.verifyNotNull;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.Variant;
import java.util.List;

/** What can be read as JSON or, with {@code Accept: text/csv}, as a whole table. */
public final class TableOrJson {
  private static final MediaType CSV = MediaType.valueOf(CsvWriter.MEDIA_TYPE);
  private static final List<Variant> VARIANTS =
      Variant.mediaTypes(MediaType.APPLICATION_JSON_TYPE, CSV).build();

  private TableOrJson() {}

  /** What the Accept header likes best; JSON if it likes both. */
  public static boolean isTable(Request request) {
    return CSV.isCompatible(
        verifyNotNull(request.selectVariant(VARIANTS), "@Produces let it in").getMediaType());
  }

  public static Response json(Object body) {
    return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  /**
   * @param name of the file, without its ending
   */
  public static Response table(String name, StreamingOutput rows) {
    return Response.ok(rows, CSV.withCharset("utf-8"))
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".csv\"")
        .build();
  }
}
