package dev.durablecheckout.api.cashier;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.durablecheckout.activities.secret.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The cashier page.
 *
 * @param secret signs the links; at least 32 characters, the same in each API process
 * @param linkLifetime how long a link still shows the outcome after the deadline, default 24 h
 * @param pollInterval how often the books are read for all pages that are open, default 1 s
 * @param maxStreams how many pages one process keeps up to date by events, default 1000; further
 *     ones ask by themselves
 * @param confirmInterval how often a buyer may have the channel asked, default 5 s
 * @param wechatAuthorizeUrl where WeChat is asked who pays inside it, default WeChat's
 */
public record CashierConfiguration(
    Secret secret,
    Duration linkLifetime,
    Duration pollInterval,
    int maxStreams,
    Duration confirmInterval,
    URI wechatAuthorizeUrl) {
  private static final int MIN_SECRET = 32;
  private static final URI WECHAT =
      URI.create("https://open.weixin.qq.com/connect/oauth2/authorize");

  public CashierConfiguration {
    checkArgument(
        secret.reveal().length() >= MIN_SECRET,
        "cashier wants a secret of at least %s characters",
        MIN_SECRET);
    checkArgument(!linkLifetime.isNegative(), "cashier wants link_lifetime >= 0");
    checkArgument(pollInterval.toMillis() > 0, "cashier wants poll_interval > 0");
    checkArgument(maxStreams >= 0, "cashier wants max_streams >= 0");
    checkArgument(!confirmInterval.isNegative(), "cashier wants confirm_interval >= 0");
    checkArgument(
        wechatAuthorizeUrl.getHost() != null && wechatAuthorizeUrl.getRawQuery() == null,
        "cashier wants an absolute wechat_authorize_url without a query");
  }

  /** Fills in the defaults of what is absent; there is none for the secret. */
  @JsonCreator
  static CashierConfiguration read(
      @JsonProperty("secret") @Nullable Secret secret,
      @JsonProperty("link_lifetime") @Nullable Duration linkLifetime,
      @JsonProperty("poll_interval") @Nullable Duration pollInterval,
      @JsonProperty("max_streams") @Nullable Integer maxStreams,
      @JsonProperty("confirm_interval") @Nullable Duration confirmInterval,
      @JsonProperty("wechat_authorize_url") @Nullable URI wechatAuthorizeUrl) {
    return new CashierConfiguration(
        secret == null ? new Secret("") : secret,
        linkLifetime == null ? Duration.ofHours(24) : linkLifetime,
        pollInterval == null ? Duration.ofSeconds(1) : pollInterval,
        maxStreams == null ? 1000 : maxStreams,
        confirmInterval == null ? Duration.ofSeconds(5) : confirmInterval,
        wechatAuthorizeUrl == null ? WECHAT : wechatAuthorizeUrl);
  }
}
