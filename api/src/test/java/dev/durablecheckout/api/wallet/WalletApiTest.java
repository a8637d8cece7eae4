package dev.durablecheckout.api.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.durablecheckout.api.scene.ApiSettings;
import dev.durablecheckout.api.scene.Bodies;
import dev.durablecheckout.api.scene.Http.Answer;
import dev.durablecheckout.api.scene.OnScene;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A buyer's wallet over HTTP: what is in it, and paying from it. */
final class WalletApiTest extends OnScene {
  private static final String CHECKOUTS = "/v1/checkouts";
  private static final String FROM_WALLET = "{\"channel\":\"wallet\",\"method\":\"balance\"}";

  private final String orderNo = Bodies.orderNo();
  private final String buyer = "buyer-" + orderNo;

  private ObjectNode body() {
    return Bodies.checkout(orderNo)
        .put("buyer_id", buyer)
        .put("channel", "wallet")
        .put("method", "balance");
  }

  private Answer open() {
    return http.post(CHECKOUTS, body().toString());
  }

  private void topUp(long fen) {
    scene.wallets().topUp(MerchantId.of("tea-house"), buyer, new Money(fen), orderNo + "-" + fen);
  }

  private long balance() {
    return http.get("/v1/wallets/" + buyer).json().get("balance_fen").asLong();
  }

  @Test
  void tellsWhatIsInIt() {
    topUp(5000);

    Answer answer = http.get("/v1/wallets/" + buyer);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .isEqualTo("{\"buyer_id\":\"" + buyer + "\",\"balance_fen\":5000,\"currency\":\"CNY\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "张三 @ 杭州", "a'b"})
  void everyBuyerHasOneWhichIsEmptyAtFirst(String id) {
    String path =
        "/v1/wallets/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");

    Answer answer = http.get(path);

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.at("/buyer_id")).isEqualTo(id);
    assertThat(answer.json().get("balance_fen").asLong()).isZero();
  }

  @Test
  void anIdThatNoBuyerCanHaveIsRefused() {
    Answer answer = http.get("/v1/wallets/" + "b".repeat(65));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("invalid_request");
    assertThat(answer.at("/errors/0/field")).isEqualTo("buyer_id");
  }

  @Test
  void theFirstAnswerIsThePaidCheckout() {
    topUp(20_000);

    Answer answer = open();

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.header("Location")).endsWith("/v1/checkouts/tea-house." + orderNo);
    assertThat(answer.at("/status")).isEqualTo("paid");
    assertThat(answer.json().get("paid_fen").asLong()).isEqualTo(12_800);
    assertThat(answer.at("/payment/status")).isEqualTo("succeeded");
    assertThat(answer.at("/payment/channel")).isEqualTo("wallet");
    assertThat(answer.at("/payment/settlement")).isEqualTo("settled");
    assertThat(answer.at("/payment/trade_no")).isEqualTo("W" + answer.at("/payment/out_trade_no"));
    assertThat(answer.at("/payment/paid_at")).isNotEmpty();
    assertThat(answer.json().at("/payment/credential").isMissingNode()).isTrue();
    assertThat(balance()).isEqualTo(7200);
  }

  @Test
  void aRepeatIsAnsweredAlikeAndTakesNothing() {
    topUp(40_000);
    Answer first = open();

    Answer repeat = open();

    assertThat(repeat.status()).isEqualTo(200);
    assertThat(repeat.json()).isEqualTo(first.json());
    assertThat(balance()).isEqualTo(27_200);
  }

  @Test
  void tooLittleIsARefusalAndOnceFilledTheSameCheckoutIsPaid() {
    topUp(5000);

    Answer refused = open();

    assertThat(refused.status()).as(refused.text()).isEqualTo(201);
    assertThat(refused.at("/status")).isEqualTo("awaiting_payment");
    assertThat(refused.at("/payment/status")).isEqualTo("failed");
    assertThat(refused.at("/payment/refusal/code")).isEqualTo("insufficient_balance");
    assertThat(refused.at("/payment/refusal/message"))
        .isEqualTo("the wallet holds 5000 fen of 12800: 7800 are missing");
    assertThat(http.get(CHECKOUTS + "/tea-house." + orderNo).json()).isEqualTo(refused.json());

    String payments = CHECKOUTS + "/tea-house." + orderNo + "/payments";
    Answer again = http.post(payments, FROM_WALLET);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.at("/payment/refusal/code")).isEqualTo("insufficient_balance");
    assertThat(again.at("/payment/out_trade_no")).endsWith("_2");

    topUp(7800);
    Answer paid = http.post(payments, FROM_WALLET);
    assertThat(paid.status()).as(paid.text()).isEqualTo(200);
    assertThat(paid.at("/status")).isEqualTo("paid");
    assertThat(paid.at("/payment/status")).isEqualTo("succeeded");
    assertThat(paid.at("/payment/out_trade_no")).endsWith("_3");
    assertThat(balance()).isZero();
    assertThat(http.post(payments, FROM_WALLET).code()).isEqualTo("already_paid");
  }

  @Test
  void theWalletTakesOverFromAnotherChannel() {
    topUp(12_800);
    ObjectNode byAlipay = Bodies.checkout(orderNo).put("buyer_id", buyer);
    assertThat(http.post(CHECKOUTS, byAlipay.toString()).at("/payment/status")).isEqualTo("paying");

    Answer paid = http.post(CHECKOUTS + "/tea-house." + orderNo + "/payments", FROM_WALLET);

    assertThat(paid.at("/status")).isEqualTo("paid");
    assertThat(paid.at("/payment/channel")).isEqualTo("wallet");
    assertThat(balance()).isZero();
  }

  private ObjectNode topUpBody() {
    ObjectNode body = Bodies.checkout(orderNo).put("buyer_id", buyer);
    body.remove("items");
    return body.put("purpose", "wallet_top_up").put("amount_fen", 5000);
  }

  @Test
  void aCheckoutFillsTheWalletOnceItIsPaid() {
    Answer opened = http.post(CHECKOUTS, topUpBody().toString());

    assertThat(opened.status()).as(opened.text()).isEqualTo(201);
    assertThat(opened.at("/purpose")).isEqualTo("wallet_top_up");
    assertThat(opened.json().at("/orders/0/items")).isEmpty();
    assertThat(balance()).isZero();

    scene.channel().pay(opened.at("/payment/out_trade_no"));
    Answer paid = http.post(CHECKOUTS + "/tea-house." + orderNo + "/confirm", "");

    assertThat(paid.at("/status")).isEqualTo("paid");
    assertThat(paid.at("/purpose")).isEqualTo("wallet_top_up");
    assertThat(balance()).isEqualTo(5000);
    assertThat(http.post(CHECKOUTS, topUpBody().toString()).status()).isEqualTo(200);
    assertThat(balance()).isEqualTo(5000);
  }

  @Test
  void aTopUpAndASaleAreTwoRequests() {
    http.post(CHECKOUTS, Bodies.checkout(orderNo).put("buyer_id", buyer).toString());

    Answer answer = http.post(CHECKOUTS, topUpBody().put("amount_fen", 12_800).toString());

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("merchant_order_no_reused");
  }

  @Test
  void saysThatAWalletIsNotFilledFromItself() {
    Answer atOnce =
        http.post(
            CHECKOUTS, topUpBody().put("channel", "wallet").put("method", "balance").toString());
    assertThat(atOnce.status()).isEqualTo(400);
    assertThat(atOnce.at("/errors/0/field")).isEqualTo("channel");

    http.post(CHECKOUTS, topUpBody().toString());
    Answer later = http.post(CHECKOUTS + "/tea-house." + orderNo + "/payments", FROM_WALLET);
    assertThat(later.status()).isEqualTo(400);
    assertThat(later.at("/errors/0/field")).isEqualTo("channel");
  }

  @Test
  void aTopUpHasNoItems() {
    Answer answer =
        http.post(
            CHECKOUTS,
            Bodies.checkout(orderNo)
                .put("buyer_id", buyer)
                .put("purpose", "wallet_top_up")
                .toString());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/errors/0/field")).isEqualTo("items");
  }

  @Test
  void theStatementSaysWhatHappenedAPageAtATime() {
    topUp(20_000);
    open();
    topUp(300);
    String entries = "/v1/wallets/" + buyer + "/entries";

    Answer first = http.get(entries + "?limit=2");

    assertThat(first.status()).as(first.text()).isEqualTo(200);
    assertThat(first.json().get("entries"))
        .extracting(
            entry ->
                entry.get("kind").asText()
                    + " "
                    + entry.get("in_fen")
                    + " "
                    + entry.get("out_fen")
                    + " "
                    + entry.get("balance_fen"))
        .containsExactly("top_up 300 0 7500", "wallet_payment 0 12800 7200");
    assertThat(first.at("/entries/1/numbers/checkout_id")).isEqualTo("tea-house." + orderNo);

    topUp(1);
    Answer rest = http.get(entries + "?limit=2&before=" + first.json().get("before").asLong());
    assertThat(rest.json().get("entries")).hasSize(1);
    assertThat(rest.json().at("/entries/0/balance_fen").asLong()).isEqualTo(20_000);
    assertThat(rest.json().has("before")).isFalse();
    assertThat(http.get(entries + "?limit=4").json().has("before")).isFalse();
  }

  @Test
  void anotherMerchantsBuyerOfThatNameHasAnotherStatement() {
    topUp(20_000);

    Answer answer = scene.with(ApiSettings.WECHAT_KEY).get("/v1/wallets/" + buyer + "/entries");

    assertThat(answer.json().get("entries")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"before=0", "before=x", "limit=0", "limit=201", "limit="})
  void aPageThatCannotBeIsRefused(String query) {
    Answer answer = http.get("/v1/wallets/" + buyer + "/entries?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/errors/0/field")).isEqualTo(query.replaceAll("=.*", ""));
  }

  @Test
  void aMerchantWithoutWalletsIsNotPaidFromOne() {
    Answer answer = scene.with(ApiSettings.WECHAT_KEY).post(CHECKOUTS, body().toString());

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("method_not_offered");
  }

  @Test
  void saysWhenTheBooksCannotBeRead() {
    scene.availability().booksAway(true);

    Answer answer = http.get("/v1/wallets/" + buyer);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("books_unavailable");
  }
}
