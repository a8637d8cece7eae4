package dev.durablecheckout.sandbox.stack;

import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import dev.durablecheckout.sandbox.gateway.SandboxKeys;
import dev.durablecheckout.sandbox.gateway.wechatpay.MchRegistration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shop's account at the simulated WeChat Pay: an official account, a mini program, an app. */
public final class WechatShop {
  public static final String MCH_ID = "1900000109";
  static final String PUBLIC_KEY_ID = "PUB_KEY_ID_0119000001092026010100000000000001";
  private static final String SERIAL_NO = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
  public static final String OFFICIAL_ACCOUNT = "wx0000000000000001";
  public static final String MINI_PROGRAM = "wx0000000000000002";
  private static final String MOBILE_APP = "wx0000000000000003";
  private static final String SERVICE_ID = "500001";

  private final RsaKeys merchant;
  private final RsaKeys gateway;
  private final String appSecret;
  private final String apiV3Key;
  private final String apiV2Key;

  private WechatShop(
      RsaKeys merchant, RsaKeys gateway, String appSecret, String apiV3Key, String apiV2Key) {
    this.merchant = merchant;
    this.gateway = gateway;
    this.appSecret = appSecret;
    this.apiV3Key = apiV3Key;
    this.apiV2Key = apiV2Key;
  }

  static WechatShop in(Path directory, SandboxKeys keys) throws IOException {
    return new WechatShop(
        keys.wechatPayMerchant(MCH_ID),
        keys.wechatPayGateway(),
        KeptSecret.in(directory.resolve("wechat-app-secret"), "", 24),
        KeptSecret.in(directory.resolve("wechatpay-api-v3-key"), "", 24),
        KeptSecret.in(directory.resolve("wechatpay-api-v2-key"), "", 24));
  }

  RsaKeys gatewayKeys() {
    return gateway;
  }

  MchRegistration registration() {
    return new MchRegistration(
        MCH_ID,
        Map.of(OFFICIAL_ACCOUNT, appSecret, MINI_PROGRAM, appSecret, MOBILE_APP, appSecret),
        SERIAL_NO,
        merchant.publicKey(),
        apiV3Key,
        SERVICE_ID,
        apiV2Key);
  }

  /** What the API may know: enough to read notifies. */
  Map<String, Object> forApi() {
    Map<String, Object> account = new LinkedHashMap<>();
    account.put("mch_id", MCH_ID);
    account.put("official_account", Map.of("app_id", OFFICIAL_ACCOUNT));
    account.put("mini_program", Map.of("app_id", MINI_PROGRAM));
    account.put("mobile_app", Map.of("app_id", MOBILE_APP));
    account.put("api_v3_key", apiV3Key);
    account.put("public_key", gateway.publicKey());
    account.put("public_key_id", PUBLIC_KEY_ID);
    account.put("pay_score", Map.of("service_id", SERVICE_ID));
    return account;
  }

  Map<String, Object> forWorker(URI gatewayUrl, URI loginUrl, URI notifyUrl) {
    Map<String, Object> account = forApi();
    account.put("official_account", Map.of("app_id", OFFICIAL_ACCOUNT, "app_secret", appSecret));
    account.put("mini_program", Map.of("app_id", MINI_PROGRAM, "app_secret", appSecret));
    account.put("pay_score", Map.of("service_id", SERVICE_ID, "api_v2_key", apiV2Key));
    account.putAll(
        ImmutableMap.<String, Object>builder()
            .put("private_key", merchant.privateKey())
            .put("merchant_serial_no", SERIAL_NO)
            .put("gateway_url", gatewayUrl.toString())
            .put("login_url", loginUrl.toString())
            .put("notify_url", notifyUrl.toString())
            .put("connect_timeout", "PT1S")
            .put("read_timeout", "PT3S")
            .put(
                "payout",
                Map.of(
                    "transfer_scene_id",
                    "1005",
                    "transfer_scene_report_infos",
                    List.of(Map.of("info_type", "岗位类型", "info_content", "外卖员"))))
            .buildOrThrow());
    return account;
  }
}
