package dev.durablecheckout.sandbox.container;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayGatewayConfiguration;
import dev.durablecheckout.sandbox.gateway.alipay.AppRegistration;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayGatewayConfiguration;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** What the process is told by environment variables, all of them checked. It does not print. */
final class GatewaySettings {
  private static final Variable BIND =
      new Variable("SANDBOX_BIND", "127.0.0.1", "an IP address", InetAddresses::isInetAddress);
  private static final Variable ALIPAY_PORT = Variable.port("SANDBOX_ALIPAY_PORT", "8090");
  private static final Variable ORDER_SYSTEM_PORT =
      Variable.port("SANDBOX_ORDER_SYSTEM_PORT", "8091");
  private static final Variable ALIPAY_PUBLIC_URL =
      Variable.publicUrl("SANDBOX_ALIPAY_PUBLIC_URL", "Alipay");
  private static final Variable ALIPAY_PRIVATE_KEY =
      Variable.privateKey("SANDBOX_ALIPAY_PRIVATE_KEY", "the simulated Alipay's");
  private static final Variable APP_ID =
      Variable.of("ALIPAY_APP_ID", "20[0-9]{14}", "16 digits, 20...");
  private static final Variable SELLER_ID =
      Variable.of("ALIPAY_SELLER_ID", "2088[0-9]{12}", "16 digits, 2088...");
  private static final Variable APP_PUBLIC_KEY = Variable.publicKey("ALIPAY_APP_PUBLIC_KEY");
  private static final Variable EVENTS_SECRET =
      Variable.of(
          "EVENTS_SECRET",
          "whsec_(?:[0-9A-Za-z+/]{4}){4,}(?:[0-9A-Za-z+/]{2,3}={1,2})?",
          "whsec_ and base64");
  private static final Variable STATE_FILE =
      Variable.file("SANDBOX_STATE_FILE", "alipay-trades.json");

  private static final ImmutableList<Variable> ALL =
      ImmutableList.<Variable>builder()
          .add(BIND, ALIPAY_PORT, ORDER_SYSTEM_PORT, ALIPAY_PUBLIC_URL, ALIPAY_PRIVATE_KEY)
          .add(APP_ID, SELLER_ID, APP_PUBLIC_KEY, EVENTS_SECRET, STATE_FILE)
          .addAll(WechatPaySettings.ALL)
          .build();

  private final Map<String, String> environment;

  private GatewaySettings(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads and checks all of them.
   *
   * @throws InvalidSettingsException with a line for each that is missing or wrong
   */
  static GatewaySettings of(Map<String, String> environment) throws InvalidSettingsException {
    List<String> faults =
        ALL.stream()
            .filter(each -> !each.accepts().test(each.in(environment)))
            .map(each -> each.name() + " must be " + each.wanted())
            .collect(toImmutableList());
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
    return new GatewaySettings(Map.copyOf(environment));
  }

  AlipayGatewayConfiguration alipay(Clock clock) {
    return new AlipayGatewayConfiguration(
        address(ALIPAY_PORT),
        URI.create(value(ALIPAY_PUBLIC_URL)),
        RsaKeys.ofPrivateKey(value(ALIPAY_PRIVATE_KEY)),
        List.of(new AppRegistration(value(APP_ID), value(SELLER_ID), value(APP_PUBLIC_KEY))),
        clock,
        AlipayGatewayConfiguration.HASTY_NOTIFIES,
        clock.millis(),
        Path.of(value(STATE_FILE)));
  }

  WechatPayGatewayConfiguration wechatPay(Clock clock) {
    return WechatPaySettings.configuration(environment, address(WechatPaySettings.PORT), clock);
  }

  InetSocketAddress orderSystem() {
    return address(ORDER_SYSTEM_PORT);
  }

  String eventsSecret() {
    return value(EVENTS_SECRET);
  }

  private InetSocketAddress address(Variable port) {
    return new InetSocketAddress(
        InetAddresses.forString(value(BIND)), Integer.parseInt(value(port)));
  }

  private String value(Variable variable) {
    return variable.in(environment);
  }
}
