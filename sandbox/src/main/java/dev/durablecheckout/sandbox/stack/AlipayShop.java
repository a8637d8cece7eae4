package dev.durablecheckout.sandbox.stack;

import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import dev.durablecheckout.sandbox.gateway.SandboxKeys;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayCertificates;
import dev.durablecheckout.sandbox.gateway.alipay.AppRegistration;
import dev.durablecheckout.workflows.payment.Channel;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shop's account at the simulated Alipay: in certificate mode, as Alipay wants it of whoever
 * pays out. The keys are kept; their certificates are issued anew at each start, together with the
 * configuration files that hold them.
 */
final class AlipayShop {
  static final String APP_ID = "2021000000000001";
  private static final String SELLER_ID = "2088000000000001";

  private final RsaKeys app;
  private final RsaKeys gateway;
  private final AlipayCertificates certificates;

  private AlipayShop(RsaKeys app, RsaKeys gateway, AlipayCertificates certificates) {
    this.app = app;
    this.gateway = gateway;
    this.certificates = certificates;
  }

  static AlipayShop in(SandboxKeys keys) throws IOException {
    RsaKeys app = keys.alipayApp(APP_ID);
    RsaKeys gateway = keys.alipayGateway();
    return new AlipayShop(app, gateway, AlipayCertificates.issue(gateway, app, Clock.systemUTC()));
  }

  RsaKeys gatewayKeys() {
    return gateway;
  }

  AlipayCertificates certificates() {
    return certificates;
  }

  AppRegistration registration() {
    return new AppRegistration(APP_ID, SELLER_ID, app.publicKey());
  }

  /** What the API may know: enough to read notifies. */
  Map<String, Object> forApi() {
    Map<String, Object> account = new LinkedHashMap<>();
    account.put("app_id", APP_ID);
    account.put("seller_id", SELLER_ID);
    account.put("alipay_certificate", certificates.alipay().pem());
    account.put("methods", Channel.ALIPAY.methods());
    return account;
  }

  Map<String, Object> forWorker(URI gatewayUrl, URI notifyUrl) {
    Map<String, Object> account = forApi();
    account.putAll(
        ImmutableMap.<String, Object>builder()
            .put("app_certificate", certificates.app().pem())
            .put("root_certificates", certificates.root().pem())
            .put("private_key", app.privateKey())
            .put("gateway_url", gatewayUrl.toString())
            .put("notify_url", notifyUrl.toString())
            .put("connect_timeout", "PT1S")
            .put("read_timeout", "PT3S")
            .put(
                "payout",
                Map.of(
                    "transfer_scene_name",
                    "业务结算",
                    "transfer_scene_report_infos",
                    List.of(Map.of("info_type", "结算款项名称", "info_content", "提现"))))
            .buildOrThrow());
    return account;
  }
}
