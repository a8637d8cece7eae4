package dev.durablecheckout.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.activities.audit.AuditFinding;
import dev.durablecheckout.activities.stock.StockDao;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import dev.durablecheckout.sandbox.stack.SandboxMerchant;
import dev.durablecheckout.sandbox.stack.Stack;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The stories of the demo, told step by step; each step that does not come true ends the telling.
 */
final class Stories {
  private static final String SKU = "book";
  private static final long PRICE_FEN = 12_800;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final DateTimeFormatter NUMBER =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS").withZone(ZoneId.of("UTC"));

  private final Stack stack;
  private final CheckoutApi shop;
  private final PrintStream out;
  private final Clock clock;

  Stories(Stack stack, PrintStream out, Clock clock) {
    this.stack = stack;
    this.shop = new CheckoutApi(stack.apiUrl(), stack.merchant().apiKey());
    this.out = out;
    this.clock = clock;
  }

  void stockUp(long books) {
    stack
        .database()
        .jdbi()
        .useTransaction(
            handle -> StockDao.set(handle, MerchantId.of(SandboxMerchant.ID), SKU, books));
  }

  /** Opens a checkout and returns what the API answered. */
  JsonNode open(String prefix, long expiresInSeconds) {
    CheckoutApi.Answer answer =
        shop.open(prefix + NUMBER.format(clock.instant()), PRICE_FEN, SKU, expiresInSeconds);
    if (answer.status() != 201) {
      throw new StoryFailedException(
          "the checkout was answered " + answer.status() + " " + answer.body());
    }
    return answer.body();
  }

  void paid() {
    say("Story 1: a buyer pays");
    long before = available();
    JsonNode checkout = open("PAID", 120);
    String id = checkout.get("checkout_id").asText();
    step("the shop opened " + id + " over " + PRICE_FEN + " fen");
    step("the cashier page is " + checkout.get("cashier_url").asText());
    String qr = checkout.at("/payment/credential/content").asText();
    stack.alipay().buyer().scan(qr);
    step("the buyer scanned " + qr);
    stack.alipay().buyer().pay(qr);
    step("the buyer paid in the simulated Alipay");
    await("the checkout to be paid", () -> status(id).equals("paid"));
    step("the checkout is paid");
    await("the order system to hear of it", () -> told(id, "checkout.paid"));
    step("the order system has the signed event checkout.paid");
    expect("one book to be sold", available() == before - 1);
    step("one book is sold, " + available() + " are left");
  }

  void leftAlone() {
    say("Story 2: nobody pays");
    long before = available();
    JsonNode checkout = open("LEFT", 8);
    String id = checkout.get("checkout_id").asText();
    step("the shop opened " + id + ", to be paid until " + checkout.get("deadline").asText());
    expect("one book to be held back", available() == before - 1);
    step("one book is held back for it, " + available() + " are left");
    await("the deadline to close it", () -> status(id).equals("closed"));
    step("the deadline passed: it is closed");
    await("the order system to hear of it", () -> told(id, "checkout.closed"));
    step("the order system has the signed event checkout.closed");
    expect("the book to be given back", available() == before);
    step("the book can be sold again, " + available() + " are there");
  }

  void changedChannel() {
    say("Story 3: the buyer changes from Alipay to WeChat Pay, half-way");
    JsonNode checkout = open("SWITCH", 120);
    String id = checkout.get("checkout_id").asText();
    String alipayQr = checkout.at("/payment/credential/content").asText();
    stack.alipay().buyer().scan(alipayQr);
    step("the buyer scanned Alipay's code of " + id + ", and walked away");
    JsonNode again =
        answered(
            shop.post(
                "/v1/checkouts/" + id + "/payments",
                Map.of("channel", "wechat_pay", "method", "qr")));
    step("the buyer chose WeChat Pay instead: " + again.at("/payment/credential/content").asText());
    expect(
        "Alipay's trade to be closed there",
        stack.alipay().books().stream()
            .anyMatch(
                trade ->
                    trade.outTradeNo().equals(checkout.at("/payment/out_trade_no").asText())
                        && trade.state().toString().equals("TRADE_CLOSED")));
    step("Alipay's trade is closed at Alipay, too");
    stack.wechatPay().buyer().pay(again.at("/payment/credential/content").asText());
    await("the checkout to be paid", () -> status(id).equals("paid"));
    step("the buyer paid in the simulated WeChat: the checkout is paid");
    await("the order system to hear of it", () -> told(id, "checkout.paid"));
    step("the order system has the signed event checkout.paid");
  }

  void paidFromTheWallet() {
    say("Story 4: the wallet has too little, is topped up, and pays the same checkout");
    String buyer = "buyer-" + NUMBER.format(clock.instant());
    JsonNode checkout =
        answered(
            shop.open(
                "WALLET" + NUMBER.format(clock.instant()),
                PRICE_FEN,
                SKU,
                120,
                buyer,
                Map.of("channel", "wallet", "method", "balance")));
    String id = checkout.get("checkout_id").asText();
    expect(
        "the wallet to refuse",
        checkout.at("/payment/refusal/code").asText().equals("insufficient_balance"));
    step("refused: " + checkout.at("/payment/refusal/message").asText());
    JsonNode topUp =
        answered(
            shop.topUp(
                "TOPUP" + NUMBER.format(clock.instant()),
                PRICE_FEN + 500,
                buyer,
                Map.of("channel", "alipay", "method", "qr")));
    stack.alipay().buyer().pay(topUp.at("/payment/credential/content").asText());
    String topUpId = topUp.get("checkout_id").asText();
    await("the top-up to be paid", () -> status(topUpId).equals("paid"));
    expect("the money to be in the wallet", shop.wallet(buyer) == PRICE_FEN + 500);
    step("the buyer filled the wallet with " + (PRICE_FEN + 500) + " fen by Alipay");
    JsonNode again =
        answered(
            shop.post(
                "/v1/checkouts/" + id + "/payments",
                Map.of("channel", "wallet", "method", "balance")));
    expect("the checkout to be paid at once", again.path("status").asText().equals("paid"));
    step("paid at once; " + shop.wallet(buyer) + " fen are left in the wallet");
    await("the order system to hear of it", () -> told(id, "checkout.paid"));
    step("the order system has the signed event checkout.paid");
  }

  void rented() {
    say("Story 5: an umbrella is rented by PayScore, and paid for when it comes back");
    JsonNode rental =
        answered(shop.rent("RENT" + NUMBER.format(clock.instant()), 9_900, "buyer-1"));
    String id = rental.get("service_order_id").asText();
    step("the shop opened the service order " + id + "; WeChat vouches for 9900 fen");
    stack.wechatPay().payScoreBuyer().confirm(outOrderNo(id));
    await("the service to begin", () -> rental(id).path("status").asText().equals("confirmed"));
    step("the buyer confirmed it in WeChat: the service has begun");
    JsonNode unused = answered(shop.complete(id, 350));
    step("the umbrella is back; 350 fen are to be collected");
    await("WeChat to collect", () -> rental(id).path("status").asText().equals("settled"));
    step("WeChat collected " + rental(id).path("paid_fen").asLong() + " fen");
    await("the order system to hear of it", () -> told(id, "service_order.settled"));
    step("the order system has the signed event service_order.settled");
  }

  private static String outOrderNo(String id) {
    return ServiceOrderId.parse(id).outOrderNo();
  }

  private JsonNode rental(String id) {
    return shop.get("/v1/service-orders/" + id).body();
  }

  private static JsonNode answered(CheckoutApi.Answer answer) {
    if (answer.status() >= 300) {
      throw new StoryFailedException("answered " + answer.status() + " " + answer.body());
    }
    return answer.body();
  }

  void audited() {
    say("Audit");
    List<AuditFinding> findings = new Audit(stack.database().jdbi(), clock, Audit.GRACE).run();
    expect("the books to keep every law, but found " + findings, findings.isEmpty());
    step("the books keep every law");
  }

  private String status(String id) {
    return shop.get("/v1/checkouts/" + id).body().path("status").asText();
  }

  private boolean told(String id, String type) {
    return stack.orderSystem().events().stream()
        .anyMatch(event -> event.checkoutId().equals(id) && event.type().equals(type));
  }

  private long available() {
    return stack
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select available from stock where merchant = :merchant and sku = :sku")
                    .bind("merchant", SandboxMerchant.ID)
                    .bind("sku", SKU)
                    .mapTo(Long.class)
                    .one());
  }

  private void await(String what, BooleanSupplier condition) {
    Instant until = clock.instant().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      expect(what, clock.instant().isBefore(until));
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoryFailedException("interrupted while waiting for " + what);
      }
    }
  }

  private static void expect(String what, boolean condition) {
    if (!condition) {
      throw new StoryFailedException("waited in vain for " + what);
    }
  }

  private void say(String headline) {
    out.println();
    out.println(headline);
  }

  private void step(String text) {
    out.println("  ✓ " + text);
  }
}
