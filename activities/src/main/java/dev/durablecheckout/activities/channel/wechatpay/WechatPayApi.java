package dev.durablecheckout.activities.channel.wechatpay;

import static java.util.Objects.requireNonNull;

import com.wechat.pay.java.core.auth.Credential;
import com.wechat.pay.java.core.auth.Validator;
import com.wechat.pay.java.core.auth.WechatPay2Credential;
import com.wechat.pay.java.core.auth.WechatPay2Validator;
import com.wechat.pay.java.core.cipher.Signer;
import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.core.http.HttpMethod;
import com.wechat.pay.java.core.http.HttpRequest;
import com.wechat.pay.java.core.http.HttpResponse;
import com.wechat.pay.java.core.http.JsonRequestBody;
import com.wechat.pay.java.core.http.JsonResponseBody;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayTransport.GatewayException;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Signed calls to API v3, JSON in and JSON out. Returns an answer only if it is certain that WeChat
 * Pay gave it, to this call; everything else is {@link ChannelOutcomeUnknownException}, without the
 * SDK's own exceptions, whose messages hold signatures and bodies.
 */
final class WechatPayApi {
  /** What a path is relative to for the SDK; the transport puts the configured gateway there. */
  private static final String SOME_HOST = "https://api.mch.weixin.qq.com";

  private static final String JSON = "application/json";
  private static final int ACCEPTED = 202;

  private final WechatPayTransport transport;

  WechatPayApi(WechatPayTransport transport) {
    this.transport = transport;
  }

  /** Calls in the name of a merchant, answers verified by these keys. */
  static WechatPayApi of(
      WechatPayConfiguration configuration,
      Signer merchantKey,
      PlatformKeys platformKeys,
      BoundedHttpClient http) {
    Credential credential = new WechatPay2Credential(configuration.mchId(), merchantKey);
    Validator validator = new WechatPay2Validator(platformKeys);
    return new WechatPayApi(
        new WechatPayTransport(credential, validator, http, WechatPayGateway.of(configuration)));
  }

  /**
   * Asks.
   *
   * @param pathAndQuery encoded, from {@code /v3/} on
   */
  WechatPayAnswer get(WechatPayCall call, String pathAndQuery)
      throws ChannelOutcomeUnknownException {
    return execute(call, request(HttpMethod.GET, pathAndQuery));
  }

  /**
   * Has something done. Sent once; whether it may be sent again depends on the call.
   *
   * @param body members by their names at WeChat; a value is a text, a whole number, a boolean or
   *     such an object
   */
  WechatPayAnswer post(WechatPayCall call, String path, Map<String, Object> body)
      throws ChannelOutcomeUnknownException {
    return execute(
        call,
        request(HttpMethod.POST, path)
            .body(new JsonRequestBody.Builder().body(WechatPayMessage.write(body)).build()));
  }

  private static HttpRequest.Builder request(HttpMethod method, String pathAndQuery) {
    return new HttpRequest.Builder()
        .httpMethod(method)
        .url(SOME_HOST + pathAndQuery)
        .addHeader("Accept", JSON)
        .addHeader("Content-Type", JSON);
  }

  private WechatPayAnswer execute(WechatPayCall call, HttpRequest.Builder request)
      throws ChannelOutcomeUnknownException {
    try {
      return success(transport.execute(request.build(), Object.class));
    } catch (ServiceException e) {
      return error(call, e);
    } catch (RuntimeException e) {
      throw call.unknown(reason(e));
    }
  }

  private static WechatPayAnswer success(HttpResponse<Object> response) throws UnfinishedException {
    int status = Integer.parseInt(response.getHeaders().getHeader(WechatPayTransport.STATUS));
    if (status == ACCEPTED) {
      throw new UnfinishedException();
    }
    return new WechatPayAnswer(
        status,
        response.getBody() instanceof JsonResponseBody body
            ? WechatPayMessage.parse(body.getBody())
            : WechatPayMessage.EMPTY);
  }

  private static WechatPayAnswer error(WechatPayCall call, ServiceException e)
      throws ChannelOutcomeUnknownException {
    try {
      WechatPayAnswer answer =
          new WechatPayAnswer(e.getHttpStatusCode(), WechatPayMessage.parse(e.getResponseBody()));
      if (!answer.code().isEmpty()) {
        return answer;
      }
    } catch (IllegalArgumentException unreadable) {
      // As without a code: nobody's answer.
    }
    throw call.unknown("no answer of the gateway: HTTP status " + e.getHttpStatusCode());
  }

  private static String reason(RuntimeException e) {
    // Only what the transport threw: the SDK's reader of JSON throws an IOException as well.
    if (e instanceof UncheckedIOException io) {
      IOException cause = requireNonNull(io.getCause());
      return cause instanceof GatewayException
          ? "no answer of the gateway: " + cause.getMessage()
          : "no answer: " + cause.getClass().getSimpleName();
    }
    if (e instanceof UnfinishedException || e instanceof NoPlatformKeyException) {
      return String.valueOf(e.getMessage());
    }
    return "the answer cannot be trusted: its signature is missing, too old or not WeChat Pay's,"
        + " or it is not JSON";
  }

  /** 202: WeChat has the request and will look at it some time. */
  private static final class UnfinishedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnfinishedException() {
      super("answered 202, which promises nothing");
    }
  }
}
