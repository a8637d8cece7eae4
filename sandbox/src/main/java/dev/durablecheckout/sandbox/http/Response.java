package dev.durablecheckout.sandbox.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer to a request, or the lack of one. */
public final class Response {
  private static final int NO_ANSWER = 0;

  /** Writes a body that is too long to be held. */
  @FunctionalInterface
  public interface BodyWriter {
    void write(OutputStream out) throws IOException;
  }

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final @Nullable BodyWriter writer;

  private Response(
      int status, Map<String, String> headers, byte[] body, @Nullable BodyWriter writer) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.writer = writer;
  }

  private Response(int status, Map<String, String> headers, byte[] body) {
    this(status, headers, body, null);
  }

  private static Response of(int status, String contentType, String body) {
    return new Response(
        status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
  }

  public static Response text(int status, String body) {
    return of(status, "text/plain;charset=utf-8", body);
  }

  public static Response json(int status, String body) {
    return of(status, "application/json", body);
  }

  /** A body of type text/html. */
  public static Response html(int status, String body) {
    return of(status, "text/html;charset=utf-8", body);
  }

  /** A page without scripts that no other page may frame. */
  public static Response page(int status, String html) {
    return new Response(
        status,
        Map.of(
            "Content-Type", "text/html;charset=utf-8",
            "Cache-Control", "no-store",
            "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer"),
        html.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends the browser elsewhere, by GET. */
  public static Response seeOther(URI location) {
    return new Response(303, Map.of("Location", location.toASCIIString()), new byte[0]);
  }

  public static Response noContent() {
    return new Response(204, Map.of(), new byte[0]);
  }

  /** The connection is closed without an answer. */
  public static Response none() {
    return new Response(NO_ANSWER, Map.of(), new byte[0]);
  }

  /** A body of any type, with headers. */
  public static Response bytes(int status, Map<String, String> headers, byte[] body) {
    return new Response(status, Map.copyOf(headers), body.clone());
  }

  /** A body of any type and length, written while it is sent. */
  public static Response streamed(int status, Map<String, String> headers, BodyWriter writer) {
    return new Response(status, Map.copyOf(headers), new byte[0], writer);
  }

  /** The same with more headers; their names go out as they are written here. */
  public Response with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Response(status, all, body, writer);
  }

  public int status() {
    return status;
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  boolean isNone() {
    return status == NO_ANSWER;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** Null for a body that is there already. */
  @Nullable BodyWriter writer() {
    return writer;
  }

  byte[] body() {
    return body.clone();
  }
}
