package dev.durablecheckout.api.scene;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import dev.durablecheckout.activities.db.DatabaseConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The configuration file of the API under test. */
public final class ApiSettings {
  public static final String KEY = "key-of-the-tea-house";
  public static final String OLDER_KEY = "key-of-the-tea-house-before";
  public static final String OTHER_KEY = "key-of-the-book-shop";

  /** The noodle bar is paid by WeChat Pay alone. */
  public static final String WECHAT_KEY = "key-of-the-noodle-bar";

  /** A merchant whose requests are all wrong. */
  public static final String QUIET_MERCHANT = "quiet-shop";

  public static final String QUIET_KEY = "key-of-the-quiet-shop";
  public static final String CASHIER_SECRET = "a secret of the tests, long enough to be one";

  private static final ObjectMapper JSON = new ObjectMapper();

  private ApiSettings() {}

  static Path write(
      DatabaseConfiguration books, String alipayPublicKey, Map<String, Object> wechatPay)
      throws IOException {
    Path yaml = Files.createTempFile("api", ".yml");
    yaml.toFile().deleteOnExit();
    Files.writeString(yaml, text(books, alipayPublicKey, wechatPay, KEY));
    return yaml;
  }

  static String text(
      DatabaseConfiguration books,
      String alipayPublicKey,
      Map<String, Object> wechatPay,
      String teaHouseKey)
      throws IOException {
    return JSON.writeValueAsString(settings(books, alipayPublicKey, wechatPay, teaHouseKey));
  }

  private static Map<String, Object> settings(
      DatabaseConfiguration books,
      String alipayPublicKey,
      Map<String, Object> wechatPay,
      String teaHouseKey) {
    Map<String, Object> alipay =
        Map.of(
            "app_id", AlipaySigner.APP_ID,
            "seller_id", AlipaySigner.SELLER_ID,
            "alipay_public_key", alipayPublicKey);
    return ImmutableMap.<String, Object>builder()
        .put("public_url", "https://pay.example")
        .put("temporal", Map.of("target", "127.0.0.1:1"))
        .put("database", Map.of("url", books.url(), "user", books.user()))
        .put("cashier", Map.of("secret", CASHIER_SECRET, "poll_interval", "PT0.05S"))
        .put("limits", Map.of("minimum_expires_in", "PT2S", "minimum_amount_fen", 10))
        .put(
            "policy",
            Map.of("expiry_margin", "PT0S", "late_grace", "PT0S", "minimum_pay_window", "PT1S"))
        .put("notify_relay", Map.of("interval", "PT0.1S", "age", "PT0S"))
        .put("patience", "PT3S")
        .put(
            "merchants",
            List.of(
                merchant("tea-house", "The <Tea> House", "alipay", alipay, OLDER_KEY, teaHouseKey),
                merchant("book-shop", "Book shop", "alipay", alipay, OTHER_KEY),
                merchant(QUIET_MERCHANT, "Quiet shop", "alipay", alipay, QUIET_KEY),
                merchant("noodle-bar", "Noodle bar", "wechat_pay", wechatPay, WECHAT_KEY),
                merchant("inn", "Inn", "alipay", other(alipay, "app_id"), "key-of-the-inn"),
                merchant("pub", "Pub", "wechat_pay", other(wechatPay, "mch_id"), "key-of-the-pub"),
                Map.of("id", "no-account", "name", "A shop without an account")))
        .put(
            "server",
            Map.of(
                "applicationConnectors", List.of(Map.of("type", "http", "port", 0)),
                "adminConnectors", List.of(Map.of("type", "http", "port", 0)),
                "shutdownGracePeriod", "10 min",
                "requestLog", Map.of("appenders", List.of())))
        .put("logging", Map.of("level", "WARN"))
        .buildOrThrow();
  }

  /** The account of somebody else, whose messages are signed with the same key. */
  private static Map<String, Object> other(Map<String, Object> account, String identity) {
    Map<String, Object> other = new HashMap<>(account);
    other.put(identity, new StringBuilder(account.get(identity).toString()).reverse().toString());
    return other;
  }

  /** All but the noodle bar take wallets as well. */
  private static Map<String, Object> merchant(
      String id, String name, String channel, Map<String, Object> account, String... keys) {
    ImmutableMap.Builder<String, Object> merchant = ImmutableMap.builder();
    merchant
        .put("id", id)
        .put("name", name)
        .put("api_key_sha256", Stream.of(keys).map(ApiSettings::sha256).toList())
        .put(channel, account);
    if (channel.equals("alipay")) {
      merchant.put(
          "wallet",
          Map.of(
              "withdrawals",
              List.of(Map.of("channel", "ALIPAY"), Map.of("channel", "WECHAT_PAY"))));
    }
    return merchant.buildOrThrow();
  }

  private static String sha256(String key) {
    return Hashing.sha256().hashString(key, StandardCharsets.UTF_8).toString();
  }
}
