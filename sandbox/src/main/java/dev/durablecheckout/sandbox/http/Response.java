package dev.durablecheckout.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An answer to a request, or the lack of one. */
public final class Response {
  private static final int NO_ANSWER = 0;

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private Response(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
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

  void writeTo(HttpExchange exchange) throws IOException {
    if (status == NO_ANSWER) {
      return;
    }
    headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
