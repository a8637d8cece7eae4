package dev.durablecheckout.activities.channel.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.activities.http.HttpAnswer;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayerIdentity;
import dev.durablecheckout.workflows.payment.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Exchanges login codes for openids, at WeChat itself. Its answers hold a session key or an access
 * token as well: these are neither kept nor shown, so no answer is ever quoted.
 */
final class WechatLogin {
  private static final int BODY_LIMIT = 16 * 1024;
  private static final int OK = 200;
  private static final Pattern OPENID = Pattern.compile("[0-9A-Za-z_-]{1,128}");

  /** The code was made up or has expired, was used before, or is of a buyer who is blocked. */
  private static final ImmutableSet<Long> BAD_CODES = ImmutableSet.of(40029L, 40163L, 40226L);

  private final WechatPayAccount account;
  private final BoundedHttpClient http;
  private final URI loginUrl;
  private final Duration readTimeout;

  WechatLogin(
      WechatPayConfiguration configuration, WechatPayAccount account, BoundedHttpClient http) {
    this.account = account;
    this.http = http;
    loginUrl = WechatPayGateway.loginUrl(configuration);
    readTimeout = WechatPayGateway.readTimeout(configuration);
  }

  /**
   * Who the buyer is; refused if the code is no good.
   *
   * @throws IllegalArgumentException if the method has no login codes
   */
  PayerIdentity identify(PayMethod method, String loginCode) throws ChannelOutcomeUnknownException {
    return switch (method) {
      case MINI_PROGRAM -> exchange(method, "/sns/jscode2session", "js_code", loginCode);
      case JSAPI -> exchange(method, "/sns/oauth2/access_token", "code", loginCode);
      default -> throw new IllegalArgumentException(method + " takes no login code");
    };
  }

  private PayerIdentity exchange(PayMethod method, String path, String name, String loginCode)
      throws ChannelOutcomeUnknownException {
    WechatAppConfiguration app = account.app(method);
    Secret secret = app.appSecret();
    if (secret == null) {
      return PayerIdentity.refused(
          new Refusal(
              Refusal.Code.MERCHANT_ACCOUNT,
              "",
              "no app_secret is configured for " + method + ": send the openid itself"));
    }
    WechatPayCall call = new WechatPayCall("login", app.appId());
    String query =
        "?appid=%s&secret=%s&%s=%s&grant_type=authorization_code"
            .formatted(app.appId(), encode(secret.reveal()), name, encode(loginCode));
    return read(call, ask(call, path + query));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private WechatPayMessage ask(WechatPayCall call, String pathAndQuery)
      throws ChannelOutcomeUnknownException {
    HttpAnswer answer;
    try {
      answer =
          http.get(WechatPayGateway.at(loginUrl, pathAndQuery), Map.of(), readTimeout, BODY_LIMIT);
    } catch (IOException e) {
      throw call.unknown("no answer: " + e.getClass().getSimpleName());
    }
    if (answer.status() != OK || answer.truncated()) {
      throw call.unknown("no answer of WeChat: HTTP status " + answer.status());
    }
    try {
      return WechatPayMessage.parse(answer.body());
    } catch (IllegalArgumentException e) {
      throw call.unknown("the answer cannot be read: " + e.getMessage());
    }
  }

  private static PayerIdentity read(WechatPayCall call, WechatPayMessage answer)
      throws ChannelOutcomeUnknownException {
    JsonNode error = answer.content().path("errcode");
    Optional<String> openid = answer.text("openid").filter(OPENID.asMatchPredicate());
    if ((error.isMissingNode() || error.asLong(-1) == 0) && openid.isPresent()) {
      return PayerIdentity.known(openid.get());
    }
    if (error.isIntegralNumber() && BAD_CODES.contains(error.longValue())) {
      return PayerIdentity.refused(
          new Refusal(
              Refusal.Code.PAYER,
              error.asText(),
              "WeChat does not take the login code (any more)"));
    }
    throw call.unknown(
        error.isIntegralNumber()
            ? "answered errcode " + error.longValue() + ", which promises nothing"
            : "answered without an openid");
  }
}
