package dev.durablecheckout.api.refund;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.durablecheckout.activities.voucher.VoucherDao;
import dev.durablecheckout.api.scene.ApiSettings;
import dev.durablecheckout.api.scene.Await;
import dev.durablecheckout.api.scene.Bodies;
import dev.durablecheckout.api.scene.Http;
import dev.durablecheckout.api.scene.Http.Answer;
import dev.durablecheckout.api.scene.OnScene;
import dev.durablecheckout.api.scene.ScriptedChannel;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.VoucherNo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refunds over HTTP, on real books and real workflows. */
final class RefundApiTest extends OnScene {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REFUNDS = "/v1/refunds";
  private static final long PAID_FEN = 12_800;

  private final String no = Bodies.orderNo();

  private String paid() {
    Answer opened = http.post("/v1/checkouts", Bodies.checkout(no).toString());
    String id = opened.at("/checkout_id");
    scene.channel().pay(opened.at("/payment/out_trade_no"));
    assertThat(http.act("/v1/checkouts/" + id + "/confirm").at("/status")).isEqualTo("paid");
    return id;
  }

  private static ObjectNode body(String refundNo, String checkoutId, long fen) {
    return JSON.createObjectNode()
        .put("refund_no", refundNo)
        .put("checkout_id", checkoutId)
        .put("amount_fen", fen)
        .put("reason", "one tin was dented");
  }

  private Answer refund(ObjectNode body) {
    return http.post(REFUNDS, body.toString());
  }

  private void awaitStatus(String refundNo, String status) {
    Await.until(() -> http.get(REFUNDS + "/" + refundNo).at("/status").equals(status));
  }

  private JsonNode checkout(String id) {
    return http.get("/v1/checkouts/" + id).json();
  }

  @Test
  void aPartGoesBackAndThenTheRest() {
    String id = paid();
    assertThat(checkout(id).path("refund_status").asText()).isEqualTo("none");

    Answer first = refund(body("A" + no, id, 2800));
    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(first.header("Location")).endsWith("/v1/refunds/A" + no);
    assertThat(first.at("/kind")).isEqualTo("requested");
    assertThat(first.at("/reason")).isEqualTo("one tin was dented");
    assertThat(first.json().get("amount_fen").asLong()).isEqualTo(2800);
    awaitStatus("A" + no, "succeeded");
    assertThat(checkout(id).path("refund_status").asText()).isEqualTo("partial");
    assertThat(checkout(id).path("refunded_fen").asLong()).isEqualTo(2800);
    assertThat(checkout(id).path("status").asText()).isEqualTo("paid");

    assertThat(refund(body("B" + no, id, 10_000)).status()).isEqualTo(201);
    awaitStatus("B" + no, "succeeded");
    assertThat(checkout(id).path("refund_status").asText()).isEqualTo("full");
    JsonNode all = http.get("/v1/checkouts/" + id + "/refunds").json().get("refunds");
    assertThat(all.findValuesAsText("refund_no")).containsExactly("A" + no, "B" + no);
    assertThat(events(id)).contains("\"refund_no\":\"B" + no, "\"refunded_fen\":12800");
  }

  private String events(String id) {
    List<String> bodies =
        scene
            .books()
            .withHandle(
                handle ->
                    handle
                        .select(
                            "select body from events where checkout_id = ? and type = 'PAYMENT_REFUNDED'",
                            id)
                        .mapTo(String.class)
                        .list());
    return String.join("\n", bodies);
  }

  @Test
  void of100AtOnceOver60PercentOneSucceedsAndTheOthersHearWhatIsLeft() throws Exception {
    String id = paid();
    List<Callable<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      ObjectNode body = body("M" + i + no, id, PAID_FEN * 6 / 10);
      calls.add(
          () -> {
            Answer answer = refund(body);
            while (answer.status() == 202 || answer.status() == 503) {
              Thread.sleep(200);
              answer = refund(body);
            }
            return answer;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(20);
    List<Answer> answers = new ArrayList<>();
    try {
      for (Future<Answer> future : threads.invokeAll(calls)) {
        answers.add(future.get());
      }
    } finally {
      threads.shutdownNow();
    }

    Map<Boolean, List<Answer>> accepted =
        answers.stream().collect(Collectors.partitioningBy(answer -> answer.status() < 300));
    assertThat(accepted.get(true)).hasSize(1);
    assertThat(accepted.get(false))
        .hasSize(99)
        .allSatisfy(
            answer -> {
              assertThat(answer.status()).isEqualTo(409);
              assertThat(answer.code()).isEqualTo("refund_exceeds_left");
              assertThat(answer.at("/detail")).contains("5120 fen are left");
            });
    String winner = accepted.get(true).get(0).at("/refund_no");
    awaitStatus(winner, "succeeded");
    assertThat(checkout(id).path("refunded_fen").asLong()).isEqualTo(7680);
    assertThat(scene.channel().timesAskedForRefund(accepted.get(true).get(0).at("/out_refund_no")))
        .isEqualTo(1);
    assertThat(http.get("/v1/checkouts/" + id + "/refunds").json().get("refunds")).hasSize(1);
  }

  @Test
  void aRepeatGetsTheSameRefundAndAnotherBodyIsRefused() {
    String id = paid();
    Answer first = refund(body(no, id, 100));
    Answer repeat = refund(body(no, id, 100));
    assertThat(repeat.status()).isEqualTo(200);
    assertThat(repeat.at("/out_refund_no")).isEqualTo(first.at("/out_refund_no"));
    assertThat(http.get(REFUNDS + "/" + first.at("/out_refund_no")).at("/refund_no")).isEqualTo(no);

    Answer other = refund(body(no, id, 200));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.code()).isEqualTo("refund_no_reused");
  }

  @Test
  void aRefusedRefundStaysRefused() {
    String id = paid();
    for (int i = 0; i < 2; i++) {
      Answer answer = refund(body(no, id, PAID_FEN + 1));
      assertThat(answer.status()).isEqualTo(409);
      assertThat(answer.code()).isEqualTo("refund_exceeds_left");
      assertThat(answer.at("/detail")).contains("12800 fen are left");
    }
    assertThat(http.get(REFUNDS + "/" + no).status()).isEqualTo(404);
  }

  @Test
  void whatIsNotPaidIsNotRefunded() {
    String id = http.post("/v1/checkouts", Bodies.checkout(no).toString()).at("/checkout_id");
    assertThat(refund(body(no, id, 100)).code()).isEqualTo("checkout_not_paid");
    http.act("/v1/checkouts/" + id + "/cancel");
    assertThat(refund(body(no, id, 100)).code()).isEqualTo("checkout_not_paid");
  }

  @Test
  void itemsGoBackForWhatTheyCostAndNoMoreOfThemThanWereBought() {
    String id = paid();
    ObjectNode one = body("A" + no, id, 0);
    one.remove("amount_fen");
    one.withArray("items").addObject().put("sku", "TEA-01").put("quantity", 1);
    one.put("return_stock", true);
    Answer answer = refund(one);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.json().get("amount_fen").asLong()).isEqualTo(6400);
    assertThat(answer.at("/order_no")).isEqualTo(no);

    ObjectNode two = body("B" + no, id, 100);
    two.withArray("items").addObject().put("sku", "TEA-01").put("quantity", 2);
    assertThat(refund(two).code()).isEqualTo("refund_items_mismatch");
    ObjectNode other = body("C" + no, id, 100);
    other.withArray("items").addObject().put("sku", "TEA-02").put("quantity", 1);
    assertThat(refund(other).code()).isEqualTo("refund_items_mismatch");
    ObjectNode elsewhere = body("D" + no, id, 100).put("order_no", "another");
    assertThat(refund(elsewhere).code()).isEqualTo("refund_items_mismatch");
  }

  @Test
  void theVoucherComesBackWithTheRefundThatSaysSo() {
    scene
        .books()
        .useTransaction(
            handle ->
                VoucherDao.issue(
                    handle,
                    MerchantId.of("tea-house"),
                    VoucherNo.of("V" + no),
                    Money.ofFen(800),
                    null,
                    null));
    ObjectNode order = withVoucher(no, 12_000);
    ObjectNode wrong = withVoucher(no, 12_001);
    assertThat(http.post("/v1/checkouts", wrong.toString()).at("/errors/0/detail"))
        .contains("add up to 12800, of which the voucher takes 800");
    Answer opened = http.post("/v1/checkouts", order.toString());
    assertThat(opened.status()).as(opened.text()).isEqualTo(201);
    assertThat(opened.at("/orders/0/voucher/voucher_no")).isEqualTo("V" + no);
    assertThat(http.post("/v1/checkouts", order.toString()).status()).as("a repeat").isEqualTo(200);
    assertThat(http.post("/v1/checkouts", withVoucher("B" + no, 12_000).toString()).code())
        .isEqualTo("voucher_not_usable");

    String id = opened.at("/checkout_id");
    scene.channel().pay(opened.at("/payment/out_trade_no"));
    assertThat(http.act("/v1/checkouts/" + id + "/confirm").at("/status")).isEqualTo("paid");
    ObjectNode items = body("A" + no, id, 0).put("return_voucher", true);
    items.remove("amount_fen");
    items.withArray("items").addObject().put("sku", "TEA-01").put("quantity", 1);
    assertThat(refund(items).at("/errors/0/field")).isEqualTo("amount_fen");
    Answer refund = refund(items.put("amount_fen", 6000));
    assertThat(refund.status()).as(refund.text()).isEqualTo(201);
    assertThat(refund.json().get("return_voucher").asBoolean()).isTrue();
    awaitStatus("A" + no, "succeeded");

    Answer next = http.post("/v1/checkouts", withVoucher("C" + no, 12_000).toString());
    assertThat(next.status()).as(next.text()).isEqualTo(201);
    assertThat(http.get("/v1/checkouts/" + id).at("/orders/0/voucher/discount_fen"))
        .isEqualTo("800");
  }

  private ObjectNode withVoucher(String orderNo, long fen) {
    ObjectNode order = Bodies.checkout(orderNo).put("amount_fen", fen);
    order.putObject("voucher").put("voucher_no", "V" + no).put("discount_fen", 800);
    return order;
  }

  @Test
  void anotherMerchantsCheckoutsAndRefundsAreNotThere() {
    String id = paid();
    refund(body(no, id, 100));
    Http other = scene.with(ApiSettings.WECHAT_KEY);

    assertThat(other.post(REFUNDS, body("X" + no, id, 100).toString()).status()).isEqualTo(404);
    assertThat(other.get(REFUNDS + "/" + no).status()).isEqualTo(404);
    String ours = http.get(REFUNDS + "/" + no).at("/out_refund_no");
    assertThat(other.get(REFUNDS + "/" + ours).status()).isEqualTo(404);
    assertThat(other.get("/v1/checkouts/" + id + "/refunds").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | refund_no",
        "{'refund_no':'a b','checkout_id':'tea-house.x','amount_fen':1,'reason':'x'} | refund_no",
        "{'refund_no':'R','amount_fen':1,'reason':'x'} | checkout_id",
        "{'refund_no':'R','checkout_id':'tea-house.x','merchant_order_no':'x','amount_fen':1,'reason':'x'} | checkout_id",
        "{'refund_no':'R','checkout_id':'tea-house.x','reason':'x'} | amount_fen",
        "{'refund_no':'R','checkout_id':'tea-house.x','amount_fen':0,'reason':'x'} | amount_fen",
        "{'refund_no':'R','checkout_id':'tea-house.x','amount_fen':1,'reason':'x','return_stock':true} | return_stock",
        "{'refund_no':'R','checkout_id':'tea-house.x','amount_fen':1,'reason':'x','return_stock':'yes'} | return_stock",
        "{'refund_no':'R','checkout_id':'tea-house.x','amount_fen':1,'reason':'x','return_voucher':'yes'} | return_voucher",
        "{'refund_no':'R','checkout_id':'tea-house.x','reason':'x','items':[{'sku':'a','quantity':1},{'sku':'a','quantity':1}]} | items",
        "{'refund_no':'R','checkout_id':'tea-house.x','amount_fen':1,'reason':'x','why':1} | why"
      })
  void aBodyThatIsWrongIsRefusedByItsField(String body, String field) {
    Answer answer = http.post(REFUNDS, body.replace('\'', '"'));
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.at("/errors/0/field")).isEqualTo(field);
  }

  /** Else it would be asked about after half a minute. */
  @Test
  void aNotifyOfTheChannelMakesItAskAtOnce() {
    String id = paid();
    ObjectNode body = body(no, id, 100).put("reason", ScriptedChannel.SLOW_REFUND);
    Answer refund = refund(body);
    String outRefundNo = refund.at("/out_refund_no");
    Await.until(() -> scene.channel().timesAskedForRefund(outRefundNo) == 1);
    assertThat(http.get(REFUNDS + "/" + no).at("/status")).isEqualTo("processing");

    String notify =
        scene
            .alipay()
            .paid(
                id,
                refund.at("/out_trade_no"),
                "128.00",
                Map.of("refund_fee", "1.00", "out_biz_no", outRefundNo));
    assertThat(scene.stranger().post("/v1/notify/alipay/tea-house", notify).text())
        .isEqualTo("success");
    awaitStatus(no, "succeeded");
    boolean applied =
        scene
            .books()
            .withHandle(
                handle ->
                    handle
                        .select(
                            "select applied_at is not null from notify_log where out_refund_no = ?",
                            outRefundNo)
                        .mapTo(Boolean.class)
                        .one());
    assertThat(applied).isTrue();
    assertThat(http.get("/v1/checkouts/" + id + "/timeline").text())
        .contains("the channel notified a refund, " + outRefundNo);
  }

  @Test
  void anAnswerThatIsLostIsFoundByARepeat() {
    String id = paid();
    scene.availability().temporalAway(true);
    assertThat(refund(body(no, id, 100)).status()).isEqualTo(202);
    scene.availability().reset();
    Await.until(() -> refund(body(no, id, 100)).status() < 202);
    awaitStatus(no, "succeeded");
    assertThat(checkout(id).path("refunded_fen").asLong()).isEqualTo(100);
  }

  @Test
  void aPaymentFromAWalletGoesBackThere() {
    String buyer = "buyer-" + no;
    MerchantId merchant = MerchantId.of("tea-house");
    scene.wallets().topUp(merchant, buyer, new Money(PAID_FEN), "refund-" + no);
    String id =
        http.post(
                "/v1/checkouts",
                Bodies.checkout(no)
                    .put("buyer_id", buyer)
                    .put("channel", "wallet")
                    .put("method", "balance")
                    .toString())
            .at("/checkout_id");
    refund(body(no, id, 800));
    awaitStatus(no, "succeeded");
    assertThat(scene.wallets().find(merchant, buyer).balance()).isEqualTo(new Money(800));
  }
}
