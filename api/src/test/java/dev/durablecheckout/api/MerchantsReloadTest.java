package dev.durablecheckout.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.merchant.MerchantsReload;
import dev.durablecheckout.api.scene.AlipaySigner;
import dev.durablecheckout.api.scene.ApiSettings;
import dev.durablecheckout.api.scene.Await;
import dev.durablecheckout.api.scene.Bodies;
import dev.durablecheckout.api.scene.Http.Answer;
import dev.durablecheckout.api.scene.Scene;
import dev.durablecheckout.api.scene.WechatPaySigner;
import io.dropwizard.testing.DropwizardTestSupport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys change on the disk, and the process takes them over. */
@Timeout(120)
final class MerchantsReloadTest {
  private static final String NEW_KEY = "new-key-of-the-tea-house";

  private final Scene scene;
  private DropwizardTestSupport<CheckoutApiConfiguration> api;

  MerchantsReloadTest() throws Exception {
    scene = Scene.get();
  }

  @Test
  void keysChangeWithoutARestartAndABrokenFileChangesNothing(@TempDir Path directory)
      throws Exception {
    Path yaml = directory.resolve("api.yml");
    Path apiV3Key = Files.writeString(directory.resolve("key"), WechatPaySigner.API_V3_KEY + "\n");
    AlipaySigner next = new AlipaySigner();
    Files.writeString(yaml, scene.settings(scene.alipay(), ApiSettings.KEY, apiV3Key));
    api = scene.anotherApi(yaml);
    api.before();
    try {
      assertThat(status(ApiSettings.KEY)).isEqualTo(404);
      assertThat(status(NEW_KEY)).isEqualTo(401);

      Files.writeString(yaml, "merchants: [");
      // That nothing happens can only be waited for.
      Thread.sleep(MerchantsReload.INTERVAL.plusSeconds(2).toMillis());
      assertThat(status(ApiSettings.KEY)).as("after a broken file").isEqualTo(404);

      Files.writeString(yaml, scene.settings(next, NEW_KEY, apiV3Key));
      Await.until(() -> status(NEW_KEY) == 404);

      assertThat(status(ApiSettings.KEY)).isEqualTo(401);
      assertThat(notify(scene.alipay())).isEqualTo(400);
      assertThat(notify(next)).isEqualTo(200);
    } finally {
      api.after();
    }
  }

  /** 404 for a key that is known: there is no such checkout. */
  private int status(String apiKey) {
    return Scene.with(api, apiKey).get("/v1/checkouts/tea-house.never-was").status();
  }

  private int notify(AlipaySigner signer) {
    Answer opened =
        scene.http().post("/v1/checkouts", Bodies.checkout(Bodies.orderNo()).toString());
    String body =
        signer.paid(
            opened.at("/checkout_id"), opened.at("/payment/out_trade_no"), "128.00", Map.of());
    return Scene.strangerTo(api)
        .post(
            "/v1/notify/alipay/tea-house",
            body.getBytes(UTF_8),
            "application/x-www-form-urlencoded; charset=utf-8")
        .status();
  }
}
