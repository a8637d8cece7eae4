package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.activities.stock.StockDao;
import dev.durablecheckout.activities.wallet.WalletBooks;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.gateway.alipay.TradeBook;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import dev.durablecheckout.sandbox.stack.SandboxMerchant;
import dev.durablecheckout.sandbox.stack.Stack;
import dev.durablecheckout.worker.CheckoutWorkerApplication;
import dev.durablecheckout.workflows.merchant.MerchantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * What the checkout promises, over real HTTP, real signatures and a real database, on whichever
 * Temporal the subclass starts. Each test ends with an audit, and with the simulated Alipay's own
 * books.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class Promises {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final long AMOUNT_FEN = 4_200;

  abstract Stack stack();

  private CheckoutApi shop() {
    return new CheckoutApi(stack().apiUrl(), stack().merchant().apiKey());
  }

  @AfterEach
  void theBooksKeepTheLawsAndAgreeWithAlipay() {
    stack().alipay().faults().clear();
    stack().orderSystem().refuse(false);
    eventually("no finding", () -> audit().isEmpty());
    eventually("our books to agree with Alipay's", () -> differences().isEmpty());
  }

  private List<?> audit() {
    return new Audit(stack().database().jdbi(), Clock.systemUTC(), Duration.ofSeconds(20)).run();
  }

  /** Trades of which the two sides hold different money. */
  private List<String> differences() {
    return stack().alipay().books().stream()
        .filter(
            trade ->
                trade.paidFen() != ours("paid", trade)
                    || trade.refundedFen() != ours("back", trade))
        .map(TradeBook::outTradeNo)
        .toList();
  }

  private long ours(String what, TradeBook trade) {
    String sql =
        what.equals("paid")
            ? "select coalesce(sum(paid_fen), 0) from pay_orders where out_trade_no = :no"
            : "select coalesce(sum(amount_fen), 0) from refunds where out_trade_no = :no and status = 'SUCCEEDED'";
    return stack()
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery(sql).bind("no", trade.outTradeNo()).mapTo(Long.class).one());
  }

  final JsonNode open() {
    return open("book-" + UUID.randomUUID(), 120);
  }

  private JsonNode open(String sku, long expiresIn) {
    CheckoutApi.Answer answer = shop().open(orderNo(), AMOUNT_FEN, sku, expiresIn);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    return answer.body();
  }

  private static String orderNo() {
    return "E" + UUID.randomUUID().toString().replace("-", "");
  }

  private static String id(JsonNode checkout) {
    return checkout.get("checkout_id").asText();
  }

  private static String outTradeNo(JsonNode checkout) {
    return checkout.at("/payment/out_trade_no").asText();
  }

  private JsonNode get(JsonNode checkout) {
    return shop().get("/v1/checkouts/" + id(checkout)).body();
  }

  final void awaitStatus(JsonNode checkout, String status) {
    eventually(
        id(checkout) + " to be " + status,
        () -> get(checkout).path("status").asText().equals(status));
  }

  final void awaitEvent(JsonNode checkout, String type) {
    eventually(
        type + " of " + id(checkout),
        () ->
            stack().orderSystem().events().stream()
                .anyMatch(
                    event -> event.checkoutId().equals(id(checkout)) && event.type().equals(type)));
  }

  private TradeBook trade(JsonNode checkout) {
    return stack().alipay().books().stream()
        .filter(book -> book.outTradeNo().equals(outTradeNo(checkout)))
        .findFirst()
        .orElseThrow();
  }

  static void eventually(String what, BooleanSupplier condition) {
    Instant until = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waited in vain for " + what).isBefore(until);
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private void fault(JsonNode checkout, Fault fault) {
    stack().alipay().faults().add(FaultRule.once(fault).on(outTradeNo(checkout)));
  }

  final void pay(JsonNode checkout) {
    stack().alipay().buyer().pay(outTradeNo(checkout));
  }

  @Test
  void paidByNotifyIsPaidAndTold() {
    JsonNode checkout = open();
    pay(checkout);
    awaitStatus(checkout, "paid");
    awaitEvent(checkout, "checkout.paid");

    JsonNode paid = get(checkout);
    assertThat(paid.get("paid_fen").asLong()).isEqualTo(AMOUNT_FEN);
    assertThat(paid.at("/payment/status").asText()).isEqualTo("succeeded");
    JsonNode timeline = shop().get("/v1/checkouts/" + id(checkout) + "/timeline").body();
    assertThat(timeline.toString().toLowerCase(java.util.Locale.ROOT))
        .contains("opened", "notify", "paid", "event_delivered");
  }

  @Test
  void aLostNotifyIsFoundByAQuery() {
    JsonNode checkout = open();
    fault(checkout, Fault.NOTIFY_DROP);
    pay(checkout);
    awaitStatus(checkout, "paid");
    awaitEvent(checkout, "checkout.paid");
  }

  @Test
  void theBuyerWhoComesBackIsBelievedOnlyWhenAlipaySaysSo() {
    JsonNode checkout = open();
    fault(checkout, Fault.NOTIFY_DROP);
    assertThat(
            shop()
                .post("/v1/checkouts/" + id(checkout) + "/confirm", Map.of())
                .body()
                .get("status")
                .asText())
        .isEqualTo("awaiting_payment");
    pay(checkout);
    assertThat(
            shop()
                .post("/v1/checkouts/" + id(checkout) + "/confirm", Map.of())
                .body()
                .get("status")
                .asText())
        .isEqualTo("paid");
  }

  @Test
  void notifiesThatAreDoubledOrDelayedCountOnce() {
    JsonNode checkout = open();
    fault(checkout, Fault.NOTIFY_DUPLICATE);
    pay(checkout);
    awaitStatus(checkout, "paid");
    awaitEvent(checkout, "checkout.paid");
    assertThat(
            stack().orderSystem().events().stream()
                .filter(event -> event.checkoutId().equals(id(checkout))))
        .hasSize(1);
  }

  @Test
  void forgedAndForeignNotifiesChangeNothing() {
    JsonNode checkout = open();
    stack().alipay().buyer().scan(outTradeNo(checkout));
    for (Fault forgery :
        List.of(Fault.NOTIFY_BAD_SIGNATURE, Fault.NOTIFY_WRONG_SELLER, Fault.NOTIFY_WRONG_APP)) {
      fault(checkout, forgery);
    }
    pay(checkout);
    // The resends after the forged ones are right, and are what counts.
    awaitStatus(checkout, "paid");
    assertThat(verdicts(checkout)).isNotEmpty();
  }

  private List<String> verdicts(JsonNode checkout) {
    return stack()
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select verdict from notify_log where encode(raw_body, 'escape') like :no and verdict <> 'VERIFIED'")
                    .bind("no", "%" + outTradeNo(checkout) + "%")
                    .mapTo(String.class)
                    .list());
  }

  @Test
  void leftAloneItClosesAtItsDeadlineAndGivesStockBack() {
    String sku = "last-one-" + UUID.randomUUID();
    stack()
        .database()
        .jdbi()
        .useTransaction(handle -> StockDao.set(handle, MerchantId.of(SandboxMerchant.ID), sku, 1));
    JsonNode checkout = open(sku, 6);
    assertThat(shop().open(orderNo(), AMOUNT_FEN, sku, 60).body().get("code").asText())
        .isEqualTo("out_of_stock");
    awaitStatus(checkout, "closed");
    awaitEvent(checkout, "checkout.closed");
    assertThat(get(checkout).get("close_reason").asText()).isEqualTo("expired");

    JsonNode next = open(sku, 60);
    pay(next);
    awaitStatus(next, "paid");
  }

  @Test
  void scannedAndLeftItIsClosedAtAlipayToo() {
    JsonNode checkout = open("book-" + UUID.randomUUID(), 6);
    stack().alipay().buyer().scan(outTradeNo(checkout));
    awaitStatus(checkout, "closed");
    assertThat(trade(checkout).state().toString()).isEqualTo("TRADE_CLOSED");
  }

  @Test
  void moneyAfterTheCloseGoesBackByItself() {
    JsonNode checkout = open();
    assertThat(
            shop()
                .post("/v1/checkouts/" + id(checkout) + "/cancel", Map.of())
                .body()
                .get("close_reason")
                .asText())
        .isEqualTo("cancelled");
    stack().alipay().buyer().payLate(outTradeNo(checkout));
    eventually("the refund", () -> trade(checkout).refundedFen() == AMOUNT_FEN);
    awaitEvent(checkout, "payment.refunded");
    assertThat(get(checkout).get("status").asText()).isEqualTo("closed");
    assertThat(get(checkout).get("refunded_fen").asLong()).isEqualTo(AMOUNT_FEN);
  }

  @Test
  void moneyLongAfterTheEndGoesBackByItself() {
    JsonNode checkout = open("book-" + UUID.randomUUID(), 6);
    awaitStatus(checkout, "closed");
    awaitEvent(checkout, "checkout.closed");
    stack().alipay().buyer().payLate(outTradeNo(checkout));
    eventually("the refund", () -> trade(checkout).refundedFen() == AMOUNT_FEN);
  }

  @Test
  void aRefundWhoseAnswerIsLostIsMadeOnce() {
    JsonNode checkout = open();
    shop().post("/v1/checkouts/" + id(checkout) + "/cancel", Map.of());
    stack()
        .alipay()
        .faults()
        .add(
            FaultRule.once(Fault.API_SYSTEM_ERROR_WITH_EFFECT)
                .on(outTradeNo(checkout))
                .atMethod("alipay.trade.refund"));
    stack().alipay().buyer().payLate(outTradeNo(checkout));
    awaitEvent(checkout, "payment.refunded");
    assertThat(trade(checkout).refundedFen()).isEqualTo(AMOUNT_FEN);
  }

  @Test
  void paidTwiceIsRefundedOnce() {
    JsonNode first = open();
    CheckoutApi.Answer again =
        shop()
            .post(
                "/v1/checkouts/" + id(first) + "/payments",
                Map.of("channel", "alipay", "method", "page"));
    assertThat(again.status()).as(again.body().toString()).isIn(200, 201);
    JsonNode second = again.body();
    assertThat(outTradeNo(second)).isNotEqualTo(outTradeNo(first));
    visit(second);
    pay(second);
    awaitStatus(first, "paid");
    stack().alipay().buyer().payLate(outTradeNo(first));
    eventually("the refund", () -> trade(first).refundedFen() == AMOUNT_FEN);
    assertThat(trade(second).refundedFen()).isZero();
  }

  /** The buyer's browser follows the redirect: only then does Alipay know of a page payment. */
  private static void visit(JsonNode checkout) {
    try {
      HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(
                      URI.create(checkout.at("/payment/credential/content").asText()))
                  .build(),
              HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aChannelWhoseAnswersAreLostDelaysOnly() {
    stack().alipay().faults().addForNextTrade(FaultRule.once(Fault.API_SYSTEM_ERROR_WITH_EFFECT));
    stack().alipay().faults().addForNextTrade(FaultRule.once(Fault.API_HTML_502));
    stack().alipay().faults().addForNextTrade(FaultRule.once(Fault.API_BAD_SIGNATURE));
    String orderNo = orderNo();
    eventually(
        "an answer with a credential",
        () ->
            shop()
                .open(orderNo, AMOUNT_FEN, "book", 120)
                .body()
                .at("/payment/credential/content")
                .isTextual());
    JsonNode checkout = shop().open(orderNo, AMOUNT_FEN, "book", 120).body();
    pay(checkout);
    awaitStatus(checkout, "paid");
  }

  @Test
  void aWalletThatWasTooEmptyPaysOnceItIsFilled() throws Exception {
    JsonNode checkout = open();
    MerchantId merchant = MerchantId.of(SandboxMerchant.ID);
    WalletBooks wallets = new WalletBooks(stack().database().jdbi(), Clock.systemUTC());
    String buyer = checkout.at("/orders/0/buyer_id").asText();
    long before = wallets.find(merchant, buyer).balance().amountFen();
    String payments = "/v1/checkouts/" + id(checkout) + "/payments";
    Map<String, String> fromWallet = Map.of("channel", "wallet", "method", "balance");

    JsonNode refused = shop().post(payments, fromWallet).body();
    String filled = topUp(buyer, "top-up of " + id(checkout));
    String again = topUp(buyer, "top-up of " + id(checkout));
    JsonNode paid = shop().post(payments, fromWallet).body();

    assertThat(refused.at("/payment/refusal/code").asText()).isEqualTo("insufficient_balance");
    assertThat(paid.get("status").asText()).isEqualTo("paid");
    awaitEvent(checkout, "checkout.paid");
    assertThat(filled).contains(AMOUNT_FEN + " fen were put in");
    assertThat(again).contains("nothing was done", buyer + " has " + (before + AMOUNT_FEN));
    assertThat(wallets.find(merchant, buyer).balance().amountFen()).isEqualTo(before);
  }

  /** By the command, as an operator does; returns what it says. */
  private String topUp(String buyer, String reference) throws Exception {
    Path output = stack().yaml("wallet.log");
    Process command =
        JavaProcess.start(
            CheckoutWorkerApplication.class,
            output,
            "wallet",
            stack().yaml("worker.yml").toString(),
            "--merchant=" + SandboxMerchant.ID,
            "--buyer=" + buyer,
            "--top-up-fen=" + AMOUNT_FEN,
            "--reference=" + reference);
    assertThat(command.waitFor()).isZero();
    return Files.readString(output);
  }

  @Test
  void theSameRequestGetsTheSameAnswerAndAnotherIsRefused() {
    String orderNo = orderNo();
    CheckoutApi.Answer first = shop().open(orderNo, AMOUNT_FEN, "book", 120);
    CheckoutApi.Answer repeat = shop().open(orderNo, AMOUNT_FEN, "book", 120);
    CheckoutApi.Answer other = shop().open(orderNo, AMOUNT_FEN + 1, "book", 120);

    assertThat(first.status()).isEqualTo(201);
    assertThat(repeat.status()).isEqualTo(200);
    assertThat(repeat.body().at("/payment/credential"))
        .isEqualTo(first.body().at("/payment/credential"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.body().get("code").asText()).isEqualTo("merchant_order_no_reused");

    pay(first.body());
    awaitStatus(first.body(), "paid");
    CheckoutApi.Answer late = shop().open(orderNo, AMOUNT_FEN, "book", 120);
    assertThat(late.status()).isEqualTo(200);
    assertThat(late.body().get("status").asText()).isEqualTo("paid");
  }

  @Test
  void anApiThatIsAwayLosesNothing() throws Exception {
    JsonNode checkout = open();
    stack().stopApi();
    pay(checkout);
    stack().startApi();
    awaitStatus(checkout, "paid");
  }

  @Test
  void anOrderSystemThatIsAwayIsToldLater() {
    JsonNode checkout = open();
    stack().orderSystem().failNext(3);
    pay(checkout);
    awaitEvent(checkout, "checkout.paid");
  }
}
