package dev.durablecheckout.sandbox.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.api.AlipayClient;
import com.alipay.api.AlipayConfig;
import com.alipay.api.DefaultAlipayClient;
import com.alipay.api.request.AlipayTradePrecreateRequest;
import com.google.common.base.Splitter;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The process in the sandbox container: what it listens to, and what it says to nonsense. */
@Timeout(60)
final class SandboxGatewayMainTest {
  private static final RsaKeys ALIPAY = RsaKeys.generate();
  private static final RsaKeys APP = RsaKeys.generate();
  private static final String APP_ID = "2021000000000001";
  private static final int SIGTERM = 143;

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Process process;

  SandboxGatewayMainTest() {
    environment.put("SANDBOX_ALIPAY_PORT", "0");
    environment.put("SANDBOX_ORDER_SYSTEM_PORT", "0");
    environment.put("SANDBOX_ALIPAY_PUBLIC_URL", "http://localhost:18090");
    environment.put("SANDBOX_ALIPAY_PRIVATE_KEY", ALIPAY.privateKey());
    environment.put("ALIPAY_APP_ID", APP_ID);
    environment.put("ALIPAY_SELLER_ID", "2088000000000001");
    environment.put("ALIPAY_APP_PUBLIC_KEY", APP.publicKey());
    environment.put("EVENTS_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    environment.put("SANDBOX_WECHAT_PAY_PORT", "0");
    environment.put("SANDBOX_WECHAT_PAY_PUBLIC_URL", "http://localhost:18092");
    environment.put("SANDBOX_WECHAT_PAY_PRIVATE_KEY", ALIPAY.privateKey());
    environment.put("WECHAT_PAY_PUBLIC_KEY_ID", "PUB_KEY_ID_0119000001");
    environment.put("WECHAT_PAY_MCH_ID", "1900000109");
    environment.put("WECHAT_PAY_MERCHANT_SERIAL_NO", "5157F09EFDC096DE15EB");
    environment.put("WECHAT_PAY_MERCHANT_PUBLIC_KEY", APP.publicKey());
    environment.put("WECHAT_PAY_API_V3_KEY", "0123456789abcdef0123456789abcdef");
    environment.put("WECHAT_PAY_API_V2_KEY", "fedcba9876543210fedcba9876543210");
    environment.put("WECHAT_PAY_SERVICE_ID", "500001");
    environment.put("WECHAT_OFFICIAL_ACCOUNT_APP_ID", "wx0000000000000001");
    environment.put("WECHAT_OFFICIAL_ACCOUNT_SECRET", "0123456789abcdef");
    environment.put("WECHAT_MINI_PROGRAM_APP_ID", "wx0000000000000002");
    environment.put("WECHAT_MINI_PROGRAM_SECRET", "0123456789abcdef");
  }

  @AfterEach
  void stop() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private BufferedReader start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SandboxGatewayMain.class.getName());
    builder.environment().putAll(environment);
    builder.directory(folder.toFile()).redirectErrorStream(true);
    process = builder.start();
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String address(BufferedReader output) throws IOException {
    return Splitter.on("  ").trimResults().omitEmptyStrings().splitToList(output.readLine()).get(1);
  }

  @Test
  void itServesAMerchantAndStopsWhenAsked() throws Exception {
    BufferedReader output = start();
    String gateway = address(output);
    String wechatPay = address(output);
    String orders = address(output);

    AlipayConfig config = new AlipayConfig();
    config.setServerUrl(gateway);
    config.setAppId(APP_ID);
    config.setPrivateKey(APP.privateKey());
    config.setAlipayPublicKey(ALIPAY.publicKey());
    AlipayClient client = new DefaultAlipayClient(config);
    AlipayTradePrecreateRequest request = new AlipayTradePrecreateRequest();
    request.setBizContent(
        "{\"out_trade_no\":\"P1_1\",\"total_amount\":\"12.30\",\"subject\":\"book\"}");
    assertThat(client.execute(request).getQrCode())
        .as("a buyer's browser reaches it by its public address")
        .startsWith("http://localhost:18090/qr/");
    assertThat(status(orders)).isEqualTo(200);
    assertThat(status(wechatPay + "/buyer")).isEqualTo(200);
    assertThat(status(URI.create(gateway).resolve("/control/faults").toString()))
        .as("what the container's health check asks for")
        .isEqualTo(200);

    process.toHandle().destroy(); // Process.destroy() would close its output as well.
    assertThat(output.readLine()).isEqualTo("stopped");
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(SIGTERM);
  }

  private static int status(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @ParameterizedTest
  @CsvSource({
    "SANDBOX_BIND, everywhere",
    "SANDBOX_ALIPAY_PORT, 65536",
    "SANDBOX_ORDER_SYSTEM_PORT, -1",
    "SANDBOX_ALIPAY_PUBLIC_URL, localhost",
    "SANDBOX_ALIPAY_PUBLIC_URL, ''",
    "SANDBOX_ALIPAY_PRIVATE_KEY, TUlJRXZ3",
    "ALIPAY_APP_ID, demo",
    "ALIPAY_SELLER_ID, 2021000000000001",
    "ALIPAY_APP_PUBLIC_KEY, TUlJRXZ3",
    "EVENTS_SECRET, MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "SANDBOX_WECHAT_PAY_PORT, x",
    "SANDBOX_WECHAT_PAY_PRIVATE_KEY, TUlJRXZ3",
    "WECHAT_PAY_PUBLIC_KEY_ID, 0119000001",
    "WECHAT_PAY_API_V3_KEY, tooshort",
    "WECHAT_MINI_PROGRAM_APP_ID, demo"
  })
  void aWrongVariableIsNamedAndItsValueKeptQuiet(String name, String value) {
    environment.put(name, value);
    InvalidSettingsException refusal = refusal();
    assertThat(refusal.faults()).hasSize(1);
    assertThat(refusal.faults().get(0)).startsWith(name + " must be ");
    if (!value.isEmpty()) {
      assertThat(refusal.getMessage()).doesNotContain(value);
    }
  }

  private InvalidSettingsException refusal() {
    try {
      GatewaySettings.of(environment);
    } catch (InvalidSettingsException e) {
      return e;
    }
    throw new AssertionError("accepted");
  }

  @Test
  void allThatIsMissingIsSaidAtOnceAndTheProcessEnds() throws Exception {
    environment.replaceAll((name, value) -> "");
    BufferedReader output = start();
    assertThat(output.lines())
        .extracting(line -> Splitter.on(' ').splitToList(line).get(0))
        .containsExactlyInAnyOrder(
            "SANDBOX_ALIPAY_PUBLIC_URL",
            "SANDBOX_ALIPAY_PRIVATE_KEY",
            "ALIPAY_APP_ID",
            "ALIPAY_SELLER_ID",
            "ALIPAY_APP_PUBLIC_KEY",
            "EVENTS_SECRET",
            "SANDBOX_WECHAT_PAY_PUBLIC_URL",
            "SANDBOX_WECHAT_PAY_PRIVATE_KEY",
            "WECHAT_PAY_PUBLIC_KEY_ID",
            "WECHAT_PAY_MCH_ID",
            "WECHAT_PAY_MERCHANT_SERIAL_NO",
            "WECHAT_PAY_MERCHANT_PUBLIC_KEY",
            "WECHAT_PAY_API_V3_KEY",
            "WECHAT_PAY_API_V2_KEY",
            "WECHAT_PAY_SERVICE_ID",
            "WECHAT_OFFICIAL_ACCOUNT_APP_ID",
            "WECHAT_OFFICIAL_ACCOUNT_SECRET",
            "WECHAT_MINI_PROGRAM_APP_ID",
            "WECHAT_MINI_PROGRAM_SECRET");
    assertThat(process.waitFor()).isEqualTo(2);
  }
}
