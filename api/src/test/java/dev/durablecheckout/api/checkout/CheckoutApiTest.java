package dev.durablecheckout.api.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.durablecheckout.api.scene.Await;
import dev.durablecheckout.api.scene.Bodies;
import dev.durablecheckout.api.scene.Http.Answer;
import dev.durablecheckout.api.scene.OnScene;
import dev.durablecheckout.api.scene.ScriptedChannel;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CheckoutApiTest extends OnScene {
  private static final String CHECKOUTS = "/v1/checkouts";
  private static final String QR = "{\"channel\":\"alipay\",\"method\":\"qr\"}";
  private static final String PAGE = "{\"channel\":\"alipay\",\"method\":\"page\"}";

  private static String path(String orderNo) {
    return CHECKOUTS + "/tea-house." + orderNo;
  }

  private Answer open(ObjectNode body) {
    return http.post(CHECKOUTS, body.toString());
  }

  private String opened(String orderNo) {
    Answer answer = open(Bodies.checkout(orderNo));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.at("/payment/out_trade_no");
  }

  @Test
  void opensACheckoutWithItsCredential() {
    String orderNo = Bodies.orderNo();
    ObjectNode body = Bodies.checkout(orderNo).put("return_url", "https://shop.example/o/1");
    body.putObject("metadata").put("store", "hangzhou-2");
    body.put("expires_in", 600);

    Answer answer = open(body);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Location")).isEqualTo("https://pay.example" + path(orderNo));
    JsonNode json = answer.json();
    assertThat(json.get("checkout_id").asText()).isEqualTo("tea-house." + orderNo);
    assertThat(json.get("merchant_order_no").asText()).isEqualTo(orderNo);
    assertThat(json.get("status").asText()).isEqualTo("awaiting_payment");
    assertThat(json.get("amount_fen").asLong()).isEqualTo(12800);
    assertThat(json.get("currency").asText()).isEqualTo("CNY");
    assertThat(json.get("paid_fen").asLong()).isZero();
    assertThat(json.get("refunded_fen").asLong()).isZero();
    assertThat(json.get("deadline").asText()).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    assertThat(json.get("cashier_url").asText()).startsWith("https://pay.example/cashier/");
    assertThat(json.at("/payment/channel").asText()).isEqualTo("alipay");
    assertThat(json.at("/payment/method").asText()).isEqualTo("qr");
    assertThat(json.at("/payment/status").asText()).isEqualTo("paying");
    assertThat(json.at("/payment/credential/type").asText()).isEqualTo("qr_code");
    assertThat(json.at("/payment/credential/content").asText())
        .isEqualTo("https://qr.alipay.com/" + json.at("/payment/out_trade_no").asText());
    assertThat(json.at("/orders/0/items/0/unit_price_fen").asLong()).isEqualTo(6400);
    assertThat(json.at("/metadata/store").asText()).isEqualTo("hangzhou-2");
    assertThat(json.has("attention")).isFalse();
    assertThat(json.has("close_reason")).isFalse();
    assertThat(http.get(path(orderNo)).json()).isEqualTo(json);
  }

  @Test
  void answersARepeatWithTheSameCheckout() {
    String orderNo = Bodies.orderNo();
    Answer first = open(Bodies.checkout(orderNo));

    Answer repeat = open(Bodies.checkout(orderNo));

    assertThat(repeat.status()).isEqualTo(200);
    assertThat(repeat.json()).isEqualTo(first.json());
  }

  @Test
  void answersARepeatAfterThePaymentWithThePaidCheckout() {
    String orderNo = Bodies.orderNo();
    String outTradeNo = opened(orderNo);
    scene.channel().pay(outTradeNo);
    assertThat(http.act(path(orderNo) + "/confirm").at("/status")).isEqualTo("paid");

    Answer repeat = open(Bodies.checkout(orderNo));

    assertThat(repeat.status()).isEqualTo(200);
    assertThat(repeat.at("/status")).isEqualTo("paid");
    assertThat(repeat.json().get("paid_fen").asLong()).isEqualTo(12800);
    assertThat(repeat.at("/payment/settlement")).isEqualTo("settled");
    assertThat(repeat.json().at("/payment/credential").isMissingNode()).isTrue();
  }

  @Test
  void refusesTheSameNumberWithAnotherAmountOrBuyer() {
    String orderNo = Bodies.orderNo();
    opened(orderNo);
    ObjectNode dearer = Bodies.checkout(orderNo).put("amount_fen", 12802);
    ((ObjectNode) dearer.at("/items/0")).put("unit_price_fen", 6401);

    for (ObjectNode other :
        List.of(dearer, Bodies.checkout(orderNo).put("buyer_id", "somebody else"))) {
      Answer answer = open(other);
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.code()).isEqualTo("merchant_order_no_reused");
    }
    assertThat(http.get(path(orderNo)).json().get("amount_fen").asLong()).isEqualTo(12800);
  }

  @Test
  void opensOneCheckoutWhenTheSameRequestComesManyTimesAtOnce() {
    ObjectNode body = Bodies.checkout(Bodies.orderNo());

    List<Answer> answers =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> open(body)))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).extracting(Answer::status).containsOnly(200, 201);
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers.stream().map(Answer::json).distinct()).hasSize(1);
  }

  @Test
  void answersARepeatUnderTheSameKeyAndRefusesTheKeyForAnotherOrder() {
    String key = "key-" + Bodies.orderNo();
    String mine = Bodies.checkout(Bodies.orderNo()).toString();
    Answer first = http.post(CHECKOUTS, mine, "Idempotency-Key", key);
    Answer again = http.post(CHECKOUTS, mine, "Idempotency-Key", key);
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(first.json());
    String body = Bodies.checkout(Bodies.orderNo()).toString();

    Answer other = http.post(CHECKOUTS, body, "Idempotency-Key", key);
    Answer repeat = http.post(CHECKOUTS, body, "Idempotency-Key", key);

    assertThat(other.status()).isEqualTo(409);
    assertThat(other.code()).isEqualTo("idempotency_key_reused");
    assertThat(repeat.json()).isEqualTo(other.json());
  }

  @Test
  void tellsThatStockIsOutAndThatThereIsNoSuchCheckoutThen() {
    scene
        .books()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into stock (merchant, sku, available) values ('tea-house', 'RARE', 1)"
                        + " on conflict do nothing"));
    String orderNo = Bodies.orderNo();
    ObjectNode body = Bodies.checkout(orderNo);
    ((ObjectNode) body.at("/items/0")).put("sku", "RARE");

    Answer answer = open(body);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("out_of_stock");
    assertThat(http.get(path(orderNo)).status()).isEqualTo(404);
  }

  @Test
  void tellsTheChannelsRefusalAndLetsTheBuyerPayInAnotherWay() {
    String orderNo = Bodies.orderNo();

    Answer answer = open(Bodies.checkout(orderNo).put("subject", ScriptedChannel.REFUSED));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.at("/status")).isEqualTo("awaiting_payment");
    assertThat(answer.at("/payment/status")).isEqualTo("failed");
    assertThat(answer.at("/payment/refusal/code")).isEqualTo("limit");
    assertThat(answer.at("/payment/refusal/channel_code")).isEqualTo("ACQ.TOTAL_FEE_EXCEED");
    assertThat(answer.json().at("/payment/credential").isMissingNode()).isTrue();
  }

  @Test
  void saysWhereToAskWhenTheChannelIsSilent() {
    String orderNo = Bodies.orderNo();

    Answer answer = open(Bodies.checkout(orderNo).put("subject", ScriptedChannel.SILENT));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Location")).isEqualTo("https://pay.example" + path(orderNo));
    assertThat(answer.header("Retry-After")).isNotEmpty();
    assertThat(answer.at("/checkout_id")).isEqualTo("tea-house." + orderNo);
    assertThat(answer.at("/merchant_order_no")).isEqualTo(orderNo);
    assertThat(answer.at("/status")).isEqualTo("opening");
    Answer stored = http.get(path(orderNo));
    assertThat(stored.status()).isEqualTo(200);
    assertThat(stored.at("/payment/status")).isEqualTo("paying");
    assertThat(stored.json().at("/payment/credential").isMissingNode()).isTrue();
  }

  @Test
  void answers404ForWhatNeverWas() {
    for (String id : new String[] {"tea-house.nobody", "nonsense", "tea-house.%2e%2e", "."}) {
      Answer answer = http.get(CHECKOUTS + "/" + id);
      assertThat(answer.status()).as(id).isIn(404, 400);
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }
    assertThat(http.act(path("nobody") + "/confirm").status()).isEqualTo(404);
    assertThat(http.act(path("nobody") + "/cancel").status()).isEqualTo(404);
    assertThat(http.post(path("nobody") + "/payments", QR).status()).isEqualTo(404);
    assertThat(http.get(path("nobody") + "/timeline").status()).isEqualTo(404);
  }

  @Test
  void tellsEveryStepInOrder() {
    String orderNo = Bodies.orderNo();
    String first = opened(orderNo);
    String second = http.post(path(orderNo) + "/payments", PAGE).at("/payment/out_trade_no");
    scene.channel().pay(second);
    http.act(path(orderNo) + "/confirm");

    JsonNode entries = http.get(path(orderNo) + "/timeline").json().get("entries");

    assertThat(entries.findValuesAsText("kind"))
        .containsSubsequence(
            "opened", "pay_order_created", "pay_order_closed", "pay_order_created", "paid");
    assertThat(entries.findValuesAsText("out_trade_no")).containsSubsequence(first, second);
    assertThat(entries.findValuesAsText("at").stream().map(Instant::parse)).isSorted();
  }

  @Test
  void confirmsAlsoAfterTheEnd() {
    String orderNo = Bodies.orderNo();
    scene.channel().pay(opened(orderNo));
    assertThat(http.act(path(orderNo) + "/confirm").at("/status")).isEqualTo("paid");

    Answer again = http.act(path(orderNo) + "/confirm", "Idempotency-Key", "later");

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.at("/status")).isEqualTo("paid");
  }

  @Test
  void cancelsOnceAndAnswersRepeatsAlike() {
    String orderNo = Bodies.orderNo();
    opened(orderNo);

    Answer first = http.act(path(orderNo) + "/cancel");
    Answer repeat = http.act(path(orderNo) + "/cancel");

    assertThat(first.status()).as(first.text()).isEqualTo(200);
    assertThat(first.at("/status")).isEqualTo("closed");
    assertThat(first.at("/close_reason")).isEqualTo("cancelled");
    assertThat(repeat.status()).as(repeat.text()).isEqualTo(200);
    assertThat(repeat.at("/close_reason")).isEqualTo("cancelled");
    assertThat(http.post(path(orderNo) + "/payments", QR).code()).isEqualTo("already_closed");
  }

  @Test
  void doesNotCancelWhatIsPaid() {
    String orderNo = Bodies.orderNo();
    scene.channel().pay(opened(orderNo));

    Answer whilePaid = http.act(path(orderNo) + "/cancel");
    Answer afterwards = http.act(path(orderNo) + "/cancel");

    assertThat(whilePaid.status()).isEqualTo(409);
    assertThat(whilePaid.code()).isEqualTo("already_paid");
    assertThat(afterwards.code()).isEqualTo("already_paid");
    assertThat(http.post(path(orderNo) + "/payments", PAGE).code()).isEqualTo("already_paid");
  }

  @Test
  void doesNotCancelWhatHasExpired() {
    String orderNo = Bodies.orderNo();
    assertThat(open(Bodies.checkout(orderNo).put("expires_in", 2)).status()).isEqualTo(201);
    Await.until(() -> http.get(path(orderNo)).at("/status").equals("closed"));

    Answer answer = http.act(path(orderNo) + "/cancel");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("already_closed");
    assertThat(http.get(path(orderNo)).at("/close_reason")).isEqualTo("expired");
  }

  @Test
  void paysAgainAndInAnotherWay() {
    String orderNo = Bodies.orderNo();
    String first = opened(orderNo);

    Answer same = http.post(path(orderNo) + "/payments", QR);
    Answer other = http.post(path(orderNo) + "/payments", PAGE);

    assertThat(same.at("/payment/out_trade_no")).isEqualTo(first);
    assertThat(same.at("/payment/credential/type")).isEqualTo("qr_code");
    assertThat(other.at("/payment/out_trade_no")).isNotEqualTo(first);
    assertThat(other.at("/payment/method")).isEqualTo("page");
    assertThat(other.at("/payment/credential/type")).isEqualTo("redirect_url");
    assertThat(http.get(path(orderNo)).json()).isEqualTo(other.json());
  }

  @Test
  void refusesAKeyThatPaidInAnotherWay() {
    String orderNo = Bodies.orderNo();
    opened(orderNo);
    String payments = path(orderNo) + "/payments";
    Answer first = http.post(payments, PAGE, "Idempotency-Key", "k1");

    assertThat(http.post(payments, PAGE, "Idempotency-Key", "k1").json()).isEqualTo(first.json());
    Answer other = http.post(payments, QR, "Idempotency-Key", "k1");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.code()).isEqualTo("idempotency_key_reused");
    assertThat(http.act(path(orderNo) + "/confirm", "Idempotency-Key", "k1").status())
        .as("another route is another operation")
        .isEqualTo(200);
  }

  @Test
  void opensWithoutTheBooksAndSaysSoWhereItNeedsThem() {
    String orderNo = Bodies.orderNo();
    scene.availability().booksAway(true);

    Answer opened = open(Bodies.checkout(orderNo));
    Answer repeat = open(Bodies.checkout(orderNo));
    Answer get = http.get(path(orderNo));
    Answer confirm = http.act(path(orderNo) + "/confirm");

    assertThat(opened.status()).isEqualTo(201);
    assertThat(repeat.status()).isEqualTo(200);
    assertThat(repeat.at("/payment/credential/content"))
        .isEqualTo(opened.at("/payment/credential/content"));
    assertThat(get.status()).isEqualTo(503);
    assertThat(get.code()).isEqualTo("books_unavailable");
    assertThat(get.header("Retry-After")).isNotEmpty();
    assertThat(get.header("Content-Type")).startsWith("application/problem+json");
    assertThat(confirm.status()).isEqualTo(200);
    assertThat(confirm.at("/status")).isEqualTo("awaiting_payment");
  }

  @Test
  void doesNotClaimAnOutcomeWithoutTemporal() {
    String known = Bodies.orderNo();
    opened(known);
    scene.availability().temporalAway(true);

    Answer opened = open(Bodies.checkout(Bodies.orderNo()));
    Answer get = http.get(path(known));
    Answer unknown = http.get(path("nobody"));
    Answer cancel = http.act(path(known) + "/cancel");

    assertThat(opened.status()).isEqualTo(202);
    assertThat(get.status()).isEqualTo(200);
    assertThat(get.at("/payment/status")).isEqualTo("paying");
    assertThat(unknown.status()).isEqualTo(503);
    assertThat(unknown.code()).isEqualTo("outcome_unknown");
    assertThat(unknown.header("Retry-After")).isNotEmpty();
    assertThat(cancel.status()).isEqualTo(202);
    assertThat(cancel.at("/status")).isEqualTo("awaiting_payment");
  }

  @Test
  void isNotReadableByOthersOnTheWay() {
    String orderNo = Bodies.orderNo();
    Answer answer = open(Bodies.checkout(orderNo));

    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }
}
