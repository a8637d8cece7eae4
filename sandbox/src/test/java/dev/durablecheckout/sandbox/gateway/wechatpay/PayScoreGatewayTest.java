package dev.durablecheckout.sandbox.gateway.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.durablecheckout.activities.channel.ChannelConnections;
import dev.durablecheckout.activities.channel.ServiceOrderChannel;
import dev.durablecheckout.activities.channel.VerifiedServiceOrder;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatMerchant.Trust;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.serviceorder.RiskFund;
import dev.durablecheckout.workflows.serviceorder.ServiceBill;
import dev.durablecheckout.workflows.serviceorder.ServiceFee;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderAnswer;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRequest;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life of a service order, as the checkout's adapter and raw calls see it. */
class PayScoreGatewayTest extends WechatScene {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ServiceOrderId ID = ServiceOrderId.parse("shop.UMBRELLA-1");

  private ServiceOrderChannel payScore;

  @BeforeEach
  void start() {
    payScore =
        merchant
            .account(Trust.PUBLIC_KEY)
            .serviceOrders(
                new ChannelConnections(merchant.clock, Jdbi.create("jdbc:postgresql://nowhere/")))
            .orElseThrow();
  }

  private static ServiceOrderRequest request(String introduction) {
    return new ServiceOrderRequest(
        ID,
        "request-1",
        "fingerprint",
        null,
        introduction,
        new RiskFund(RiskFund.Name.DEPOSIT, Money.ofFen(9900)),
        "buyer-1",
        Map.of());
  }

  private ServiceOrderAnswer create() throws Exception {
    return payScore.create(request("一把伞"));
  }

  private void confirmed() throws Exception {
    create();
    merchant.gateway.payScoreBuyer().confirm(ID.outOrderNo());
    assertThat(verified(merchant.nextNotify()).order().state())
        .isEqualTo(ServiceOrderResult.State.CONFIRMED);
    merchant.clock.advance(Duration.ofSeconds(30));
  }

  private VerifiedServiceOrder verified(Request notify) throws Exception {
    return (VerifiedServiceOrder)
        merchant.verifier(Trust.PUBLIC_KEY).verify(notify.body(), WechatMerchant.headers(notify));
  }

  private static ServiceBill bill(long fen) {
    return new ServiceBill(
        List.of(new ServiceFee("Umbrella", Money.ofFen(fen + 100), null, 4)),
        List.of(new ServiceFee("New", Money.ofFen(100), null, null)));
  }

  private ServiceOrderAnswer complete(long fen) throws Exception {
    return payScore.complete(ID, bill(fen), endedAt());
  }

  private Instant endedAt() {
    return merchant.clock.instant().minusSeconds(1);
  }

  private ServiceOrderResult.State state() throws Exception {
    return payScore.query(ID).state();
  }

  @Test
  void isConfirmedByWhatTheMiniProgramHandsOver() throws Exception {
    assertThat(state()).isEqualTo(ServiceOrderResult.State.NOT_CREATED);
    ServiceOrderAnswer created = create();
    Map<String, String> extraData =
        Objects.requireNonNull(Objects.requireNonNull(created.credential()).parameters());
    Map<String, String> forged = new HashMap<>(extraData);
    forged.put("timestamp", "1");
    assertThatExceptionOfType(WechatRefusedException.class)
        .isThrownBy(() -> merchant.gateway.payScoreBuyer().confirm(forged));
    assertThat(state()).isEqualTo(ServiceOrderResult.State.CREATED);

    merchant.gateway.payScoreBuyer().confirm(extraData);

    assertThat(state()).isEqualTo(ServiceOrderResult.State.CONFIRMED);
    VerifiedServiceOrder notify = verified(merchant.nextNotify());
    assertThat(notify.outOrderNo()).isEqualTo(ID.outOrderNo());
    assertThat(notify.id()).isEqualTo(ID);
    assertThat(notify.order()).isEqualTo(payScore.query(ID));
    assertThat(notify.order().startedAt()).isNotNull();
  }

  @Test
  void theSameNumberIsTheSameOrderAndOtherDataIsRefused() throws Exception {
    assertThat(create().credential()).isNotNull();
    assertThat(create().credential()).isNotNull();
    assertThat(Objects.requireNonNull(payScore.create(request("x")).refusal()).message())
        .isEqualTo("重入参数校验失败");
  }

  @Test
  void isCollectedOnceTheServiceHasEnded() throws Exception {
    confirmed();

    ServiceOrderResult order = Objects.requireNonNull(complete(1500).order());
    assertThat(order.state()).isEqualTo(ServiceOrderResult.State.COLLECTING);
    assertThat(order.total()).isEqualTo(Money.ofFen(1500));
    merchant.clock.advance(Duration.ofMinutes(2));

    VerifiedServiceOrder notify = verified(merchant.nextNotify());
    assertThat(notify.order().state()).isEqualTo(ServiceOrderResult.State.SETTLED);
    assertThat(notify.order().paid()).isEqualTo(Money.ofFen(1500));
    assertThat(notify.order()).isEqualTo(payScore.query(ID));
    String transactionId = Objects.requireNonNull(notify.order().transactionId()).value();
    assertThat(refund("\"transaction_id\":\"" + transactionId + "\"").statusCode()).isEqualTo(200);
    assertThat(refund("\"out_trade_no\":\"" + ID.outOrderNo() + "\"").statusCode())
        .as("the order's own number is no payment's")
        .isEqualTo(404);
  }

  private HttpResponse<String> refund(String whose) throws Exception {
    return merchant.call(
        "POST",
        "/v3/refund/domestic/refunds",
        "{%s,\"out_refund_no\":\"R1\",\"amount\":{\"refund\":1,\"total\":1500,\"currency\":\"CNY\"}}"
            .formatted(whose));
  }

  @Test
  void isCollectedAgainAndAgainUntilTheBuyerHasMoney() throws Exception {
    confirmed();
    merchant.gateway.payScoreBuyer().hasMoney(false);
    complete(1500);
    merchant.clock.advance(Duration.ofMinutes(2));
    Thread.sleep(200);
    assertThat(state()).isEqualTo(ServiceOrderResult.State.COLLECTING);

    merchant.gateway.payScoreBuyer().hasMoney(true);
    merchant.clock.advance(Duration.ofMinutes(1));

    assertThat(verified(merchant.nextNotify()).order().state())
        .isEqualTo(ServiceOrderResult.State.SETTLED);
  }

  @Test
  void aBillIsLoweredAndSettledElsewhere() throws Exception {
    confirmed();
    merchant.gateway.payScoreBuyer().hasMoney(false);
    complete(1500);
    assertThat(Objects.requireNonNull(payScore.modify(ID, bill(900), "gift").order()).total())
        .isEqualTo(Money.ofFen(900));
    assertThat(payScore.modify(ID, bill(900), "gift").refusal()).as("not lower").isNotNull();

    ServiceOrderResult settled =
        Objects.requireNonNull(payScore.sync(ID, merchant.clock.instant()).order());

    assertThat(settled.state()).isEqualTo(ServiceOrderResult.State.SETTLED);
    assertThat(settled.paid()).isEqualTo(Money.ofFen(900));
    assertThat(settled.transactionId()).isNull();
    assertThat(merchant.gateway.books()).as("WeChat has collected nothing").isEmpty();
  }

  @Test
  void aServiceThatCostsNothingIsDoneAtOnce() throws Exception {
    confirmed();
    assertThat(Objects.requireNonNull(complete(0).order()).state())
        .isEqualTo(ServiceOrderResult.State.SETTLED);
  }

  @Test
  void theSameBillAgainIsTakenAndAnotherIsNot() throws Exception {
    confirmed();
    Instant endedAt = endedAt();
    payScore.complete(ID, bill(1500), endedAt);
    assertThat(Objects.requireNonNull(payScore.complete(ID, bill(1500), endedAt).order()).state())
        .isEqualTo(ServiceOrderResult.State.COLLECTING);
    assertThat(payScore.complete(ID, bill(1400), endedAt).refusal()).isNotNull();
  }

  @Test
  void isGivenUpUntilTheServiceHasEnded() throws Exception {
    confirmed();
    assertThat(Objects.requireNonNull(payScore.cancel(ID, "no umbrellas").order()).state())
        .isEqualTo(ServiceOrderResult.State.CANCELLED);
    assertThat(Objects.requireNonNull(payScore.cancel(ID, "no umbrellas").order()).state())
        .isEqualTo(ServiceOrderResult.State.CANCELLED);
    assertThat(Objects.requireNonNull(complete(1).order()).state())
        .as("the answer is the state that does not allow it")
        .isEqualTo(ServiceOrderResult.State.CANCELLED);
  }

  @Test
  void cannotBeGivenUpOnceItIsCollected() throws Exception {
    confirmed();
    complete(1500);
    HttpResponse<String> response = command("cancel", "\"reason\":\"x\"");
    assertThat(message(response)).isEqualTo("当前订单状态不满足撤销条件");
  }

  @Test
  void expiresIfNobodyConfirmsIt() throws Exception {
    create();
    merchant.clock.advance(Duration.ofDays(30));
    assertThat(query().path("state").asText()).isEqualTo("EXPIRED");
    assertThatExceptionOfType(WechatRefusedException.class)
        .isThrownBy(() -> merchant.gateway.payScoreBuyer().confirm(ID.outOrderNo()));
  }

  private JsonNode query() throws Exception {
    return JSON.readTree(
        merchant
            .call(
                "GET",
                "/v3/payscore/serviceorder?service_id=500001&out_order_no=%s&appid=%s"
                    .formatted(ID.outOrderNo(), WechatMerchant.MINI_PROGRAM),
                "")
            .body());
  }

  private HttpResponse<String> command(String name, String members) throws Exception {
    return merchant.call(
        "POST",
        "/v3/payscore/serviceorder/" + ID.outOrderNo() + "/" + name,
        "{\"appid\":\"%s\",\"service_id\":\"500001\",%s}"
            .formatted(WechatMerchant.MINI_PROGRAM, members));
  }

  private static String message(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body()).path("message").asText();
  }

  @Test
  void theAnswerToACompleteSaysNothingOfTheCollection() throws Exception {
    confirmed();
    JsonNode completed =
        JSON.readTree(
            command(
                    "complete",
                    "\"post_payments\":[{\"name\":\"x\",\"amount\":5}],\"total_amount\":5,"
                        + "\"time_range\":{\"end_time\":\"%s\"}"
                            .formatted(WechatTime.plain(endedAt())))
                .body());
    assertThat(completed.path("state_description").asText()).isEqualTo("MCH_COMPLETE");
    assertThat(completed.has("collection")).isFalse();
    assertThat(query().at("/collection/state").asText()).isEqualTo("USER_PAYING");
  }

  @ParameterizedTest
  @CsvSource({
    "5, -60, 5, '真实结束时间小于预计开始时间'",
    "5, 60, 5, '实际结束时间不能晚于使用完结接口的时间'",
    "5, -1, 6, '最终总金额计算非法'",
    "9901, -1, 9901, '最终总金额计算非法'"
  })
  void anEndThatCannotBeIsRefusedInItsOwnWords(long fen, long seconds, long total, String message)
      throws Exception {
    confirmed();
    HttpResponse<String> response =
        command(
            "complete",
            "\"post_payments\":[{\"name\":\"x\",\"amount\":%d}],\"total_amount\":%d,\"time_range\":{\"end_time\":\"%s\"}"
                .formatted(
                    fen, total, WechatTime.plain(merchant.clock.instant().plusSeconds(seconds))));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(message(response)).isEqualTo(message);
    assertThat(state()).isEqualTo(ServiceOrderResult.State.CONFIRMED);
  }

  @Test
  void anEndMustBeSaid() throws Exception {
    confirmed();
    assertThat(
            message(
                command(
                    "complete",
                    "\"post_payments\":[{\"name\":\"x\",\"amount\":5}],\"total_amount\":5")))
        .isEqualTo("创建订单未填写服务结束时间,则结束时间必填");
  }

  @Test
  void anotherServiceIsNotTheMerchants() throws Exception {
    HttpResponse<String> response =
        merchant.call(
            "GET",
            "/v3/payscore/serviceorder?service_id=500002&out_order_no=x&appid="
                + WechatMerchant.MINI_PROGRAM,
            "");
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(message(response)).isEqualTo("商户暂无权限使用此服务");
  }
}
