package dev.durablecheckout.sandbox.stack;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import dev.durablecheckout.sandbox.gateway.SandboxKeys;
import dev.durablecheckout.sandbox.gateway.alipay.AppRegistration;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shop of the sandbox: its keys and secrets, made once and kept in the data directory. */
public final class SandboxMerchant {
  public static final String ID = "demo-shop";
  private static final String APP_ID = "2021000000000001";
  private static final String SELLER_ID = "2088000000000001";

  private final RsaKeys app;
  private final RsaKeys alipay;
  private final String apiKey;
  private final String eventSecret;
  private final String cashierSecret;

  private SandboxMerchant(
      RsaKeys app, RsaKeys alipay, String apiKey, String eventSecret, String cashierSecret) {
    this.app = app;
    this.alipay = alipay;
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
        secret(directory.resolve("api-key"), "sk_"),
        secret(directory.resolve("event-secret"), "whsec_"),
        secret(directory.resolve("cashier-secret"), ""));
  }

  private static String secret(Path file, String prefix) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[32];
      new SecureRandom().nextBytes(random);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, prefix + BaseEncoding.base64().encode(random));
    }
    return Files.readString(file);
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

  /** What the API may know: no private key. */
  Map<String, Object> forApi() {
    Map<String, Object> merchant = merchant();
    merchant.put(
        "api_key_sha256",
        List.of(Hashing.sha256().hashString(apiKey, StandardCharsets.UTF_8).toString()));
    merchant.put(
        "alipay",
        Map.of("app_id", APP_ID, "seller_id", SELLER_ID, "alipay_public_key", alipay.publicKey()));
    return merchant;
  }

  /** What the worker may know: no API key. */
  Map<String, Object> forWorker(URI gatewayUrl, URI notifyUrl, URI eventsUrl) {
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
