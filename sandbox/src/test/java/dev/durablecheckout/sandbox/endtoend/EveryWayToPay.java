package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import dev.durablecheckout.sandbox.stack.SandboxMerchant;
import dev.durablecheckout.sandbox.stack.WechatShop;
import dev.durablecheckout.worker.CheckoutWorkerApplication;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each way to pay, changing between them, and PayScore: from the shop's request to its event. */
abstract class EveryWayToPay extends CheckoutScene {
  private static Map<String, String> parameters(JsonNode checkout) {
    return texts(checkout.at("/payment/credential/parameters"));
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new HashMap<>();
    object.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
    assertThat(texts).isNotEmpty();
    return texts;
  }

  private static String newBuyer() {
    return "buyer-" + UUID.randomUUID();
  }

  // Alipay.

  @Test
  void alipayOnAComputersPage() {
    JsonNode checkout = open("alipay", "page");
    visit(checkout);
    stack().alipay().buyer().pay(outTradeNo(checkout));
    awaitPaid(checkout);
  }

  // WeChat Pay.

  @Test
  void wechatPayByQrCode() {
    JsonNode checkout = open("wechat_pay", "qr");
    assertThat(content(checkout)).startsWith("weixin://");
    stack().wechatPay().buyer().pay(content(checkout));
    awaitPaid(checkout);
  }

  @Test
  void wechatPayOnAPageInsideWechatByOpenid() {
    String openid = stack().wechatPay().buyer().openid(WechatShop.OFFICIAL_ACCOUNT);
    JsonNode checkout = open(newBuyer(), "wechat_pay", "jsapi", Map.of("openid", openid));
    stack().wechatPay().buyer().payJsapi(parameters(checkout));
    awaitPaid(checkout);
  }

  @Test
  void wechatPayOnAPageInsideWechatByLoginCode() {
    String code = stack().wechatPay().buyer().login(WechatShop.OFFICIAL_ACCOUNT);
    JsonNode checkout = open(newBuyer(), "wechat_pay", "jsapi", Map.of("login_code", code));
    stack().wechatPay().buyer().payJsapi(parameters(checkout));
    awaitPaid(checkout);
  }

  @Test
  void wechatPayInAMiniProgram() {
    String code = stack().wechatPay().buyer().login(WechatShop.MINI_PROGRAM);
    JsonNode checkout = open(newBuyer(), "wechat_pay", "mini_program", Map.of("login_code", code));
    stack().wechatPay().buyer().payJsapi(parameters(checkout));
    awaitPaid(checkout);
  }

  @Test
  void wechatPayInAPhonesBrowser() {
    JsonNode checkout = open(newBuyer(), "wechat_pay", "h5", Map.of("client_ip", "203.0.113.7"));
    visit(checkout);
    stack().wechatPay().buyer().pay(content(checkout));
    awaitPaid(checkout);
  }

  @Test
  void wechatPayFromTheShopsApp() {
    JsonNode checkout = open("wechat_pay", "app");
    stack().wechatPay().buyer().payApp(parameters(checkout));
    awaitPaid(checkout);
  }

  @Test
  void aLoginCodeThatWasUsedIsRefusedAndTheCheckoutStaysPayable() {
    JsonNode checkout =
        open(newBuyer(), "wechat_pay", "mini_program", Map.of("login_code", "used-up"));
    assertThat(checkout.at("/payment/refusal/code").asText()).isEqualTo("payer");
    JsonNode again = payBy(checkout, "wechat_pay", "qr");
    stack().wechatPay().buyer().pay(content(again));
    awaitPaid(again);
  }

  @Test
  void aLostNotifyOfWechatPayIsFoundByAQuery() {
    JsonNode checkout = open("wechat_pay", "qr");
    stack().wechatPay().faults().add(FaultRule.once(Fault.NOTIFY_DROP).on(outTradeNo(checkout)));
    stack().wechatPay().buyer().pay(content(checkout));
    awaitPaid(checkout);
  }

  @Test
  void aProbeIsRefusedAndTheRealNotifyCounts() {
    JsonNode checkout = open("wechat_pay", "qr");
    stack().wechatPay().faults().add(FaultRule.once(Fault.NOTIFY_PROBE).on(outTradeNo(checkout)));
    stack().wechatPay().buyer().pay(content(checkout));
    awaitPaid(checkout);
    assertThat(verdicts()).contains("PROBE");
  }

  @Test
  void forgedAndForeignNotifiesOfWechatPayChangeNothing() throws Exception {
    JsonNode checkout = open("wechat_pay", "qr");
    for (Fault forgery :
        List.of(Fault.NOTIFY_BAD_SIGNATURE, Fault.NOTIFY_WRONG_SELLER, Fault.NOTIFY_WRONG_APP)) {
      assertThat(stack().wechatPay().forgeNotify(outTradeNo(checkout), forgery)).startsWith("4");
    }
    assertThat(get(checkout).get("status").asText()).isEqualTo("awaiting_payment");
    assertThat(cancel(checkout).get("status").asText()).isEqualTo("closed");
  }

  private List<String> verdicts() {
    return stack()
        .database()
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery("select verdict from notify_log").mapTo(String.class).list());
  }

  @Test
  void wechatPayIsClosedThereTooAndLateMoneyGoesBack() {
    JsonNode checkout = open("wechat_pay", "qr");
    assertThat(cancel(checkout).get("status").asText()).isEqualTo("closed");
    assertThat(payment(checkout).state()).isEqualTo("CLOSED");

    stack().wechatPay().buyer().payLate(outTradeNo(checkout));
    eventually("the refund", () -> payment(checkout).refundedFen() == AMOUNT_FEN);
    awaitEvent(checkout, "payment.refunded");
    assertThat(get(checkout).get("refunded_fen").asLong()).isEqualTo(AMOUNT_FEN);
  }

  @Test
  void leftAloneWechatPayIsClosedAtTheDeadline() {
    JsonNode checkout =
        shop()
            .open(
                orderNo(), AMOUNT_FEN, "book", 6, newBuyer(), choice("wechat_pay", "qr", Map.of()))
            .body();
    awaitStatus(checkout, "closed");
    awaitEvent(checkout, "checkout.closed");
    assertThat(payment(checkout).state()).isEqualTo("CLOSED");
  }

  // The wallet.

  private void topUp(String buyerId, long fen) {
    stack().topUp(buyerId, fen);
  }

  @Test
  void theWalletPaysAtOnce() {
    String buyer = newBuyer();
    topUp(buyer, AMOUNT_FEN + 1);
    JsonNode checkout = open(buyer, "wallet", "balance", Map.of());
    assertThat(checkout.get("status").asText()).isEqualTo("paid");
    awaitPaid(checkout);
    assertThat(shop().wallet(buyer)).isEqualTo(1);
  }

  @Test
  void aWalletWithTooLittleIsToppedUpAndPaysTheSameCheckout() throws Exception {
    String buyer = newBuyer();
    topUp(buyer, AMOUNT_FEN - 1);
    JsonNode checkout = open(buyer, "wallet", "balance", Map.of());
    assertThat(checkout.get("status").asText()).isEqualTo("awaiting_payment");
    assertThat(checkout.at("/payment/refusal/code").asText()).isEqualTo("insufficient_balance");

    assertThat(topUpByCommand(buyer, 1, id(checkout))).contains("1 fen were put in");
    assertThat(topUpByCommand(buyer, 1, id(checkout))).contains("nothing was done");
    JsonNode again = payBy(checkout, "wallet", "balance");
    assertThat(id(again)).isEqualTo(id(checkout));
    assertThat(again.get("status").asText()).isEqualTo("paid");
    awaitPaid(again);
    assertThat(shop().wallet(buyer)).isZero();
  }

  /** As an operator does; returns what the command says. */
  private String topUpByCommand(String buyer, long fen, String reference) throws Exception {
    Path output = stack().yaml("wallet.log");
    Process command =
        JavaProcess.start(
            CheckoutWorkerApplication.class,
            output,
            "wallet",
            stack().yaml("worker.yml").toString(),
            "--merchant=" + SandboxMerchant.ID,
            "--buyer=" + buyer,
            "--top-up-fen=" + fen,
            "--reference=" + reference);
    assertThat(command.waitFor()).isZero();
    return Files.readString(output);
  }

  // From one way to another.

  @Test
  void theSameChoiceGivesTheSameCredentialWhileItLives() {
    JsonNode checkout = open("wechat_pay", "qr");
    JsonNode same = payBy(checkout, "wechat_pay", "qr");
    assertThat(outTradeNo(same)).isEqualTo(outTradeNo(checkout));
    assertThat(content(same)).isEqualTo(content(checkout));
  }

  @Test
  void anotherChannelClosesTheFirst() {
    JsonNode first = open("alipay", "qr");
    stack().alipay().buyer().scan(content(first));
    JsonNode second = payBy(first, "wechat_pay", "qr");
    assertThat(outTradeNo(second)).isNotEqualTo(outTradeNo(first));
    assertThat(trade(first).state().toString()).isEqualTo("TRADE_CLOSED");

    JsonNode third = payBy(first, "alipay", "qr");
    assertThat(payment(second).state()).isEqualTo("CLOSED");
    stack().alipay().buyer().pay(content(third));
    awaitPaid(third);
  }

  @Test
  void paidOnBothChannelsOneCountsAndTheOtherGoesBack() {
    JsonNode first = open("alipay", "qr");
    JsonNode second = payBy(first, "wechat_pay", "qr");
    stack().alipay().buyer().payLate(content(first));
    awaitStatus(first, "paid");
    stack().wechatPay().buyer().payLate(content(second));
    eventually("the refund", () -> payment(second).refundedFen() == AMOUNT_FEN);
    awaitEvent(first, "payment.refunded");
    assertThat(trade(first).refundedFen()).isZero();
    assertThat(get(first).get("status").asText()).isEqualTo("paid");
  }

  @Test
  void thePaymentThatASwitchFindsAtTheCloseCounts() {
    JsonNode first = open("wechat_pay", "qr");
    stack().wechatPay().faults().add(FaultRule.once(Fault.NOTIFY_DROP).on(outTradeNo(first)));
    stack().wechatPay().buyer().pay(content(first));
    CheckoutApi.Answer answer =
        shop().post("/v1/checkouts/" + id(first) + "/payments", choice("alipay", "qr", Map.of()));
    assertThat(answer.body().toString()).contains("paid");
    awaitPaid(first);
  }

  @Test
  void aDeadChannelSlowsNoOtherAndTheCashierOffersTheOthers() throws Exception {
    stack()
        .alipay()
        .faults()
        .add(FaultRule.always(Fault.API_TIMEOUT_WITHOUT_EFFECT, 1).lasting(Duration.ofSeconds(10)));
    // Twenty that wait for Alipay ...
    List<String> waiting =
        IntStream.range(0, 20)
            .parallel()
            .mapToObj(each -> shop().open(orderNo(), AMOUNT_FEN, "book", 60).body())
            .map(answer -> answer.path("checkout_id").asText())
            .toList();
    // ... hold up nobody who pays elsewhere: each of these is answered with its credential.
    for (int i = 0; i < 5; i++) {
      JsonNode checkout = open("wechat_pay", "qr");
      assertThat(content(checkout)).startsWith("weixin://");
      stack().wechatPay().buyer().pay(content(checkout));
      awaitPaid(checkout);
    }
    JsonNode undecided =
        shop().open(orderNo(), AMOUNT_FEN, "book", 120, newBuyer(), Map.of()).body();
    eventually(
        "the cashier to say that Alipay is down and to offer WeChat Pay",
        () -> {
          String page = page(undecided.get("cashier_url").asText());
          return page.contains("value=\"alipay qr\" disabled")
              && page.contains("value=\"wechat_pay qr\">");
        });
    stack().alipay().faults().clear();
    for (String id : waiting) {
      JsonNode unused = shop().post("/v1/checkouts/" + id + "/cancel", Map.of()).body();
    }
    JsonNode unused = cancel(undecided);
  }

  // PayScore.

  private JsonNode rent() {
    CheckoutApi.Answer answer = shop().rent(orderNo(), 9_900, newBuyer());
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    return answer.body();
  }

  private static String rentalId(JsonNode rental) {
    return rental.get("service_order_id").asText();
  }

  private static String outOrderNo(JsonNode rental) {
    return ServiceOrderId.parse(rentalId(rental)).outOrderNo();
  }

  private JsonNode rental(JsonNode rental) {
    return shop().get("/v1/service-orders/" + rentalId(rental)).body();
  }

  private CheckoutApi.Answer bringBack(JsonNode rental, long fen) {
    return shop().complete(rentalId(rental), fen);
  }

  private void awaitRental(JsonNode rental, String status) {
    eventually(
        rentalId(rental) + " to be " + status,
        () -> rental(rental).path("status").asText().equals(status));
  }

  @Test
  void aServiceIsConfirmedCompletedCollectedAndTold() {
    JsonNode rental = rent();
    stack().wechatPay().payScoreBuyer().confirm(texts(rental.at("/credential/parameters")));
    awaitRental(rental, "confirmed");
    awaitEvent(rentalId(rental), "service_order.confirmed");

    assertThat(bringBack(rental, 9_901).body().get("code").asText())
        .isEqualTo("risk_fund_exceeded");
    assertThat(bringBack(rental, 350).status()).isEqualTo(200);
    awaitRental(rental, "settled");
    awaitEvent(rentalId(rental), "service_order.settled");
    assertThat(rental(rental).get("paid_fen").asLong()).isEqualTo(350);
    assertThat(rental(rental).get("transaction_id").asText()).isNotEmpty();
  }

  @Test
  void aBuyerWithoutMoneyIsCollectedFromWhenThereIsSome() {
    JsonNode rental = rent();
    stack().wechatPay().payScoreBuyer().hasMoney(false);
    try {
      stack().wechatPay().payScoreBuyer().confirm(outOrderNo(rental));
      awaitRental(rental, "confirmed");
      assertThat(bringBack(rental, 350).body().get("status").asText()).isEqualTo("completed");
      JsonNode lower =
          shop()
              .post(
                  "/v1/service-orders/" + rentalId(rental) + "/modify",
                  Map.of(
                      "fees",
                      List.of(Map.of("name", "租金", "amount_fen", 300)),
                      "reason",
                      "a rainy day"))
              .body();
      assertThat(lower.path("total_fen").asLong()).as(lower.toString()).isEqualTo(300);
    } finally {
      stack().wechatPay().payScoreBuyer().hasMoney(true);
    }
    awaitRental(rental, "settled");
    assertThat(rental(rental).get("paid_fen").asLong()).isEqualTo(300);
  }

  @Test
  void aServiceOrderThatIsGivenUpIsRevokedAtWechat() {
    JsonNode rental = rent();
    JsonNode cancelled =
        shop()
            .post(
                "/v1/service-orders/" + rentalId(rental) + "/cancel",
                Map.of("reason", "no umbrella left"))
            .body();
    assertThat(cancelled.get("status").asText()).isEqualTo("cancelled");
    assertThat(stack().wechatPay().payScoreBuyer().state(outOrderNo(rental))).isEqualTo("REVOKED");
    awaitEvent(rentalId(rental), "service_order.cancelled");
  }
}
