package dev.durablecheckout.sandbox.container;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import com.google.common.primitives.Ints;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayGatewayConfiguration;
import dev.durablecheckout.sandbox.gateway.alipay.AppRegistration;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the process is told by environment variables, all of them checked. It does not print. */
final class GatewaySettings {
  private static final int MAX_PORT = 65_535;

  /**
   * One environment variable.
   *
   * @param otherwise what an absent or empty one stands for; empty if it must be given
   * @param wanted what a right value is, for whoever gave a wrong one
   */
  private record Variable(String name, String otherwise, String wanted, Predicate<String> accepts) {
    String in(Map<String, String> environment) {
      String value = Strings.nullToEmpty(environment.get(name)).strip();
      return value.isEmpty() ? otherwise : value;
    }
  }

  private static final Variable BIND =
      new Variable("SANDBOX_BIND", "127.0.0.1", "an IP address", InetAddresses::isInetAddress);
  private static final Variable ALIPAY_PORT = port("SANDBOX_ALIPAY_PORT", "8090");
  private static final Variable ORDER_SYSTEM_PORT = port("SANDBOX_ORDER_SYSTEM_PORT", "8091");
  private static final Variable ALIPAY_PUBLIC_URL =
      new Variable(
          "SANDBOX_ALIPAY_PUBLIC_URL",
          "",
          "where a buyer's browser reaches the simulated Alipay, http://host:port",
          Pattern.compile("https?://[0-9A-Za-z.:\\[\\]-]+/?").asMatchPredicate());
  private static final Variable ALIPAY_PRIVATE_KEY =
      new Variable(
          "SANDBOX_ALIPAY_PRIVATE_KEY",
          "",
          "the simulated Alipay's RSA private key, PKCS#8 in base64",
          RsaKeys::isPrivateKey);
  private static final Variable APP_ID = number("ALIPAY_APP_ID", "20[0-9]{14}", "16 digits, 20...");
  private static final Variable SELLER_ID =
      number("ALIPAY_SELLER_ID", "2088[0-9]{12}", "16 digits, 2088...");
  private static final Variable APP_PUBLIC_KEY =
      new Variable(
          "ALIPAY_APP_PUBLIC_KEY",
          "",
          "the merchant's RSA public key, X.509 in base64",
          RsaKeys::isPublicKey);
  private static final Variable EVENTS_SECRET =
      new Variable(
          "EVENTS_SECRET",
          "",
          "whsec_ and base64",
          Pattern.compile("whsec_(?:[0-9A-Za-z+/]{4}){4,}(?:[0-9A-Za-z+/]{2,3}={1,2})?")
              .asMatchPredicate());
  private static final Variable STATE_FILE =
      new Variable("SANDBOX_STATE_FILE", "alipay-trades.json", "a file", value -> true);

  private static final ImmutableList<Variable> ALL =
      ImmutableList.of(
          BIND,
          ALIPAY_PORT,
          ORDER_SYSTEM_PORT,
          ALIPAY_PUBLIC_URL,
          ALIPAY_PRIVATE_KEY,
          APP_ID,
          SELLER_ID,
          APP_PUBLIC_KEY,
          EVENTS_SECRET,
          STATE_FILE);

  private final Map<String, String> environment;

  private GatewaySettings(Map<String, String> environment) {
    this.environment = environment;
  }

  private static Variable port(String name, String otherwise) {
    return new Variable(
        name,
        otherwise,
        "a port, 0 (any free one) to " + MAX_PORT,
        value -> {
          Integer port = Ints.tryParse(value);
          return port != null && port >= 0 && port <= MAX_PORT;
        });
  }

  private static Variable number(String name, String pattern, String wanted) {
    return new Variable(name, "", wanted, Pattern.compile(pattern).asMatchPredicate());
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
