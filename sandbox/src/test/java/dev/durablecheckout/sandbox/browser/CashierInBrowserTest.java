package dev.durablecheckout.sandbox.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import dev.durablecheckout.sandbox.stack.Stack;
import dev.durablecheckout.sandbox.stack.StackOptions;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cashier page as a buyer sees it, in a real browser of a phone's size. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
final class CashierInBrowserTest {
  private static final long AMOUNT_FEN = 12_850;

  private Stack stack;
  private Chromium chromium;
  private Page page;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    chromium = Chromium.start(data.resolve("profile"));
    stack = new Stack(StackOptions.forTests(data.resolve("data")));
    stack.startWorker();
    stack.startApi();
  }

  @AfterAll
  void stop() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
    if (stack != null) {
      stack.close();
    }
  }

  @BeforeEach
  void newPage() throws Exception {
    page = chromium.page(390, 844, 2);
    page.language("zh-CN");
  }

  @AfterEach
  void nothingForeignWasAskedFor() {
    assertThat(page.requested())
        .allSatisfy(
            address -> assertThat(address).matches("(about:blank|http://127\\.0\\.0\\.1:.*)"));
    page.close();
  }

  private JsonNode open(long expiresInSeconds) {
    String orderNo = "B" + UUID.randomUUID().toString().replace("-", "");
    CheckoutApi.Answer answer =
        new CheckoutApi(stack.apiUrl(), stack.merchant().apiKey())
            .open(orderNo, AMOUNT_FEN, "book", expiresInSeconds);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    return answer.body();
  }

  private static URI cashier(JsonNode checkout) {
    return URI.create(checkout.get("cashier_url").asText());
  }

  private static String qr(JsonNode checkout) {
    return checkout.at("/payment/credential/content").asText();
  }

  private void openAndAwait(JsonNode checkout, String text) throws InterruptedException {
    page.open(cashier(checkout));
    page.await(text, read -> read.contains(text));
  }

  @Test
  void theQrCodeOnTheScreenIsTheOneToPayAndPayingShowsWithoutReloading() throws Exception {
    JsonNode checkout = open(1_800);
    openAndAwait(checkout, "128.50");
    assertThat(page.text()).contains("Demo Shop 示例商店", "A good book 一本好书");
    assertThat(page.evaluate("document.documentElement.lang")).isEqualTo("zh-CN");
    page.await("a countdown", read -> read.matches("(?s).*\\b29:\\d\\d\\b.*"));
    assertThat(readQr(page.screenshot())).isEqualTo(qr(checkout));
    page.keep("cashier.png");

    page.evaluate("window.neverReloaded = 'yes'");
    stack.alipay().buyer().pay(qr(checkout));
    page.await("the payment", read -> read.contains("支付成功"));
    assertThat(page.evaluate("window.neverReloaded")).isEqualTo("yes");
    assertThat(page.evaluate("document.querySelector('.code') === null")).isEqualTo("true");
    page.keep("cashier-paid.png");
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void fitsAPhoneWithoutScrollingSideways() throws Exception {
    JsonNode checkout = open(1_800);
    for (int width : new int[] {320, 390, 1280}) {
      page.size(width, 844, 1);
      openAndAwait(checkout, "128.50");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .as("at " + width + " pixels")
          .isEqualTo("true");
    }
  }

  @Test
  void leftAloneItShowsTheCloseWithoutReloading() throws Exception {
    JsonNode checkout = open(8);
    page.language("en");
    openAndAwait(checkout, "128.50");
    page.evaluate("window.neverReloaded = 'yes'");
    page.await("the close", read -> read.contains("No payment was received"));
    assertThat(page.evaluate("window.neverReloaded")).isEqualTo("yes");
    page.keep("cashier-closed.png");
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void whereEventsAreCutItPolls() throws Exception {
    JsonNode checkout = open(1_800);
    page.block("*/events");
    openAndAwait(checkout, "128.50");
    stack.alipay().buyer().pay(qr(checkout));
    page.await("the payment", read -> read.contains("支付成功"));
    assertThat(page.requested()).anyMatch(address -> address.endsWith("/status"));
  }

  @Test
  void theBuyerWhoSaysPaidIsShownWhatAlipaySays() throws Exception {
    JsonNode checkout = open(1_800);
    page.language("en");
    openAndAwait(checkout, "128.50");
    page.evaluate("document.querySelector('#confirm button').click()");
    page.await("an answer", read -> read.contains("No payment seen yet"));
    assertThat(page.evaluate("document.getElementById('cashier').dataset.state"))
        .isEqualTo("waiting");
  }

  @Test
  void moneyThatWentBackIsShownAsRefunded() throws Exception {
    JsonNode checkout = open(1_800);
    new CheckoutApi(stack.apiUrl(), stack.merchant().apiKey())
        .post("/v1/checkouts/" + checkout.get("checkout_id").asText() + "/cancel", Map.of());
    stack.alipay().buyer().payLate(qr(checkout));
    page.open(cashier(checkout));
    page.await("the refund", read -> read.contains("已退款"));
    page.keep("cashier-refunded.png");
  }

  @Test
  void anOpenPageDoesNotHoldTheApiBackFromStoppingAndRecovers() throws Exception {
    JsonNode checkout = open(1_800);
    openAndAwait(checkout, "128.50");
    // Fails if the server waits for the page's event stream until it gives up.
    stack.stopApi();
    stack.startApi();
    stack.alipay().buyer().pay(qr(checkout));
    page.await("the payment", read -> read.contains("支付成功"));
  }

  private JsonNode openUndecided() {
    CheckoutApi.Answer answer =
        new CheckoutApi(stack.apiUrl(), stack.merchant().apiKey())
            .open(
                "B" + UUID.randomUUID().toString().replace("-", ""),
                AMOUNT_FEN,
                "book",
                1_800,
                "buyer-1",
                Map.of());
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    return answer.body();
  }

  /** The bridge that WeChat puts into each page keeps what it is asked, for the buyer to answer. */
  @Test
  void insideWechatTheCodeForAllAppsIsPaidWithoutLeavingThePage() throws Exception {
    page.userAgent("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0.50");
    page.beforeEachPage(
        "window.WeixinJSBridge = { invoke: (name, parameters, done) => {"
            + " window.asked = name + ' ' + JSON.stringify(parameters); window.done = done; } };");
    JsonNode checkout = openUndecided();
    page.open(URI.create(cashier(checkout) + "?go=1"));
    String asked = page.awaitValue("window.asked || ''");
    assertThat(asked).startsWith("getBrandWCPayRequest {");
    assertThat(page.evaluate("location.search")).doesNotContain("code=", "state=");
    page.keep("cashier-in-wechat.png");

    Map<String, String> parameters = new HashMap<>();
    new ObjectMapper()
        .readTree(asked.substring(asked.indexOf('{')))
        .properties()
        .forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
    assertThat(stack.wechatPay().buyer().payJsapi(parameters).paidFen()).isEqualTo(AMOUNT_FEN);
    page.evaluate("window.done({ err_msg: 'get_brand_wcpay_request:ok' })");
    page.await("the payment", read -> read.contains("支付成功"));
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void insideAlipayTheCodeForAllAppsOpensAlipaysPage() throws Exception {
    page.userAgent("Mozilla/5.0 (Linux; Android 15) Mobile AlipayClient/10.6");
    JsonNode checkout = openUndecided();
    page.open(URI.create(cashier(checkout) + "?go=1"));
    page.await("Alipay's page", read -> read.contains("Simulated Alipay"));
    page.click("The right password");
    page.await("the bill", read -> read.contains("To be paid"));
    page.click("Pay");
    page.await("the way back, and the payment", read -> read.contains("支付成功"));
  }

  @Test
  void aPhonesBrowserPaysByH5AndComesBackToThePage() throws Exception {
    page.userAgent("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537.36");
    page.language("en");
    JsonNode checkout = openUndecided();
    page.open(cashier(checkout));
    page.await("the ways", read -> read.contains("WeChat"));
    page.keep("cashier-phone.png");
    page.click("WeChat");
    page.await("WeChat's page", read -> read.contains("Simulated WeChat Pay"));
    page.click("Pay");
    page.await("the way back", read -> read.contains("Demo Shop"));
    page.await("the payment", read -> read.contains("has arrived"));
  }

  @Test
  void aPersonBuysInTheShopAndChangesTheWayToPay() throws Exception {
    page.size(1024, 900, 1);
    page.open(stack.shop().uri("/"));
    page.await("the shop", read -> read.contains("An umbrella to rent"));
    page.keep("shop.png");
    page.click("Alipay, QR code");
    page.await("the order", read -> read.contains("awaiting_payment"));
    page.click("WeChat Pay, QR code");
    page.await("the other way", read -> read.contains("wechat_pay qr"));
    page.click("The phone that scans it");
    page.await("WeChat", read -> read.contains("Simulated WeChat Pay"));
    page.keep("wechat-pay.png");
    page.click("Pay");
    page.await("the payment", read -> read.contains("Paid"));
  }

  @Test
  void aLinkThatWasTamperedWithShowsNothingOfTheOrder() throws Exception {
    JsonNode checkout = open(1_800);
    String address = cashier(checkout).toString();
    char last = address.charAt(address.length() - 2);
    String forged =
        address.substring(0, address.length() - 2)
            + (last == 'A' ? 'B' : 'A')
            + address.charAt(address.length() - 1);
    page.open(URI.create(forged));
    page.await("a message", read -> !read.isBlank());
    assertThat(page.text()).doesNotContain("128.50", "Demo Shop");
  }

  private static String readQr(byte[] png) throws IOException, NotFoundException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return new QRCodeMultiReader()
            .decodeMultiple(
                new BinaryBitmap(
                    new HybridBinarizer(
                        new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels))))[0]
            .getText();
  }
}
