package dev.durablecheckout.api.scene;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.stream.Stream;

/** Speaks HTTP to the API under test. */
public final class Http {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final String apiKey;

  Http(int port, String apiKey) {
    this.port = port;
    this.apiKey = apiKey;
  }

  /** An answer. */
  public record Answer(HttpResponse<String> http) {
    public int status() {
      return http.statusCode();
    }

    public String text() {
      return http.body();
    }

    public String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }

    public JsonNode json() {
      try {
        return JSON.readTree(http.body());
      } catch (IOException e) {
        throw new UncheckedIOException(http.body(), e);
      }
    }

    /** The code of a problem; empty if the answer is none. */
    public String code() {
      return header("Content-Type").startsWith("application/problem+json") ? at("/code") : "";
    }

    public String at(String pointer) {
      return json().at(pointer).asText();
    }
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public Answer get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  public Answer post(String path, String body, String... headers) {
    return send(
        request(path, headers)
            .setHeader("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Without a body. */
  public Answer act(String path, String... headers) {
    return send(request(path, headers).POST(HttpRequest.BodyPublishers.noBody()));
  }

  public Answer post(String path, byte[] body, String contentType) {
    HttpRequest.Builder request = request(path);
    if (contentType != null) {
      request.setHeader("Content-Type", contentType);
    }
    return send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  /** An EOF is tried again: a server that answers before it has read a body may hang up after. */
  public Answer send(HttpRequest.Builder request) {
    try {
      try {
        return new Answer(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
      } catch (HttpTimeoutException e) {
        throw e;
      } catch (IOException e) {
        return new Answer(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** An answer that goes on: its lines as they come. */
  public HttpResponse<Stream<String>> lines(String path) throws IOException, InterruptedException {
    return CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofLines());
  }

  public HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
    if (apiKey != null) {
      request.header("Authorization", "Bearer " + apiKey);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request;
  }
}
