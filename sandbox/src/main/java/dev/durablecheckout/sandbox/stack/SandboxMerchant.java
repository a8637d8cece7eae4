package dev.durablecheckout.sandbox.stack;

import com.google.common.hash.Hashing;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import dev.durablecheckout.sandbox.gateway.SandboxKeys;
import dev.durablecheckout.sandbox.gateway.alipay.AppRegistration;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shop of the sandbox: its keys and secrets, made once and kept in the data directory. */
public final class SandboxMerchant {
  public static final String ID = "demo-shop";
  private static final String APP_ID = "2021000000000001";
  private static final String SELLER_ID = "2088000000000001";
  private static final int SECRET_BYTES = 32;

  private final RsaKeys app;
  private final RsaKeys alipay;
  private final WechatShop wechatPay;
  private final String apiKey;
  private final String eventSecret;
  private final String cashierSecret;

  private SandboxMerchant(
      RsaKeys app,
      RsaKeys alipay,
      WechatShop wechatPay,
      String apiKey,
      String eventSecret,
      String cashierSecret) {
    this.app = app;
    this.alipay = alipay;
    this.wechatPay = wechatPay;
    this.apiKey = apiKey;
    this.eventSecret = eventSecret;
    this.cashierSecret = cashierSecret;
  }

  static SandboxMerchant in(Path data) throws IOException {
    Path directory = data.resolve("keys");
    SandboxKeys keys = SandboxKeys.in(directory);
    return new SandboxMerchant(
        keys.alipayApp(APP_ID),
        keys.alipayGateway(),
        WechatShop.in(directory, keys),
        KeptSecret.in(directory.resolve("api-key"), "sk_", SECRET_BYTES),
        KeptSecret.in(directory.resolve("event-secret"), "whsec_", SECRET_BYTES),
        KeptSecret.in(directory.resolve("cashier-secret"), "", SECRET_BYTES));
  }

  public String apiKey() {
    return apiKey;
  }

  String eventSecret() {
    return eventSecret;
  }

  String cashierSecret() {
    return cashierSecret;
  }

  RsaKeys alipayKeys() {
    return alipay;
  }

  AppRegistration registration() {
    return new AppRegistration(APP_ID, SELLER_ID, app.publicKey());
  }

  WechatShop wechatPay() {
    return wechatPay;
  }

  /** What the API may know: no private key. */
  Map<String, Object> forApi() {
    Map<String, Object> merchant = merchant();
    merchant.put(
        "api_key_sha256",
        List.of(Hashing.sha256().hashString(apiKey, StandardCharsets.UTF_8).toString()));
    merchant.put(
        "alipay",
        Map.of("app_id", APP_ID, "seller_id", SELLER_ID, "alipay_public_key", alipay.publicKey()));
    merchant.put("wechat_pay", wechatPay.forApi());
    return merchant;
  }

  /**
   * What the worker may know: no API key.
   *
   * @param wechatPayAccount that at WeChat Pay
   */
  Map<String, Object> forWorker(
      URI gatewayUrl, URI notifyUrl, Map<String, Object> wechatPayAccount, URI eventsUrl) {
    Map<String, Object> merchant = merchant();
    merchant.put(
        "alipay",
        Map.of(
            "app_id",
            APP_ID,
            "seller_id",
            SELLER_ID,
            "alipay_public_key",
            alipay.publicKey(),
            "private_key",
            app.privateKey(),
            "gateway_url",
            gatewayUrl.toString(),
            "notify_url",
            notifyUrl.toString(),
            "connect_timeout",
            "PT1S",
            "read_timeout",
            "PT3S"));
    merchant.put("wechat_pay", wechatPayAccount);
    merchant.put("events", Map.of("url", eventsUrl.toString(), "secret", eventSecret));
    return merchant;
  }

  private static Map<String, Object> merchant() {
    Map<String, Object> merchant = new LinkedHashMap<>();
    merchant.put("id", ID);
    merchant.put("name", "Demo Shop 示例商店");
    merchant.put("wallet", Map.of());
    return merchant;
  }
}
