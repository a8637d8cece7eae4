package dev.durablecheckout.sandbox.container;

import com.google.common.collect.ImmutableList;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import dev.durablecheckout.sandbox.gateway.wechatpay.MchRegistration;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayGatewayConfiguration;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the process is told about the simulated WeChat Pay and its one merchant. */
final class WechatPaySettings {
  private static final Duration A_MOMENT = Duration.ofSeconds(2);
  private static final String SECRET = "[0-9A-Za-z+/=_-]{16,64}";
  private static final String KEY = "[0-9A-Za-z+/=_-]{32}";
  private static final String APP_ID = "wx[0-9a-f]{16}";

  static final Variable PORT = Variable.port("SANDBOX_WECHAT_PAY_PORT", "8092");
  private static final Variable PUBLIC_URL =
      Variable.publicUrl("SANDBOX_WECHAT_PAY_PUBLIC_URL", "WeChat Pay");
  private static final Variable PRIVATE_KEY =
      Variable.privateKey("SANDBOX_WECHAT_PAY_PRIVATE_KEY", "the simulated WeChat Pay's");
  private static final Variable STATE_FILE =
      Variable.file("SANDBOX_WECHAT_PAY_STATE_FILE", "wechat-payments.json");
  private static final Variable PUBLIC_KEY_ID =
      Variable.of("WECHAT_PAY_PUBLIC_KEY_ID", "PUB_KEY_ID_[0-9]{1,64}", "PUB_KEY_ID_ and digits");
  private static final Variable MCH_ID =
      Variable.of("WECHAT_PAY_MCH_ID", "[0-9]{8,10}", "8 to 10 digits");
  private static final Variable SERIAL_NO =
      Variable.of(
          "WECHAT_PAY_MERCHANT_SERIAL_NO",
          "[0-9A-Fa-f]{1,40}",
          "the number of the merchant's certificate, in hex");
  private static final Variable MERCHANT_PUBLIC_KEY =
      Variable.publicKey("WECHAT_PAY_MERCHANT_PUBLIC_KEY");
  private static final Variable API_V3_KEY =
      Variable.of("WECHAT_PAY_API_V3_KEY", KEY, "32 characters");
  private static final Variable API_V2_KEY =
      Variable.of("WECHAT_PAY_API_V2_KEY", KEY, "32 characters");
  private static final Variable SERVICE_ID =
      Variable.of("WECHAT_PAY_SERVICE_ID", "[0-9]{1,32}", "digits");
  private static final Variable OFFICIAL_ACCOUNT_APP_ID =
      Variable.of("WECHAT_OFFICIAL_ACCOUNT_APP_ID", APP_ID, "wx and 16 hex digits");
  private static final Variable OFFICIAL_ACCOUNT_SECRET =
      Variable.of("WECHAT_OFFICIAL_ACCOUNT_SECRET", SECRET, "16 characters at least");
  private static final Variable MINI_PROGRAM_APP_ID =
      Variable.of("WECHAT_MINI_PROGRAM_APP_ID", APP_ID, "wx and 16 hex digits");
  private static final Variable MINI_PROGRAM_SECRET =
      Variable.of("WECHAT_MINI_PROGRAM_SECRET", SECRET, "16 characters at least");

  static final ImmutableList<Variable> ALL =
      ImmutableList.of(
          PORT,
          PUBLIC_URL,
          PRIVATE_KEY,
          STATE_FILE,
          PUBLIC_KEY_ID,
          MCH_ID,
          SERIAL_NO,
          MERCHANT_PUBLIC_KEY,
          API_V3_KEY,
          API_V2_KEY,
          SERVICE_ID,
          OFFICIAL_ACCOUNT_APP_ID,
          OFFICIAL_ACCOUNT_SECRET,
          MINI_PROGRAM_APP_ID,
          MINI_PROGRAM_SECRET);

  private WechatPaySettings() {}

  /** The gateway at this address; every variable must have been found right. */
  static WechatPayGatewayConfiguration configuration(
      Map<String, String> environment, InetSocketAddress address, Clock clock) {
    return new WechatPayGatewayConfiguration(
        address,
        URI.create(PUBLIC_URL.in(environment)),
        PUBLIC_KEY_ID.in(environment),
        RsaKeys.ofPrivateKey(PRIVATE_KEY.in(environment)),
        null,
        List.of(merchant(environment)),
        clock,
        A_MOMENT,
        A_MOMENT,
        WechatPayGatewayConfiguration.HASTY_NOTIFIES,
        clock.millis(),
        Path.of(STATE_FILE.in(environment)));
  }

  private static MchRegistration merchant(Map<String, String> environment) {
    return new MchRegistration(
        MCH_ID.in(environment),
        Map.of(
            OFFICIAL_ACCOUNT_APP_ID.in(environment), OFFICIAL_ACCOUNT_SECRET.in(environment),
            MINI_PROGRAM_APP_ID.in(environment), MINI_PROGRAM_SECRET.in(environment)),
        SERIAL_NO.in(environment),
        MERCHANT_PUBLIC_KEY.in(environment),
        API_V3_KEY.in(environment),
        SERVICE_ID.in(environment),
        API_V2_KEY.in(environment));
  }
}
