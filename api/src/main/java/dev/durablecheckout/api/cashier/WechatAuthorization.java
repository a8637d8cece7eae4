package dev.durablecheckout.api.cashier;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableMap;
import com.google.common.io.BaseEncoding;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.activities.merchant.Merchants;
import dev.durablecheckout.workflows.merchant.MerchantId;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Finds out who pays inside WeChat (OAuth, {@code snsapi_base}: WeChat asks the buyer nothing). The
 * buyer goes by WeChat and comes back with a code, and with the {@code state} that was sent along.
 * The state is signed for one page and a few minutes: nobody can be made to come back with somebody
 * else's code to another page. It consists of hexadecimal digits, since WeChat takes only letters
 * and digits, up to 128 of them.
 */
final class WechatAuthorization {
  /** How long WeChat's code lives, too. */
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private static final String PURPOSE = "cashier-wechat-state-1:";
  private static final BaseEncoding HEX = BaseEncoding.base16().lowerCase();
  private static final int TIME_AND_NONCE = 8 + 32;
  private static final int MAX_STATE = 128;

  private final URI authorizeUrl;
  private final Supplier<ImmutableMap<MerchantId, String>> appIds;
  private final CashierLinks links;
  private final Clock clock;
  private final Supplier<UUID> nonces;

  /**
   * @param authorizeUrl where WeChat is asked, without a query
   */
  WechatAuthorization(
      URI authorizeUrl,
      Merchants merchants,
      CashierLinks links,
      Clock clock,
      Supplier<UUID> nonces) {
    this.authorizeUrl = authorizeUrl;
    this.appIds = merchants.derive(WechatAuthorization::officialAccounts);
    this.links = links;
    this.clock = clock;
    this.nonces = nonces;
  }

  private static ImmutableMap<MerchantId, String> officialAccounts(
      List<MerchantConfiguration> merchants) {
    return merchants.stream()
        .filter(merchant -> merchant.officialAccount().isPresent())
        .collect(
            toImmutableMap(
                MerchantConfiguration::id, merchant -> merchant.officialAccount().orElseThrow()));
  }

  /** Where to send the buyer; empty if the merchant has no official account. */
  Optional<URI> begin(MerchantId merchant, String token, CashierTexts texts) {
    String back = links.page(token) + "/wechat/payer?lang=" + texts.language();
    // WeChat wants the parameters in this order, and the fragment.
    return Optional.ofNullable(appIds.get().get(merchant))
        .map(
            appId ->
                URI.create(
                    "%s?appid=%s&redirect_uri=%s&response_type=code&scope=snsapi_base&state=%s#wechat_redirect"
                        .formatted(authorizeUrl, encode(appId), encode(back), newState(token))));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String newState(String token) {
    String expires = "%08x".formatted(clock.instant().plus(LIFETIME).getEpochSecond());
    String timeAndNonce = expires + nonces.get().toString().replace("-", "");
    return timeAndNonce + signature(token, timeAndNonce);
  }

  /** Whether a state was made here, for this page, a moment ago. */
  boolean isOurs(String token, String state) {
    if (state.length() <= TIME_AND_NONCE || state.length() > MAX_STATE || !HEX.canDecode(state)) {
      return false;
    }
    String timeAndNonce = state.substring(0, TIME_AND_NONCE);
    boolean signed =
        MessageDigest.isEqual(
            bytes(signature(token, timeAndNonce)), bytes(state.substring(TIME_AND_NONCE)));
    return signed
        && clock.instant().getEpochSecond() < Long.parseLong(timeAndNonce.substring(0, 8), 16);
  }

  private String signature(String token, String timeAndNonce) {
    return HEX.encode(links.sign(PURPOSE, bytes(token + ":" + timeAndNonce)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
