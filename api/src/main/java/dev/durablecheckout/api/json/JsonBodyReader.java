package dev.durablecheckout.api.json;

import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Reads a body of limited size into a {@link JsonBody}. */
@Consumes(MediaType.APPLICATION_JSON)
public final class JsonBodyReader implements MessageBodyReader<JsonBody> {
  /** The longest body that is read, in bytes. */
  public static final int MAX_BYTES = 64 * 1024;

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type == JsonBody.class;
  }

  @Override
  public JsonBody readFrom(
      Class<JsonBody> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    byte[] bytes = body.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw ProblemException.of(
          ProblemCode.BODY_TOO_LARGE, "the body may have at most " + MAX_BYTES + " bytes");
    }
    return new JsonBody(StrictJson.read(bytes));
  }
}
