package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.wechat.pay.java.core.Config;
import com.wechat.pay.java.core.http.AbstractHttpClient;
import com.wechat.pay.java.core.http.HttpRequest;
import com.wechat.pay.java.core.http.JsonRequestBody;
import com.wechat.pay.java.core.http.OriginalResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Takes the SDK's calls to a gateway of ours. The SDK signs and verifies. {@link HttpURLConnection}
 * leaves the names of headers as they come; the newer client writes them small.
 */
final class SdkHttpClient extends AbstractHttpClient {
  static {
    // Otherwise the JDK repeats a POST whose connection was closed without an answer. It reads this
    // once, for all tests in the JVM.
    System.setProperty("sun.net.http.retryPost", "false");
  }

  private static final int FIRST_ERROR = 400;

  private final URI gateway;

  SdkHttpClient(Config config, URI gateway) {
    super(config.createCredential(), config.createValidator());
    this.gateway = gateway;
  }

  @Override
  protected OriginalResponse innerExecute(HttpRequest request) {
    try {
      HttpURLConnection connection = send(request);
      int status = connection.getResponseCode();
      Map<String, String> headers = new HashMap<>();
      connection
          .getHeaderFields()
          .forEach(
              (name, values) -> {
                if (name != null) {
                  headers.put(name, values.get(0));
                }
              });
      InputStream body =
          status < FIRST_ERROR ? connection.getInputStream() : connection.getErrorStream();
      return new OriginalResponse.Builder()
          .request(request)
          .statusCode(status)
          .headers(headers)
          .contentType(headers.getOrDefault("Content-Type", ""))
          .body(body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected InputStream innerDownload(HttpRequest request) {
    try {
      return send(request).getInputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpURLConnection send(HttpRequest request) throws IOException {
    URI uri = request.getUri();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(gateway + uri.getRawPath() + query).toURL().openConnection();
    connection.setRequestMethod(request.getHttpMethod().name());
    request.getHeaders().getHeaders().forEach(connection::setRequestProperty);
    if (request.getBody() instanceof JsonRequestBody json) {
      connection.setDoOutput(true);
      connection.getOutputStream().write(json.getBody().getBytes(StandardCharsets.UTF_8));
    }
    return connection;
  }

  @Override
  protected String getHttpClientInfo() {
    return "java.net";
  }
}
