package dev.durablecheckout.api.serviceorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.api.scene.ApiSettings;
import dev.durablecheckout.api.scene.Await;
import dev.durablecheckout.api.scene.Bodies;
import dev.durablecheckout.api.scene.Http;
import dev.durablecheckout.api.scene.Http.Answer;
import dev.durablecheckout.api.scene.OnScene;
import dev.durablecheckout.api.scene.ScriptedPayScore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Service orders over HTTP. */
final class ServiceOrderApiTest extends OnScene {
  private static final String ORDERS = "/v1/service-orders";
  private static final String BILL =
      """
      {"fees":[{"name":"Umbrella","amount_fen":2000,"count":4}],"discounts":[{"name":"New","amount_fen":500}]}""";

  @Override
  protected String key() {
    return ApiSettings.WECHAT_KEY;
  }

  private static String body(String orderNo, String introduction) {
    return """
        {"merchant_order_no":"%s","introduction":"%s","risk_fund":{"name":"deposit","amount_fen":9900},
        "buyer_id":"buyer-1","metadata":{"store":"2"}}"""
        .formatted(orderNo, introduction);
  }

  private Answer open(String orderNo) {
    return http.post(ORDERS, body(orderNo, "An umbrella"));
  }

  private String opened() {
    Answer answer = open(Bodies.orderNo());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.at("/service_order_id");
  }

  private String inService() {
    String id = opened();
    scene.payScore().confirm(id);
    return id;
  }

  private Answer act(String id, String action, String body) {
    return http.post(ORDERS + "/" + id + "/" + action, body);
  }

  @Test
  void isOpenedWithWhatTheBuyerConfirmsItWith() {
    String orderNo = Bodies.orderNo();

    Answer answer = open(orderNo);

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.header("Location"))
        .isEqualTo("https://pay.example/v1/service-orders/noodle-bar." + orderNo);
    assertThat(answer.at("/status")).isEqualTo("created");
    assertThat(answer.at("/credential/type")).isEqualTo("wechat_payscore");
    assertThat(answer.at("/credential/parameters/package")).isEqualTo("p");
    assertThat(answer.at("/risk_fund/name")).isEqualTo("deposit");
  }

  @Test
  void theSameRequestGetsTheSameOrderAndAnotherIsRefused() {
    String orderNo = Bodies.orderNo();
    open(orderNo);

    Answer again = open(orderNo);
    Answer other = http.post(ORDERS, body(orderNo, "A bicycle"));

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.at("/credential/type")).isEqualTo("wechat_payscore");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.code()).isEqualTo("merchant_order_no_reused");
  }

  @Test
  void isCompletedModifiedAndSettledOutside() {
    String id = inService();

    Answer completed = act(id, "complete", BILL);
    assertThat(completed.status()).as(completed.text()).isEqualTo(200);
    assertThat(completed.at("/status")).isEqualTo("completed");
    assertThat(completed.json().get("total_fen").asLong()).isEqualTo(1500);
    assertThat(completed.json().get("fees").get(0).get("count").asInt()).isEqualTo(4);

    assertThat(act(id, "complete", BILL).at("/status")).as("again").isEqualTo("completed");

    Answer lower =
        act(
            id,
            "modify",
            "{\"fees\":[{\"name\":\"Umbrella\",\"amount_fen\":900}],\"reason\":\"a gift\"}");
    assertThat(lower.json().get("total_fen").asLong()).isEqualTo(900);

    Answer settled = act(id, "sync", "{\"paid_at\":\"2026-11-24T12:30:00+08:00\"}");
    assertThat(settled.at("/status")).isEqualTo("settled");
    Await.until(() -> http.get(ORDERS + "/" + id).at("/status").equals("settled"));
    assertThat(act(id, "cancel", "{\"reason\":\"late\"}").code()).isEqualTo("service_order_state");
  }

  @Test
  void isCancelledOnceAndForAll() {
    String id = opened();

    assertThat(act(id, "cancel", "{\"reason\":\"no umbrellas\"}").at("/status"))
        .isEqualTo("cancelled");
    assertThat(act(id, "cancel", "{\"reason\":\"no umbrellas\"}").at("/status"))
        .isEqualTo("cancelled");
    assertThat(http.get(ORDERS + "/" + id).json().has("credential")).isFalse();
  }

  @Test
  void tellsWhatHappened() {
    String id = inService();
    act(id, "complete", BILL);

    JsonNode timeline = http.get(ORDERS + "/" + id + "/timeline").json();

    assertThat(timeline.get("service_order_id").asText()).isEqualTo(id);
    assertThat(timeline.get("entries").findValuesAsText("kind"))
        .contains("opened", "confirmed", "billed", "completed");
  }

  @Test
  void aRefusalOfWechatIsAnAnswer() {
    Answer answer = http.post(ORDERS, body(Bodies.orderNo(), ScriptedPayScore.REFUSED));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.at("/status")).isEqualTo("refused");
    assertThat(answer.at("/refusal/code")).isEqualTo("merchant_account");
    assertThat(answer.at("/refusal/channel_code")).isEqualTo("NO_AUTH");
  }

  @Test
  void whatCannotBeCompletedSaysWhy() {
    String id = opened();
    assertThat(act(id, "complete", BILL).code()).isEqualTo("service_order_state");
    scene.payScore().confirm(id);

    assertThat(
            act(id, "complete", "{\"fees\":[{\"name\":\"Umbrella\",\"amount_fen\":9901}]}").code())
        .isEqualTo("risk_fund_exceeded");
    assertThat(
            act(
                    id,
                    "complete",
                    BILL.replace("{\"fees\"", "{\"ended_at\":\"2020-01-01T00:00:00Z\",\"fees\""))
                .code())
        .isEqualTo("service_end_invalid");
    act(id, "complete", BILL);
    assertThat(
            act(
                    id,
                    "modify",
                    BILL.replace("{\"fees\"", "{\"reason\":\"x\",\"fees\"").replace("2000", "2500"))
                .code())
        .isEqualTo("bill_not_lower");
  }

  @Test
  void onlyAMerchantWithAServiceHasServiceOrders() {
    Answer answer = scene.http().post(ORDERS, body(Bodies.orderNo(), "An umbrella"));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("method_not_offered");
  }

  @Test
  void anotherMerchantsOrderIsUnknown() {
    String id = opened();

    for (Http other : new Http[] {scene.http(), scene.with(ApiSettings.OTHER_KEY)}) {
      assertThat(other.get(ORDERS + "/" + id).status()).isEqualTo(404);
      assertThat(other.get(ORDERS + "/" + id + "/timeline").status()).isEqualTo(404);
      assertThat(other.post(ORDERS + "/" + id + "/cancel", "{\"reason\":\"x\"}").status())
          .isEqualTo(404);
    }
    assertThat(http.get(ORDERS + "/" + id).at("/status")).isEqualTo("created");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "complete | {} | fees | required",
        "complete | {\"fees\":[]} | fees | too_short",
        "complete | {\"fees\":[{\"name\":\"x\",\"amount_fen\":1.5}]} | fees[0].amount_fen | not_an_integer",
        "complete | {\"fees\":[{\"name\":\"x\",\"amount_fen\":-1}]} | fees[0].amount_fen | below_minimum",
        "complete | {\"fees\":[{\"name\":\"x\",\"amount_fen\":1,\"count\":101}]} | fees[0].count | above_maximum",
        "complete | {\"fees\":[{\"name\":\"x\",\"amount_fen\":1}],\"discounts\":[{\"name\":\"y\",\"amount_fen\":2}]} | discounts | sum_mismatch",
        "complete | {\"fees\":[{\"name\":\"x\",\"amount_fen\":1}],\"ended_at\":\"yesterday\"} | ended_at | bad_form",
        "complete | {\"fees\":[{\"name\":\"x\",\"amount_fen\":1}],\"total_fen\":1} | total_fen | unknown_field",
        "modify | {\"fees\":[{\"name\":\"x\",\"amount_fen\":1}]} | reason | required",
        "cancel | {\"reason\":\"\"} | reason | too_short",
        "sync | {\"paid_at\":12} | paid_at | wrong_type"
      })
  void aWrongFieldIsNamed(String action, String body, String field, String code) {
    Answer answer = act("noodle-bar.none", action, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/errors/0/field")).isEqualTo(field);
    assertThat(answer.at("/errors/0/code")).isEqualTo(code);
  }

  @Test
  void aWrongOpeningLeavesNoTrace() {
    Answer answer =
        scene
            .with(ApiSettings.QUIET_KEY)
            .post(
                ORDERS,
                "{\"merchant_order_no\":\"x\",\"risk_fund\":{\"name\":\"gold\",\"amount_fen\":0}}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text())
        .contains("risk_fund.name", "risk_fund.amount_fen", "introduction", "buyer_id");
    assertThat(scene.rowsOf(ApiSettings.QUIET_MERCHANT).values()).containsOnly(0);
  }
}
