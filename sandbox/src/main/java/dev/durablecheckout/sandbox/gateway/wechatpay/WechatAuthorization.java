package dev.durablecheckout.sandbox.gateway.wechatpay;

import dev.durablecheckout.sandbox.gateway.RsaKeys;
import dev.durablecheckout.sandbox.http.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out which merchant calls, by its signature. Checks in the order in which the real one does:
 * headers, time, merchant, signature.
 */
final class WechatAuthorization {
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final String SCHEME = "WECHATPAY2-SHA256-RSA2048 ";
  private static final Pattern PART = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  private final Map<String, MchRegistration> merchants;
  private final Clock clock;

  WechatAuthorization(Map<String, MchRegistration> merchants, Clock clock) {
    this.merchants = merchants;
    this.clock = clock;
  }

  /** Throws WechatRefusedException with the gateway's own words for what is wrong. */
  MchRegistration check(Request request) {
    refuseIf(
        request.header("accept").isEmpty() || request.header("user-agent").isEmpty(),
        WechatRefusal.HEADERS_MISSING);
    String token = request.header("authorization").orElse("");
    refuseIf(
        !token.startsWith(SCHEME),
        request.path().startsWith("/v3/pay/transactions")
            ? WechatRefusal.SIGN_ERROR
            : WechatRefusal.SIGN_MISSING);
    Map<String, String> parts = parts(token.substring(SCHEME.length()));
    String timestamp = parts.getOrDefault("timestamp", "");
    refuseIf(!isFresh(timestamp), WechatRefusal.SIGN_STALE);
    MchRegistration merchant = merchants.get(parts.getOrDefault("mchid", ""));
    if (merchant == null) {
      throw new WechatRefusedException(WechatRefusal.SIGN_ERROR);
    }
    refuseIf(
        !merchant.serialNo().equalsIgnoreCase(parts.get("serial_no")),
        WechatRefusal.SIGN_WRONG_SERIAL);
    String signed =
        String.join(
            "\n",
            request.method(),
            request.target(),
            timestamp,
            parts.getOrDefault("nonce_str", ""),
            request.text(),
            "");
    refuseIf(
        !RsaKeys.verifies(merchant.publicKey(), signed, parts.getOrDefault("signature", "")),
        WechatRefusal.SIGN_ERROR);
    return merchant;
  }

  private static void refuseIf(boolean wrong, WechatRefusal refusal) {
    if (wrong) {
      throw new WechatRefusedException(refusal);
    }
  }

  private boolean isFresh(String timestamp) {
    return timestamp.matches("[0-9]{1,12}")
        && Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp))
            <= WINDOW.toSeconds();
  }

  private static Map<String, String> parts(String token) {
    Map<String, String> parts = new HashMap<>();
    Matcher matcher = PART.matcher(token);
    while (matcher.find()) {
      parts.put(matcher.group(1), matcher.group(2));
    }
    return parts;
  }
}
