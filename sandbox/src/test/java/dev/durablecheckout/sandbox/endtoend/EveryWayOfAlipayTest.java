package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.gateway.alipay.TradeBook;
import dev.durablecheckout.sandbox.gateway.alipay.TradeStatus;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import dev.durablecheckout.sandbox.stack.Stack;
import dev.durablecheckout.sandbox.stack.StackOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever way a buyer takes at Alipay, the checkout is paid once, and the books agree. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class EveryWayOfAlipayTest {
  private static final long SMALL_FEN = 4_200;
  private static final long TO_CONFIRM_FEN = 42_000;

  private Stack stack;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    stack = new Stack(StackOptions.forTests(data));
    stack.startWorker();
    stack.startApi();
  }

  @AfterAll
  void stop() throws Exception {
    stack.close();
  }

  @AfterEach
  void theBooksKeepTheLaws() {
    Promises.eventually(
        "no finding",
        () ->
            new Audit(stack.database().jdbi(), Clock.systemUTC(), Duration.ofSeconds(20))
                .run()
                .isEmpty());
  }

  private CheckoutApi shop() {
    return new CheckoutApi(stack.apiUrl(), stack.merchant().apiKey());
  }

  private JsonNode open(long amountFen, Map<String, Object> way) {
    CheckoutApi.Answer answer =
        shop()
            .post(
                "/v1/checkouts",
                ImmutableMap.builder()
                    .put("merchant_order_no", "W" + UUID.randomUUID().toString().replace("-", ""))
                    .put("subject", "A good book")
                    .put("amount_fen", amountFen)
                    .put("currency", "CNY")
                    .put("buyer_id", "buyer-1")
                    .put(
                        "items",
                        List.of(
                            Map.of(
                                "sku",
                                "book",
                                "name",
                                "A good book",
                                "quantity",
                                1,
                                "unit_price_fen",
                                amountFen)))
                    .put("channel", "alipay")
                    .put("expires_in", 600)
                    .putAll(way)
                    .buildOrThrow());
    // 200 for what is paid already when the answer is given.
    assertThat(answer.status()).as(answer.body().toString()).isIn(200, 201);
    return answer.body();
  }

  private static Map<String, Object> till(String authCode) {
    return Map.of("method", "barcode", "payer", Map.of("auth_code", authCode));
  }

  private JsonNode now(JsonNode checkout) {
    return shop().get("/v1/checkouts/" + checkout.path("checkout_id").asText()).body();
  }

  private void awaitPaidOnce(JsonNode checkout) {
    Promises.eventually("paid", () -> now(checkout).path("status").asText().equals("paid"));
    TradeBook trade = trade(now(checkout));
    assertThat(trade.paidFen()).isEqualTo(now(checkout).path("paid_fen").asLong()).isPositive();
    assertThat(trade.refundedFen()).isZero();
  }

  private TradeBook trade(JsonNode checkout) {
    return stack.alipay().books().stream()
        .filter(book -> book.outTradeNo().equals(outTradeNo(checkout)))
        .findFirst()
        .orElseThrow();
  }

  private static String outTradeNo(JsonNode checkout) {
    return checkout.at("/payment/out_trade_no").asText();
  }

  private static String credential(JsonNode checkout, String type) {
    assertThat(checkout.at("/payment/credential/type").asText()).isEqualTo(type);
    return checkout.at("/payment/credential/content").asText();
  }

  @Test
  void onAPhonesPage() throws Exception {
    JsonNode checkout = open(SMALL_FEN, Map.of("method", "wap"));
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(credential(checkout, "redirect_url"))).build(),
            HttpResponse.BodyHandlers.discarding());
    stack.alipay().buyer().pay(outTradeNo(checkout));
    awaitPaidOnce(checkout);
  }

  @Test
  void inAnApp() {
    JsonNode checkout = open(SMALL_FEN, Map.of("method", "app"));
    stack.alipay().buyer().openApp(credential(checkout, "alipay_app"));
    stack.alipay().buyer().pay(outTradeNo(checkout));
    awaitPaidOnce(checkout);
  }

  @Test
  void atATill() {
    awaitPaidOnce(open(SMALL_FEN, till(stack.alipay().buyer().showCode())));
  }

  @Test
  void atATillWhereTheBuyerConfirms() {
    JsonNode checkout = open(TO_CONFIRM_FEN, till(stack.alipay().buyer().showCode()));
    credential(checkout, "none");
    assertThat(checkout.path("status").asText()).isEqualTo("awaiting_payment");
    stack.alipay().buyer().pay(outTradeNo(checkout));
    awaitPaidOnce(checkout);
  }

  @Test
  void atATillWhoseAnswerIsLost() {
    stack
        .alipay()
        .faults()
        .addForNextTrade(
            FaultRule.once(Fault.API_SYSTEM_ERROR_WITH_EFFECT).atMethod("alipay.trade.pay"));
    awaitPaidOnce(open(SMALL_FEN, till(stack.alipay().buyer().showCode())));
  }

  @Test
  void atATillWithTheNextCodeAfterARefusal() {
    JsonNode refused = open(SMALL_FEN, till(stack.alipay().buyer().showCodeOfEmptyWallet()));
    Promises.eventually(
        "refused", () -> now(refused).at("/payment/status").asText().equals("failed"));
    assertThat(trade(refused).state()).isEqualTo(TradeStatus.TRADE_CLOSED);

    CheckoutApi.Answer second =
        shop()
            .post(
                "/v1/checkouts/" + refused.path("checkout_id").asText() + "/payments",
                ImmutableMap.builder()
                    .put("channel", "alipay")
                    .putAll(till(stack.alipay().buyer().showCode()))
                    .buildOrThrow());
    assertThat(second.status()).as(second.body().toString()).isIn(200, 201, 202);
    awaitPaidOnce(refused);
  }

  @Test
  void notAtATillThatHasGivenUp() {
    JsonNode checkout = open(TO_CONFIRM_FEN, till(stack.alipay().buyer().showCode()));
    CheckoutApi.Answer cancelled =
        shop().post("/v1/checkouts/" + checkout.path("checkout_id").asText() + "/cancel", Map.of());
    assertThat(cancelled.status()).as(cancelled.body().toString()).isIn(200, 202);
    Promises.eventually("closed", () -> now(checkout).path("status").asText().equals("closed"));
    assertThat(trade(checkout).state()).isEqualTo(TradeStatus.TRADE_CLOSED);
    assertThat(trade(checkout).paidFen()).isZero();
  }
}
