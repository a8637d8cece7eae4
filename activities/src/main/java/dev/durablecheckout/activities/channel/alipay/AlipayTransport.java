package dev.durablecheckout.activities.channel.alipay;

import com.alipay.api.FileItem;
import com.alipay.api.internal.util.AbstractHttpClient;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.http.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the SDK reaches the gateway. Its own transport sends a POST again by itself after a reset,
 * and reads bodies without end.
 */
final class AlipayTransport extends AbstractHttpClient {
  private static final int BODY_LIMIT = 1 << 20;
  private static final int FIRST_NOT_SUCCESS = 300;

  private final BoundedHttpClient http;
  private final Duration readTimeout;

  AlipayTransport(BoundedHttpClient http, Duration readTimeout) {
    this.http = http;
    this.readTimeout = readTimeout;
  }

  @Override
  public String doPost(
      String url,
      Map<String, String> parameters,
      String charset,
      Map<String, String> responseHeaders)
      throws IOException {
    String form =
        parameters.entrySet().stream()
            .map(
                parameter ->
                    encode(parameter.getKey(), charset)
                        + "="
                        + encode(parameter.getValue(), charset))
            .collect(Collectors.joining("&"));
    HttpAnswer answer =
        http.post(
            URI.create(url),
            Map.of("content-type", "application/x-www-form-urlencoded;charset=" + charset),
            form,
            readTimeout,
            BODY_LIMIT);
    if (answer.status() >= FIRST_NOT_SUCCESS) {
      throw new GatewayException("HTTP status " + answer.status());
    }
    if (answer.truncated()) {
      throw new GatewayException("a body of more than " + BODY_LIMIT + " bytes");
    }
    String traceId = answer.headers().get("trace_id");
    if (traceId != null) {
      responseHeaders.put("trace_id", traceId);
    }
    return answer.body();
  }

  private static String encode(String text, String charset) {
    return URLEncoder.encode(text, Charset.forName(charset));
  }

  @Override
  public String doPost(
      String url,
      Map<String, String> parameters,
      @Nullable Map<String, FileItem> files,
      String charset,
      Map<String, String> responseHeaders) {
    throw new UnsupportedOperationException("no call of a checkout uploads files");
  }

  /** An HTTP answer that cannot be one of the gateway's; the message is safe to show. */
  static final class GatewayException extends IOException {
    GatewayException(String message) {
      super(message);
    }
  }
}
