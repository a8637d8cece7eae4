package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A shop gives money back; what counts is what the simulated channels say has moved. */
final class GivingMoneyBackTest extends CheckoutScene {
  @AfterEach
  void atAnyTimeAgain() {
    stack().alipay().keepRefundsApart(Duration.ZERO);
  }

  private JsonNode paidByAlipay() {
    JsonNode checkout = open();
    stack().alipay().buyer().pay(outTradeNo(checkout));
    awaitPaid(checkout);
    return checkout;
  }

  private CheckoutApi.Answer refund(JsonNode checkout, String refundNo, long fen) {
    return shop()
        .post(
            "/v1/refunds",
            Map.of(
                "refund_no",
                refundNo,
                "checkout_id",
                id(checkout),
                "amount_fen",
                fen,
                "reason",
                "书皮破损"));
  }

  private void awaitRefund(String refundNo, String status) {
    eventually(
        refundNo + " to be " + status,
        () -> shop().get("/v1/refunds/" + refundNo).body().path("status").asText().equals(status));
  }

  @Test
  void of100AtOnceOver60PercentOneMovesMoney() throws Exception {
    JsonNode checkout = paidByAlipay();
    List<Callable<CheckoutApi.Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String refundNo = orderNo();
      calls.add(
          () -> {
            CheckoutApi.Answer answer = refund(checkout, refundNo, AMOUNT_FEN * 6 / 10);
            while (answer.status() == 202 || answer.status() >= 500) {
              Thread.sleep(200);
              answer = refund(checkout, refundNo, AMOUNT_FEN * 6 / 10);
            }
            return answer;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(20);
    List<Integer> statuses = new ArrayList<>();
    try {
      for (Future<CheckoutApi.Answer> answer : threads.invokeAll(calls)) {
        statuses.add(answer.get().status());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(statuses.stream().filter(status -> status < 300)).hasSize(1);
    assertThat(statuses.stream().filter(status -> status == 409)).hasSize(99);
    awaitEvent(checkout, "payment.refunded");
    assertThat(trade(checkout).refundedFen()).isEqualTo(AMOUNT_FEN * 6 / 10);
    assertThat(get(checkout).get("refund_status").asText()).isEqualTo("partial");
  }

  @Test
  void partsGoBackAsFarApartAsAlipayWantsThemUntilAllHasGone() {
    stack().alipay().keepRefundsApart(Duration.ofSeconds(3));
    JsonNode checkout = paidByAlipay();
    List<String> refundNos = List.of(orderNo(), orderNo(), orderNo());
    refundNos.forEach(
        refundNo -> assertThat(refund(checkout, refundNo, AMOUNT_FEN / 3).status()).isEqualTo(201));
    refundNos.forEach(refundNo -> awaitRefund(refundNo, "succeeded"));
    assertThat(trade(checkout).refundedFen()).isEqualTo(AMOUNT_FEN);
    assertThat(get(checkout).get("refund_status").asText()).isEqualTo("full");
    assertThat(get(checkout).get("status").asText()).isEqualTo("paid");
    // Nobody was told to wait: each came in its own time.
    assertThat(shop().get("/v1/checkouts/" + id(checkout) + "/timeline").body().toString())
        .doesNotContain("outcome unknown");
  }

  @Test
  void aLostAnswerMovesMoneyOnce() {
    JsonNode checkout = paidByAlipay();
    stack()
        .alipay()
        .faults()
        .add(
            FaultRule.once(Fault.API_TIMEOUT_WITH_EFFECT)
                .on(outTradeNo(checkout))
                .atMethod("alipay.trade.refund")
                .lasting(Duration.ofMillis(100)));
    String refundNo = orderNo();
    assertThat(refund(checkout, refundNo, 100).status()).isEqualTo(201);
    awaitRefund(refundNo, "succeeded");
    assertThat(trade(checkout).refundedFen()).isEqualTo(100);
    assertThat(refund(checkout, refundNo, 100).status()).isEqualTo(200);
  }

  @Test
  void anEmptyAccountIsShownToAPersonAndKeepsItsPart() {
    JsonNode checkout = paidByAlipay();
    stack().alipay().faults().add(FaultRule.once(Fault.REFUND_NO_BALANCE).on(outTradeNo(checkout)));
    String refundNo = orderNo();
    refund(checkout, refundNo, AMOUNT_FEN);
    awaitRefund(refundNo, "failed");
    assertThat(get(checkout).get("attention").asText()).isEqualTo("refund_failed");
    assertThat(shop().get("/v1/refunds/" + refundNo).body().at("/refusal/code").asText())
        .isEqualTo("merchant_balance");
    assertThat(refund(checkout, orderNo(), 1).body().path("code").asText())
        .isEqualTo("refund_exceeds_left");
    assertThat(trade(checkout).refundedFen()).isZero();
  }

  @Test
  void wechatPayTellsWhenItHasDoneIt() {
    JsonNode checkout = open("wechat_pay", "qr");
    stack().wechatPay().buyer().pay(outTradeNo(checkout));
    awaitPaid(checkout);
    String refundNo = orderNo();
    assertThat(refund(checkout, refundNo, 1_000).status()).isEqualTo(201);
    awaitRefund(refundNo, "succeeded");
    assertThat(payment(checkout).refundedFen()).isEqualTo(1_000);
    assertThat(get(checkout).get("refund_status").asText()).isEqualTo("partial");
  }
}
