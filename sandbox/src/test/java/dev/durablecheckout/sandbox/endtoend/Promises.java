package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.activities.stock.StockDao;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import dev.durablecheckout.sandbox.stack.SandboxMerchant;
import dev.durablecheckout.workflows.merchant.MerchantId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the checkout promises of one payment, tried on Alipay's QR code. */
abstract class Promises extends CheckoutScene {
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
