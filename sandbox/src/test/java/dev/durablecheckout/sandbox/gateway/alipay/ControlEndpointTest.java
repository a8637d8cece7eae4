package dev.durablecheckout.sandbox.gateway.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class ControlEndpointTest extends AlipayScene {
  private static final ObjectMapper JSON = new ObjectMapper();

  private HttpResponse<String> post(String path, String body) throws Exception {
    return Merchant.post(merchant.gateway.uri(path), "application/json", body);
  }

  private JsonNode get(String path) throws Exception {
    return JSON.readTree(Merchant.get(merchant.gateway.uri(path)).body());
  }

  @Test
  void plansFaultsForATradeForTheNextOneAndForAll() throws Exception {
    post("/control/faults", "{\"fault\":\"NOTIFY_DROP\",\"out_trade_no\":\"P1_1\"}");
    post(
        "/control/faults",
        "{\"fault\":\"API_HTML_502\",\"next_trade\":true,\"times\":2,"
            + "\"method\":\"alipay.trade.close\",\"delay_ms\":5}");
    post("/control/faults", "{\"fault\":\"NOTIFY_DUPLICATE\",\"probability\":0.25}");
    merchant.precreate("P2_1", "1");

    JsonNode rules = get("/control/faults").path("rules");

    assertThat(rules).hasSize(3);
    assertThat(rules.findValuesAsText("out_trade_no")).containsExactly("P1_1", "P2_1");
    assertThat(rules.findValuesAsText("method")).containsExactly("alipay.trade.close");
    assertThat(rules.findValuesAsText("times"))
        .containsExactlyInAnyOrder("1", "2", String.valueOf(Integer.MAX_VALUE));
    assertThat(rules.findValuesAsText("probability")).contains("0.25");

    Merchant.send(HttpRequest.newBuilder(merchant.gateway.uri("/control/faults")).DELETE());
    assertThat(get("/control/faults").path("rules")).isEmpty();
  }

  @Test
  void refusesWhatIsNoFaultOrNoJson() throws Exception {
    assertThat(post("/control/faults", "{\"fault\":\"NO_SUCH\"}").statusCode()).isEqualTo(400);
    assertThat(post("/control/faults", "{").statusCode()).isEqualTo(400);
    assertThat(
            Merchant.post(
                    merchant.gateway.uri("/control/faults"),
                    "text/plain",
                    "{\"fault\":\"NOTIFY_DROP\"}")
                .statusCode())
        .isEqualTo(400);
    assertThat(merchant.gateway.faults().rules()).isEmpty();
  }

  @Test
  void showsTradesNotifiesAndBooks() throws Exception {
    merchant.gateway.buyer().pay(merchant.precreate("P1_1", "10.00").getQrCode());
    merchant.refund("P1_1", "3.00", "R1");
    merchant.awaitNotify("P1_1", each -> each.state() == NotifyRecord.State.ACKNOWLEDGED);

    JsonNode book = get("/control/books").get(0);
    assertThat(book.path("paid_fen").asLong()).isEqualTo(1000);
    assertThat(book.path("refunded_fen").asLong()).isEqualTo(300);
    JsonNode trade = get("/control/trades").get(0);
    assertThat(trade.path("state").asText()).isEqualTo("TRADE_SUCCESS");
    assertThat(trade.path("paid_at").asText()).startsWith("2026-03-01T02:");
    assertThat(trade.path("notifies")).hasSize(2);
    assertThat(get("/control/notifies")).hasSize(2);
  }

  @Test
  void forgesANotify() throws Exception {
    merchant.precreate("P1_1", "10.00");
    merchant.answerNotifies("fail");

    HttpResponse<String> answer =
        post("/control/notifies", "{\"out_trade_no\":\"P1_1\",\"fault\":\"NOTIFY_WRONG_AMOUNT\"}");

    assertThat(answer.body()).isEqualTo("{\"answer\":\"200 fail\"}");
    assertThat(merchant.nextNotify()).containsEntry("total_amount", "10.01");
    assertThat(
            post("/control/notifies", "{\"out_trade_no\":\"P9\",\"fault\":\"NOTIFY_DROP\"}")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void billsAreTamperedWithAndPutRight() throws Exception {
    post("/control/bills", "{\"ready_at_once\":true}");
    post(
        "/control/bills",
        "{\"change\":\"PHANTOM\",\"bill_date\":\"2026-09-16\",\"out_trade_no\":\"X1\",\"amount_fen\":999}");
    post("/control/bills", "{\"trouble\":\"DAMAGED\",\"times\":2}");
    post("/control/bills", "{\"generated_lines\":10,\"seed\":3}");

    assertThat(get("/control/bills"))
        .hasToString(
            "{\"changes\":[{\"what\":\"PHANTOM\",\"day\":\"2026-09-16\",\"out_trade_no\":\"X1\",\"amount_fen\":999}],"
                + "\"trouble\":\"DAMAGED\",\"times\":2,\"ready_at_once\":true,\"generated_lines\":10}");
    assertThat(post("/control/bills", "{\"change\":\"BURNT\"}").statusCode()).isEqualTo(400);
    assertThat(
            post("/control/bills", "{\"change\":\"TWICE\",\"bill_date\":\"today\"}").statusCode())
        .isEqualTo(400);

    Merchant.send(HttpRequest.newBuilder(merchant.gateway.uri("/control/bills")).DELETE());
    assertThat(get("/control/bills").path("changes")).isEmpty();
    assertThat(get("/control/bills").path("ready_at_once").asBoolean()).isFalse();
  }

  @Test
  void payoutsAreControlledAndNonsenseIsRefused() throws Exception {
    assertThat(post("/control/transfers", "{\"balance_fen\":500,\"day_limit_fen\":7}").body())
        .contains(":500}");
    assertThat(get("/control/transfers").path("balances").elements().next().asLong())
        .isEqualTo(500);
    assertThat(get("/control/transfers").path("transfers")).isEmpty();

    for (String nonsense :
        new String[] {
          "{\"transfer\":\"W1\",\"action\":\"bounce\"}",
          "{\"transfer\":\"W1\",\"action\":\"confirm\"}",
          "{\"transfer\":\"W1\",\"action\":\"burn\"}",
          "{\"balance_fen\":-1}",
          "{\"balance_fen\":1.5}"
        }) {
      assertThat(post("/control/transfers", nonsense).statusCode()).as(nonsense).isEqualTo(400);
    }
  }
}
