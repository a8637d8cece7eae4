package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.sandbox.gateway.alipay.TradeBook;
import dev.durablecheckout.sandbox.gateway.wechatpay.TradeType;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatBook;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import dev.durablecheckout.sandbox.stack.Stack;
import dev.durablecheckout.sandbox.stack.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shop, its buyers and the channels, over real HTTP, real signatures and a real database, on
 * whichever Temporal the subclass starts. Each test ends with an audit, and with the books of the
 * simulated channels.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class CheckoutScene {
  static final long AMOUNT_FEN = 4_200;
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private Stack stack;

  /** How everything is started: with the Temporal server in this JVM, unless a subclass says so. */
  StackOptions options(Path data) {
    return StackOptions.forTests(data);
  }

  @BeforeAll
  final void start(@TempDir Path data) throws Exception {
    stack = new Stack(options(data));
    stack.startWorker(billClock());
    stack.startApi();
  }

  /** Says which days are over, and have a bill. */
  Clock billClock() {
    return Clock.systemUTC();
  }

  @AfterAll
  final void stop() throws Exception {
    if (stack != null) {
      stack.close();
    }
  }

  final Stack stack() {
    return stack;
  }

  final CheckoutApi shop() {
    return new CheckoutApi(stack().apiUrl(), stack().merchant().apiKey());
  }

  @AfterEach
  void theBooksKeepTheLawsAndAgreeWithTheChannels() {
    stack().alipay().faults().clear();
    stack().wechatPay().faults().clear();
    stack().orderSystem().refuse(false);
    eventually(() -> "no finding: " + audit(), () -> audit().isEmpty());
    eventually(
        "our service orders to agree with what WeChat has collected",
        () -> collectedByWechat() == ours("select coalesce(sum(paid_fen), 0) from service_orders"));
    eventually(
        () -> "our books to agree with the channels' over " + differences(),
        () -> differences().isEmpty());
  }

  private List<?> audit() {
    return new Audit(stack().database().jdbi(), Clock.systemUTC(), Duration.ofSeconds(20)).run();
  }

  /** Trades of which the two sides hold different money. */
  private List<String> differences() {
    return Stream.concat(
            stack().alipay().books().stream()
                .filter(trade -> differs(trade.outTradeNo(), trade.paidFen(), trade.refundedFen()))
                .map(TradeBook::outTradeNo),
            stack().wechatPay().books().stream()
                .filter(trade -> trade.tradeType() != TradeType.PAYSCORE)
                .filter(trade -> differs(trade.outTradeNo(), trade.paidFen(), trade.refundedFen()))
                .map(WechatBook::outTradeNo))
        .toList();
  }

  private long collectedByWechat() {
    return stack().wechatPay().books().stream()
        .filter(trade -> trade.tradeType() == TradeType.PAYSCORE)
        .mapToLong(WechatBook::paidFen)
        .sum();
  }

  private boolean differs(String outTradeNo, long paidFen, long refundedFen) {
    return paidFen
            != ours(
                "select coalesce(sum(paid_fen), 0) from pay_orders where out_trade_no = ?",
                outTradeNo)
        || refundedFen
            != ours(
                "select coalesce(sum(amount_fen), 0) from refunds where out_trade_no = ? and status = 'SUCCEEDED'",
                outTradeNo);
  }

  final long ours(String sql, Object... parameters) {
    return stack()
        .database()
        .jdbi()
        .withHandle(handle -> handle.select(sql, parameters).mapTo(Long.class).one());
  }

  final JsonNode open() {
    return open("book-" + UUID.randomUUID(), 120);
  }

  final JsonNode open(String sku, long expiresIn) {
    CheckoutApi.Answer answer = shop().open(orderNo(), AMOUNT_FEN, sku, expiresIn);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    return answer.body();
  }

  /** Opens a checkout that is to be paid in this way, by this buyer. */
  final JsonNode open(String buyerId, String channel, String method, Map<String, String> payer) {
    CheckoutApi.Answer answer =
        shop()
            .open(
                orderNo(),
                AMOUNT_FEN,
                "book-" + UUID.randomUUID(),
                120,
                buyerId,
                choice(channel, method, payer));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    return answer.body();
  }

  final JsonNode open(String channel, String method) {
    return open("buyer-1", channel, method, Map.of());
  }

  static Map<String, Object> choice(String channel, String method, Map<String, String> payer) {
    return payer.isEmpty()
        ? Map.of("channel", channel, "method", method)
        : Map.of("channel", channel, "method", method, "payer", payer);
  }

  /** Pays an open checkout in another way. */
  final JsonNode payBy(JsonNode checkout, String channel, String method) {
    CheckoutApi.Answer answer =
        shop()
            .post("/v1/checkouts/" + id(checkout) + "/payments", choice(channel, method, Map.of()));
    assertThat(answer.status()).as(answer.body().toString()).isIn(200, 201);
    return answer.body();
  }

  final JsonNode cancel(JsonNode checkout) {
    return shop().post("/v1/checkouts/" + id(checkout) + "/cancel", Map.of()).body();
  }

  static String orderNo() {
    return "E" + UUID.randomUUID().toString().replace("-", "");
  }

  static String id(JsonNode checkout) {
    return checkout.get("checkout_id").asText();
  }

  static String outTradeNo(JsonNode checkout) {
    return checkout.at("/payment/out_trade_no").asText();
  }

  static String content(JsonNode checkout) {
    return checkout.at("/payment/credential/content").asText();
  }

  final JsonNode get(JsonNode checkout) {
    return shop().get("/v1/checkouts/" + id(checkout)).body();
  }

  final void awaitStatus(JsonNode checkout, String status) {
    eventually(
        id(checkout) + " to be " + status,
        () -> get(checkout).path("status").asText().equals(status));
  }

  final void awaitEvent(JsonNode checkout, String type) {
    awaitEvent(id(checkout), type);
  }

  final void awaitEvent(String id, String type) {
    eventually(
        type + " of " + id,
        () ->
            stack().orderSystem().events().stream()
                .anyMatch(event -> event.checkoutId().equals(id) && event.type().equals(type)));
  }

  /** Paid, told, and told once. */
  final void awaitPaid(JsonNode checkout) {
    awaitStatus(checkout, "paid");
    awaitEvent(checkout, "checkout.paid");
    assertThat(get(checkout).get("paid_fen").asLong()).isEqualTo(AMOUNT_FEN);
    assertThat(
            stack().orderSystem().events().stream()
                .filter(event -> event.checkoutId().equals(id(checkout))))
        .hasSize(1);
  }

  /** The payment at Alipay. */
  final TradeBook trade(JsonNode checkout) {
    return stack().alipay().books().stream()
        .filter(book -> book.outTradeNo().equals(outTradeNo(checkout)))
        .findFirst()
        .orElseThrow();
  }

  /** The payment at WeChat Pay. */
  final WechatBook payment(JsonNode checkout) {
    return stack().wechatPay().books().stream()
        .filter(book -> book.outTradeNo().equals(outTradeNo(checkout)))
        .findFirst()
        .orElseThrow();
  }

  static void eventually(String what, BooleanSupplier condition) {
    eventually(() -> what, condition);
  }

  static void eventually(Supplier<String> what, BooleanSupplier condition) {
    Instant until = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as(() -> "waited in vain for " + what.get()).isBefore(until);
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** The buyer's browser goes there: only then does a channel know of a page payment. */
  static void visit(JsonNode checkout) {
    String unused = page(content(checkout));
  }

  /** What a browser gets at an address. */
  static String page(String url) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
