package dev.durablecheckout.activities.channel.wechatpay;

import com.google.common.collect.ImmutableMap;
import com.wechat.pay.java.core.auth.Credential;
import com.wechat.pay.java.core.auth.Validator;
import com.wechat.pay.java.core.http.AbstractHttpClient;
import com.wechat.pay.java.core.http.HttpMethod;
import com.wechat.pay.java.core.http.HttpRequest;
import com.wechat.pay.java.core.http.JsonRequestBody;
import com.wechat.pay.java.core.http.OriginalResponse;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.http.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.HashMap;
import java.util.Map;

/**
 * How the SDK, which signs requests and verifies answers, reaches the gateway. Its own transports
 * send a request again by themselves, also to the second domain when the first may have done what
 * was asked, and read bodies without end.
 */
final class WechatPayTransport extends AbstractHttpClient {
  /** The SDK forgets the status of a success; under this name it comes along. */
  static final String STATUS = ":status";

  private static final int BODY_LIMIT = 1 << 20;
  private static final String JSON = "application/json";

  /** As the SDK looks for them, minding the case, which HTTP does not. */
  private static final ImmutableMap<String, String> EXACT_NAMES =
      ImmutableMap.of(
          "wechatpay-serial", "Wechatpay-Serial",
          "wechatpay-signature", "Wechatpay-Signature",
          "wechatpay-timestamp", "Wechatpay-Timestamp",
          "wechatpay-nonce", "Wechatpay-Nonce",
          "request-id", "Request-ID");

  private final BoundedHttpClient http;
  private final WechatPayGateway gateway;

  WechatPayTransport(
      Credential credential,
      Validator validator,
      BoundedHttpClient http,
      WechatPayGateway gateway) {
    super(credential, validator);
    this.http = http;
    this.gateway = gateway;
  }

  @Override
  protected OriginalResponse innerExecute(HttpRequest request) {
    URI fallback = gateway.fallback();
    try {
      try {
        return exchange(gateway.url(), request);
      } catch (IOException e) {
        if (fallback == null || !mayGoElsewhere(request, e)) {
          throw e;
        }
        return exchange(fallback, request);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether the second domain may be asked: if nothing was sent to the first, or if it is a mere
   * question. Where something may have been done, the caller asks again under the same number.
   */
  private static boolean mayGoElsewhere(HttpRequest request, IOException failure) {
    if (failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException) {
      return true;
    }
    // After a timeout there is no time left for another attempt.
    return request.getHttpMethod() == HttpMethod.GET
        && !(failure instanceof HttpTimeoutException)
        && !(failure instanceof InterruptedIOException)
        && !(failure instanceof GatewayException);
  }

  private OriginalResponse exchange(URI base, HttpRequest request) throws IOException {
    HttpAnswer answer = send(WechatPayGateway.at(base, pathAndQuery(request.getUri())), request);
    String contentType = answer.headers().getOrDefault("content-type", "");
    if (answer.truncated()) {
      throw new GatewayException("a body of more than " + BODY_LIMIT + " bytes");
    }
    if (isInvalidHttpCode(answer.status()) && !contentType.startsWith(JSON)) {
      throw new GatewayException("HTTP status " + answer.status());
    }
    return new OriginalResponse.Builder()
        .request(request)
        .statusCode(answer.status())
        .headers(exactNames(answer))
        .contentType(contentType)
        .body(answer.body())
        .build();
  }

  /** What the request line says, and the signature is about: without the host and its prefix. */
  private static String pathAndQuery(URI url) {
    String query = url.getRawQuery();
    return query == null ? url.getRawPath() : url.getRawPath() + "?" + query;
  }

  private HttpAnswer send(URI url, HttpRequest request) throws IOException {
    Map<String, String> headers = new HashMap<>(request.getHeaders().getHeaders());
    // A request for certificates can name none yet.
    headers.values().removeIf(String::isEmpty);
    return switch (request.getHttpMethod()) {
      case GET -> http.get(url, headers, gateway.readTimeout(), BODY_LIMIT);
      case POST -> http.post(url, headers, body(request), gateway.readTimeout(), BODY_LIMIT);
      default -> throw new UnsupportedOperationException("no call is a " + request.getHttpMethod());
    };
  }

  private static String body(HttpRequest request) {
    return request.getBody() instanceof JsonRequestBody json ? json.getBody() : "";
  }

  private static Map<String, String> exactNames(HttpAnswer answer) {
    Map<String, String> headers = new HashMap<>();
    answer
        .headers()
        .forEach((name, value) -> headers.put(EXACT_NAMES.getOrDefault(name, name), value));
    headers.put(STATUS, Integer.toString(answer.status()));
    return headers;
  }

  @Override
  protected InputStream innerDownload(HttpRequest request) {
    throw new UnsupportedOperationException("no call of a checkout downloads files");
  }

  @Override
  protected String getHttpClientInfo() {
    return "java.net.http";
  }

  /** An HTTP answer that cannot be one of the gateway's; the message is safe to show. */
  static final class GatewayException extends IOException {
    private static final long serialVersionUID = 1;

    GatewayException(String message) {
      super(message);
    }
  }
}
