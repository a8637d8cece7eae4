package dev.durablecheckout.sandbox.stack;

import com.google.common.hash.Hashing;
import dev.durablecheckout.sandbox.gateway.SandboxKeys;
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
  private static final int SECRET_BYTES = 32;
  private static final long MAXIMUM_WITHDRAWAL_FEN = 500_000;

  private final AlipayShop alipay;
  private final WechatShop wechatPay;
  private final String apiKey;
  private final String eventSecret;
  private final String cashierSecret;

  private SandboxMerchant(
      AlipayShop alipay,
      WechatShop wechatPay,
      String apiKey,
      String eventSecret,
      String cashierSecret) {
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
        AlipayShop.in(keys),
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

  AlipayShop alipay() {
    return alipay;
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
    merchant.put("alipay", alipay.forApi());
    merchant.put("wechat_pay", wechatPay.forApi());
    return merchant;
  }

  /** What the worker may know, with its accounts at the channels: no API key. */
  Map<String, Object> forWorker(
      Map<String, Object> alipayAccount, Map<String, Object> wechatPayAccount, URI eventsUrl) {
    Map<String, Object> merchant = merchant();
    merchant.put("alipay", alipayAccount);
    merchant.put("wechat_pay", wechatPayAccount);
    merchant.put("events", Map.of("url", eventsUrl.toString(), "secret", eventSecret));
    return merchant;
  }

  private static Map<String, Object> merchant() {
    Map<String, Object> merchant = new LinkedHashMap<>();
    merchant.put("id", ID);
    merchant.put("name", "Demo Shop 示例商店");
    merchant.put(
        "wallet",
        Map.of(
            "withdrawals",
            List.of(
                Map.of("channel", "ALIPAY", "maximum_fen", MAXIMUM_WITHDRAWAL_FEN),
                Map.of("channel", "WECHAT_PAY", "maximum_fen", MAXIMUM_WITHDRAWAL_FEN))));
    return merchant;
  }
}
