package dev.durablecheckout.sandbox.http;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** A request, read as a whole. */
public final class Request {
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final URI base;
  private final String method;
  private final String path;
  private final String target;
  private final Map<String, String> query;
  private final Map<String, String> headers;
  private final byte[] body;

  private Request(org.eclipse.jetty.server.Request request) throws IOException {
    HttpURI uri = request.getHttpURI();
    base =
        URI.create(
            "http://127.0.0.1:" + org.eclipse.jetty.server.Request.getLocalPort(request) + "/");
    method = request.getMethod();
    path = URLDecoder.decode(uri.getPath().replace("+", "%2B"), StandardCharsets.UTF_8);
    target = uri.getPathQuery();
    query = decode(uri.getQuery());
    headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.putIfAbsent(field.getLowerCaseName(), field.getValue());
    }
    body = Content.Source.asInputStream(request).readNBytes(MAX_BODY_BYTES);
  }

  static Request of(org.eclipse.jetty.server.Request request) throws IOException {
    return new Request(request);
  }

  /** The address of the server that was asked. */
  public URI base() {
    return base;
  }

  public String method() {
    return method;
  }

  public String path() {
    return path;
  }

  /** Path and query, as they came: what is signed. */
  public String target() {
    return target;
  }

  /** The decoded parameters of the URL. */
  public Map<String, String> query() {
    return query;
  }

  /** The body's bytes as they came. */
  public byte[] body() {
    return body.clone();
  }

  /** The first of each header, by its name in lower case. */
  public Map<String, String> headers() {
    return Map.copyOf(headers);
  }

  public Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  public boolean isPost() {
    return method.equals("POST");
  }

  /** The decoded parameters of a form body; none if the body is something else. */
  public Map<String, String> form() {
    boolean isForm =
        header("content-type").orElse("").startsWith("application/x-www-form-urlencoded");
    return isForm ? decode(text()) : Map.of();
  }

  /** {@code a=b&c=d}, percent-decoded as UTF-8, to a map in the same order. */
  public static Map<String, String> decode(@Nullable String encoded) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (encoded == null) {
      return parameters;
    }
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }
}
