package dev.durablecheckout.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.hash.Hashing;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "api, dev.durablecheckout.api.CheckoutApiApplication server /etc/checkout/api.yml",
    "worker, dev.durablecheckout.worker.CheckoutWorkerApplication server /etc/checkout/worker.yml",
    "migrate, dev.durablecheckout.worker.CheckoutWorkerApplication migrate"
        + " /etc/checkout/worker.yml",
    "audit, dev.durablecheckout.worker.CheckoutWorkerApplication audit /etc/checkout/worker.yml",
    "stock, dev.durablecheckout.worker.CheckoutWorkerApplication stock /etc/checkout/worker.yml",
    "voucher, dev.durablecheckout.worker.CheckoutWorkerApplication voucher /etc/checkout/worker.yml",
    "wallet, dev.durablecheckout.worker.CheckoutWorkerApplication wallet /etc/checkout/worker.yml",
    "reconcile, dev.durablecheckout.worker.CheckoutWorkerApplication reconcile /etc/checkout/worker.yml",
    "recover, dev.durablecheckout.worker.CheckoutWorkerApplication recover /etc/checkout/worker.yml",
    "ledger, dev.durablecheckout.worker.CheckoutWorkerApplication ledger /etc/checkout/worker.yml",
    "sandbox, dev.durablecheckout.sandbox.container.SandboxGatewayMain"
  })
  void aCommandRunsItsProcess(String command, String expected) throws Exception {
    assertThat(entrypoint(command, "--more").output())
        .contains("-cp /opt/checkout/app/*:/opt/checkout/lib/*")
        .endsWith(expected + " --more");
    Class<?> main = Class.forName(expected.split(" ", -1)[0]);
    assertThat(main.getMethod("main", String[].class)).isNotNull();
  }

  @Test
  void anUnknownCommandIsRefused() throws Exception {
    assertThat(entrypoint("wroker")).returns(64, Shell::exitCode);
  }

  @Test
  void withoutACommandTheImageSaysWhatItCanDo() throws Exception {
    Shell help = entrypoint();
    assertThat(help.exitCode()).isZero();
    assertThat(help.output()).contains("api", "worker", "migrate", "audit", "stock", "wallet");
  }

  /** Runs the entrypoint with a {@code java} that prints its arguments. */
  private Shell entrypoint(String... arguments) throws Exception {
    Path java = Files.writeString(folder.resolve("java"), "#!/bin/sh\necho \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return Shell.run(
        Map.of("PATH", folder + ":" + System.getenv("PATH")), "entrypoint.sh", arguments);
  }

  @ParameterizedTest
  @CsvSource({"200, true", "204, false", "404, false", "500, false"})
  void onlyA200IsHealthy(int status, boolean healthy) throws Exception {
    assumeTrue(Shell.has("bash"), "bash is in the image, but not on this machine");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/ping",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    try {
      String port = Integer.toString(server.getAddress().getPort());
      assertThat(Shell.run(Map.of(), "healthcheck.sh", port, "/ping").exitCode() == 0)
          .isEqualTo(healthy);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aProcessThatDoesNotListenIsUnhealthy() throws Exception {
    assumeTrue(Shell.has("bash"), "bash is in the image, but not on this machine");
    assertThat(Shell.run(Map.of(), "healthcheck.sh", "1", "/ping").exitCode()).isNotZero();
  }

  @Test
  void anEnvFileHasEveryValueAndKeysThatFit() throws Exception {
    assumeTrue(Shell.has("bash") && Shell.has("openssl"), "bash or openssl is missing here");
    Path file = folder.resolve("made.env");
    assertThat(Shell.run(Map.of(), "make-env.sh", file.toString())).returns(0, Shell::exitCode);

    Map<String, String> made = DockerFolder.assignments(file);
    assertThat(made.keySet()).isEqualTo(DockerFolder.exampleValues().keySet());
    assertThat(made.values()).noneMatch(String::isEmpty);
    assertThat(made.get("API_KEY_SHA256"))
        .isEqualTo(Hashing.sha256().hashString(made.get("API_KEY"), UTF_8).toString());
    assertThat(made.get("EVENTS_SECRET")).startsWith("whsec_");
    assertKeysFit(made.get("ALIPAY_PRIVATE_KEY"), made.get("ALIPAY_APP_PUBLIC_KEY"));
    assertKeysFit(made.get("SANDBOX_ALIPAY_PRIVATE_KEY"), made.get("ALIPAY_PUBLIC_KEY"));
    assertKeysFit(made.get("WECHAT_PAY_PRIVATE_KEY"), made.get("WECHAT_PAY_MERCHANT_PUBLIC_KEY"));
    assertKeysFit(made.get("SANDBOX_WECHAT_PAY_PRIVATE_KEY"), made.get("WECHAT_PAY_PUBLIC_KEY"));
    assertThat(made.get("WECHAT_PAY_API_V3_KEY")).hasSize(32);
    // alipay-sdk refuses one pair for both sides.
    assertThat(made.get("ALIPAY_PUBLIC_KEY")).isNotEqualTo(made.get("ALIPAY_APP_PUBLIC_KEY"));
  }

  @Test
  void anEnvFileIsNeverOverwritten() throws Exception {
    assumeTrue(Shell.has("bash") && Shell.has("openssl"), "bash or openssl is missing here");
    Path file = Files.writeString(folder.resolve("mine.env"), "API_KEY=mine\n");
    assertThat(Shell.run(Map.of(), "make-env.sh", file.toString()).exitCode()).isNotZero();
    assertThat(file).hasContent("API_KEY=mine");
  }

  private static void assertKeysFit(String privateKey, String publicKey) throws Exception {
    KeyFactory rsa = KeyFactory.getInstance("RSA");
    PrivateKey signing =
        rsa.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey)));
    PublicKey verifying =
        rsa.generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey)));
    byte[] message = "a message".getBytes(US_ASCII);
    Signature signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(signing);
    signer.update(message);
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(verifying);
    verifier.update(message);
    assertThat(verifier.verify(signer.sign())).isTrue();
  }
}
