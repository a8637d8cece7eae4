package dev.durablecheckout.activities.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends a request once. A POST is never sent again by itself and no redirect is followed, so that
 * the caller alone decides what may happen twice; and an answer that stalls or never ends cannot
 * hold a thread or fill the memory.
 */
public final class BoundedHttpClient {
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

  private final HttpClient client;
  private final Duration connectTimeout;

  public BoundedHttpClient(Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .build();
  }

  /**
   * Posts, and waits for the whole answer.
   *
   * @param answerTimeout from the connection to the last byte of the answer
   * @param bodyLimit bytes of the answer that are read
   * @throws IOException if there is no answer; its message holds no part of the request
   */
  public HttpAnswer post(
      URI url, Map<String, String> headers, String body, Duration answerTimeout, int bodyLimit)
      throws IOException {
    return send(
        HttpRequest.newBuilder(url)
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8)),
        headers,
        answerTimeout,
        bodyLimit);
  }

  /**
   * Gets, and waits for the whole answer. For questions only: the JDK asks again by itself where a
   * connection dies before an answer began.
   *
   * @param answerTimeout from the connection to the last byte of the answer
   * @param bodyLimit bytes of the answer that are read
   * @throws IOException if there is no answer; its message holds no part of the request
   */
  public HttpAnswer get(URI url, Map<String, String> headers, Duration answerTimeout, int bodyLimit)
      throws IOException {
    return send(HttpRequest.newBuilder(url).GET(), headers, answerTimeout, bodyLimit);
  }

  private HttpAnswer send(
      HttpRequest.Builder request,
      Map<String, String> headers,
      Duration answerTimeout,
      int bodyLimit)
      throws IOException {
    headers.forEach(request::header);
    // Not HttpRequest.timeout: that one ends with the headers, and a body may stall for ever.
    return read(
        await(
            client.sendAsync(request.build(), info -> new LimitedBodySubscriber(bodyLimit)),
            answerTimeout),
        bodyLimit);
  }

  /**
   * Gets something large, and hands it on while it comes in.
   *
   * @return what the reader made of it
   * @throws IOException if there is no answer, or it breaks off, stalls, or is larger than allowed
   *     ({@link TooLargeException}); its message holds no part of the request
   * @throws X what the reader throws
   */
  public <T, X extends Exception> T download(
      URI url, Map<String, String> headers, DownloadLimits limits, DownloadReader<T, X> reader)
      throws IOException, X {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).GET();
    headers.forEach(request::header);
    HttpResponse<StreamedBody> response =
        await(
            client.sendAsync(
                request.build(), info -> new StreamedBody(limits.silence(), limits.waiting())),
            limits.silence());
    try (InputStream body = new CappedInputStream(response.body(), limits.bytes())) {
      return reader.read(response.statusCode(), body);
    }
  }

  private <T> HttpResponse<T> await(
      CompletableFuture<HttpResponse<T>> answer, Duration answerTimeout) throws IOException {
    Duration patience = connectTimeout.plus(answerTimeout);
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpTimeoutException("no whole answer within " + patience.toMillis() + " ms");
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the answer");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  private static HttpAnswer read(HttpResponse<byte[]> response, int bodyLimit) throws IOException {
    byte[] body = response.body();
    boolean truncated = body.length > bodyLimit;
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
      headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue().get(0));
    }
    Charset charset = charset(headers.getOrDefault("content-type", ""));
    String text = new String(body, 0, truncated ? bodyLimit : body.length, charset);
    return new HttpAnswer(response.statusCode(), text, truncated, Map.copyOf(headers));
  }

  private static Charset charset(String contentType) throws IOException {
    Matcher named = CHARSET.matcher(contentType);
    if (!named.find()) {
      return StandardCharsets.UTF_8;
    }
    try {
      return Charset.forName(named.group(1));
    } catch (IllegalArgumentException e) {
      throw new IOException("the answer is in a charset that is not known here", e);
    }
  }
}
