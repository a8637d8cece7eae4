package dev.durablecheckout.activities.channel.wechatpay;

import static com.google.common.base.Preconditions.checkArgument;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where calls go.
 *
 * @param fallback the second domain, if there is one
 * @param readTimeout from the connection to the last byte of an answer
 */
record WechatPayGateway(URI url, @Nullable URI fallback, Duration readTimeout) {
  private static final URI DEFAULT_URL = URI.create("https://api.mch.weixin.qq.com");
  private static final URI DEFAULT_FALLBACK = URI.create("https://api2.wechatpay.cn");
  private static final URI DEFAULT_LOGIN = URI.create("https://api.weixin.qq.com");
  private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(10);

  static WechatPayGateway of(WechatPayConfiguration configuration) {
    URI url = configuration.gatewayUrl();
    URI fallback = configuration.fallbackUrl();
    // A gateway of one's own is not WeChat's: what is meant for it must not reach WeChat.
    return new WechatPayGateway(
        absolute("gateway_url", url == null ? DEFAULT_URL : url),
        fallback == null
            ? (url == null ? DEFAULT_FALLBACK : null)
            : absolute("fallback_url", fallback),
        readTimeout(configuration));
  }

  /** Where login codes are exchanged: WeChat's, not WeChat Pay's. */
  static URI loginUrl(WechatPayConfiguration configuration) {
    URI url = configuration.loginUrl();
    return absolute("login_url", url == null ? DEFAULT_LOGIN : url);
  }

  static Duration connectTimeout(WechatPayConfiguration configuration) {
    Duration configured = configuration.connectTimeout();
    return configured == null ? DEFAULT_CONNECT_TIMEOUT : configured;
  }

  static Duration readTimeout(WechatPayConfiguration configuration) {
    Duration configured = configuration.readTimeout();
    return configured == null ? DEFAULT_READ_TIMEOUT : configured;
  }

  private static URI absolute(String setting, URI url) {
    checkArgument(
        url.getHost() != null && url.getRawQuery() == null,
        "%s must be an absolute http(s) URL without a query",
        setting);
    return url;
  }

  /** The URL of a path there; the base may have a path itself. */
  static URI at(URI base, String pathAndQuery) {
    String text = base.toString();
    return URI.create(
        (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + pathAndQuery);
  }
}
