package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.stock.StockDao;
import dev.durablecheckout.sandbox.demo.CheckoutApi;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatBook;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatBuyer;
import dev.durablecheckout.sandbox.stack.SandboxMerchant;
import dev.durablecheckout.sandbox.stack.Stack;
import dev.durablecheckout.sandbox.stack.StackOptions;
import dev.durablecheckout.workflows.merchant.MerchantId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A checkout paid through WeChat Pay, from the API to the wire and back, each way to pay. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class WechatPayTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long FEN = 4_200;

  private Stack stack;
  private CheckoutApi shop;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    stack = new Stack(StackOptions.forTests(data));
    stack.startWorker();
    stack.startApi();
    stack
        .database()
        .jdbi()
        .useTransaction(
            handle -> StockDao.set(handle, MerchantId.of(SandboxMerchant.ID), "book", 100));
    shop = new CheckoutApi(stack.apiUrl(), stack.merchant().apiKey());
  }

  @AfterAll
  void stop() throws Exception {
    stack.close();
  }

  private JsonNode open(String method, Map<String, String> payer, long expiresIn) {
    ImmutableMap.Builder<String, Object> body =
        ImmutableMap.<String, Object>builder()
            .put("merchant_order_no", "wx-" + UUID.randomUUID())
            .put("subject", "A good book 一本好书")
            .put("amount_fen", FEN)
            .put("currency", "CNY")
            .put("buyer_id", "buyer-1")
            .put(
                "items",
                List.of(
                    Map.of("sku", "book", "name", "A book", "quantity", 1, "unit_price_fen", FEN)))
            .put("channel", "wechat_pay")
            .put("method", method)
            .put("expires_in", expiresIn);
    if (!payer.isEmpty()) {
      body.put("payer", payer);
    }
    CheckoutApi.Answer answer = shop.post("/v1/checkouts", body.buildOrThrow());
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    return answer.body();
  }

  private static Map<String, String> parameters(JsonNode checkout) {
    return JSON.convertValue(
        checkout.at("/payment/credential/parameters"),
        JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class));
  }

  private WechatBuyer buyer() {
    return stack.wechatPay().buyer();
  }

  private void awaitPaid(JsonNode checkout) throws InterruptedException {
    String id = checkout.get("checkout_id").asText();
    await(() -> status(id).equals("paid"));
    assertThat(book(checkout).paidFen()).isEqualTo(FEN);
  }

  private String status(String id) {
    return shop.get("/v1/checkouts/" + id).body().path("status").asText();
  }

  private WechatBook book(JsonNode checkout) {
    String outTradeNo = checkout.at("/payment/out_trade_no").asText();
    return stack.wechatPay().books().stream()
        .filter(each -> each.outTradeNo().equals(outTradeNo))
        .findFirst()
        .orElseThrow();
  }

  private static void await(BooleanSupplier done) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
    while (!done.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still not").isLessThan(end);
      Thread.sleep(100);
    }
  }

  @Test
  void isPaidByQrCode() throws Exception {
    JsonNode checkout = open("qr", Map.of(), 120);
    buyer().pay(checkout.at("/payment/credential/content").asText());
    awaitPaid(checkout);
  }

  @Test
  void isPaidInAMiniProgramByWhoeverLoggedIn() throws Exception {
    String code = buyer().login("wx0000000000000002");
    JsonNode checkout = open("mini_program", Map.of("login_code", code), 120);
    buyer().payJsapi(parameters(checkout));
    awaitPaid(checkout);
  }

  @Test
  void isPaidInAPhonesBrowser() throws Exception {
    JsonNode checkout = open("h5", Map.of("client_ip", "14.23.150.211"), 120);
    buyer().pay(checkout.at("/payment/credential/content").asText());
    awaitPaid(checkout);
  }

  @Test
  void isPaidInAnApp() throws Exception {
    JsonNode checkout = open("app", Map.of(), 120);
    buyer().payApp(parameters(checkout));
    awaitPaid(checkout);
  }

  @Test
  void isFoundPaidThoughEveryNotifyIsLost() throws Exception {
    JsonNode checkout = open("qr", Map.of(), 120);
    String outTradeNo = checkout.at("/payment/out_trade_no").asText();
    stack.wechatPay().faults().add(FaultRule.once(Fault.NOTIFY_DROP).on(outTradeNo));
    buyer().pay(outTradeNo);
    awaitPaid(checkout);
  }

  @Test
  void refusesAProbeAndTakesTheNotifyThatFollows() throws Exception {
    JsonNode checkout = open("qr", Map.of(), 120);
    String outTradeNo = checkout.at("/payment/out_trade_no").asText();
    stack.wechatPay().faults().add(FaultRule.once(Fault.NOTIFY_PROBE).on(outTradeNo));
    buyer().pay(outTradeNo);
    awaitPaid(checkout);
    await(
        () ->
            stack.wechatPay().notifies().stream()
                .anyMatch(each -> each.outTradeNo().equals(outTradeNo) && each.sendings() == 2));
  }

  @Test
  void closesAtItsDeadlineAndGivesLateMoneyBack() throws Exception {
    JsonNode checkout = open("qr", Map.of(), 8);
    String id = checkout.get("checkout_id").asText();
    await(() -> status(id).equals("closed"));
    assertThat(book(checkout).state()).isEqualTo("CLOSED");

    buyer().payLate(checkout.at("/payment/credential/content").asText());

    await(() -> book(checkout).refundedFen() == FEN);
    assertThat(status(id)).isEqualTo("closed");
  }

  @Test
  void aServiceOrderIsConfirmedCompletedAndCollected() throws Exception {
    CheckoutApi.Answer opened =
        shop.post(
            "/v1/service-orders",
            Map.of(
                "merchant_order_no",
                "wx-" + UUID.randomUUID(),
                "introduction",
                "A power bank",
                "buyer_id",
                "buyer-1",
                "risk_fund",
                Map.of("name", "deposit", "amount_fen", 9_900)));
    assertThat(opened.status()).as(opened.body().toString()).isEqualTo(201);
    String path = "/v1/service-orders/" + opened.body().get("service_order_id").asText();
    Map<String, String> extraData =
        JSON.convertValue(
            opened.body().at("/credential/parameters"),
            JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class));

    stack.wechatPay().payScoreBuyer().confirm(extraData);

    await(() -> shop.get(path).body().path("status").asText().equals("confirmed"));
    // The service must not end in the second in which it began.
    Thread.sleep(2_000);
    CheckoutApi.Answer completed =
        shop.post(
            path + "/complete",
            Map.of("fees", List.of(Map.of("name", "Power bank", "amount_fen", 300, "count", 1))));
    assertThat(completed.status()).as(completed.body().toString()).isEqualTo(200);
    await(() -> shop.get(path).body().path("status").asText().equals("settled"));
    assertThat(shop.get(path).body().path("paid_fen").asLong()).isEqualTo(300);
  }
}
