package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import dev.durablecheckout.sandbox.gateway.alipay.TransferBook;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatTransferBook;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import dev.durablecheckout.sandbox.stack.WechatShop;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalStatus;
import dev.durablecheckout.workflows.withdrawal.WithdrawalView;
import dev.durablecheckout.workflows.withdrawal.WithdrawalWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A buyer takes money out of the wallet; what counts is what the simulated channels have paid. */
final class WithdrawalsEndToEndTest extends CheckoutScene {
  private static final String MERCHANT = "demo-shop";
  private static final long FILLED_FEN = 5_000;
  private static final long PART_FEN = 3_000;

  private String buyer = "";
  private String withdrawalNo = "";

  @BeforeEach
  void anotherBuyerWithAnEmptyWallet() {
    buyer = "buyer-" + UUID.randomUUID();
    withdrawalNo = orderNo();
  }

  @AfterEach
  void theChannelsHavePaidOutWhatTheBooksSay() {
    stack().alipay().transfers().slow(false);
    long paid =
        stack().alipay().transfers().books().stream().mapToLong(TransferBook::goneFen).sum()
            + stack().wechatPay().transfers().books().stream()
                .mapToLong(WechatTransferBook::goneFen)
                .sum();
    assertThat(paid)
        .isEqualTo(
            ours(
                "select coalesce(sum(amount_fen), 0) from withdrawals where status = 'SUCCEEDED'"));
    assertThat(ledger("PAYOUT")).as("nothing is held any more").isZero();
  }

  private long ledger(String kind) {
    return ours(
        """
        select coalesce(sum(e.credit_fen - e.debit_fen), 0)
        from ledger_entries e join ledger_accounts a using (account) where a.kind = ?
        """,
        kind);
  }

  private static Map<String, String> alipayUser() {
    return Map.of("kind", "alipay_user_id", "account", "2088102146225135");
  }

  private Map<String, String> wechatUser() {
    return Map.of(
        "kind",
        "wechat_openid",
        "account",
        stack().wechatPay().buyer().openid(WechatShop.MINI_PROGRAM));
  }

  private CheckoutApi.Answer withdraw(String channel, Map<String, String> payee) {
    return shop().withdraw(withdrawalNo, PART_FEN, buyer, channel, payee);
  }

  private JsonNode opened(String channel, Map<String, String> payee) {
    CheckoutApi.Answer answer = withdraw(channel, payee);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    return answer.body();
  }

  private JsonNode withdrawal() {
    return shop().get("/v1/withdrawals/" + withdrawalNo).body();
  }

  private void awaitWithdrawal(String status) {
    eventually(
        () -> withdrawalNo + " to be " + status + ": " + withdrawal(),
        () -> withdrawal().path("status").asText().equals(status));
  }

  /** Our number of it, as the channels know it. */
  private String outNo() {
    return WithdrawalNo.of(MerchantId.of(MERCHANT), MerchantOrderNo.of(withdrawalNo)).value();
  }

  private WechatTransferBook atWechat() {
    return stack().wechatPay().transfers().books().stream()
        .filter(book -> book.outBillNo().equals(outNo()))
        .findFirst()
        .orElseThrow();
  }

  private TransferBook atAlipay() {
    return stack().alipay().transfers().books().stream()
        .filter(book -> book.outBizNo().equals(outNo()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTopUpIsPaidOutToTheBuyerOfWechatWhoConfirms() {
    long channelsBefore = ledger("CHANNEL");
    JsonNode topUp =
        shop()
            .topUp(orderNo(), FILLED_FEN, buyer, Map.of("channel", "wechat_pay", "method", "qr"))
            .body();
    stack().wechatPay().buyer().pay(outTradeNo(topUp));
    awaitStatus(topUp, "paid");
    assertThat(shop().wallet(buyer)).isEqualTo(FILLED_FEN);

    JsonNode asked = opened("wechat_pay", wechatUser());
    assertThat(asked.path("status").asText()).isEqualTo("awaiting_buyer");
    assertThat(shop().wallet(buyer)).as("held").isEqualTo(FILLED_FEN - PART_FEN);
    assertThat(ledger("PAYOUT")).isEqualTo(PART_FEN);

    // What the shop's mini program hands to wx.requestMerchantTransfer.
    stack().wechatPay().transfers().confirm(asked.at("/confirmation/package_info").asText());
    awaitEvent(withdrawalNo, "withdrawal.succeeded");
    assertThat(withdrawal().path("status").asText()).isEqualTo("succeeded");
    assertThat(withdrawal().path("payout_no").asText()).isEqualTo(atWechat().billNo());
    assertThat(atWechat().goneFen()).isEqualTo(PART_FEN);
    assertThat(shop().wallet(buyer)).isEqualTo(FILLED_FEN - PART_FEN);
    assertThat(ledger("CHANNEL")).isEqualTo(channelsBefore - FILLED_FEN + PART_FEN);
    assertThat(withdraw("wechat_pay", wechatUser()).status()).as("a repeat").isEqualTo(200);
    eventually(
        "WeChat's notify to be acknowledged",
        () ->
            stack().wechatPay().notifies().stream()
                .anyMatch(
                    notify ->
                        notify.outTradeNo().equals(outNo())
                            && notify.state() == NotifyRecord.State.ACKNOWLEDGED));
  }

  @Test
  void theBuyerTakesTheMoneyOnThePageOfTheirPhone() throws Exception {
    stack().topUp(buyer, FILLED_FEN);
    JsonNode asked = opened("wechat_pay", wechatUser());
    String phone = stack().wechatPay().uri("/buyer").toString();
    assertThat(page(phone)).contains("/buyer/transfer/" + atWechat().billNo());

    HttpResponse<String> sent =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(phone + "/transfer/" + atWechat().billNo()))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("action=confirm"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(sent.statusCode()).isEqualTo(303);
    awaitWithdrawal("succeeded");
    assertThat(asked.path("withdrawal_no").asText()).isEqualTo(withdrawalNo);
    assertThat(page(phone)).doesNotContain(atWechat().billNo());
  }

  @Test
  void inTheShopTheWalletIsPaidOutOrTakenBack() throws Exception {
    stack().topUp("buyer-1", FILLED_FEN);
    withdrawalNo = pressed("/withdraw", "channel=alipay").replaceAll(".*/", "");
    awaitWithdrawal("succeeded");
    assertThat(page(stack().shop().uri("/withdrawals/" + withdrawalNo).toString()))
        .contains("succeeded", atAlipay().orderId());
    assertThat(shop().wallet("buyer-1")).isZero();

    stack().topUp("buyer-1", FILLED_FEN);
    String here = pressed("/withdraw", "channel=wechat_pay");
    withdrawalNo = here.replaceAll(".*/", "");
    assertThat(page(here)).contains("awaiting_buyer", stack().wechatPay().uri("/buyer").toString());
    assertThat(pressed("/withdrawals/" + withdrawalNo, "")).isEqualTo(here);
    awaitWithdrawal("failed");
    assertThat(shop().wallet("buyer-1")).isEqualTo(FILLED_FEN);
  }

  /** Where the shop sends the browser after a button. */
  private String pressed(String path, String form) throws Exception {
    HttpResponse<String> sent =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(stack().shop().uri(path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
    return sent.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void whatIsTakenBackInTimeIsInTheWalletAgain() {
    stack().topUp(buyer, FILLED_FEN);
    JsonNode unused = opened("wechat_pay", wechatUser());

    CheckoutApi.Answer answer =
        shop()
            .post(
                "/v1/withdrawals/" + withdrawalNo + "/cancel", Map.of("reason", "not that phone"));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    assertThat(answer.body().path("status").asText()).isEqualTo("failed");
    awaitEvent(withdrawalNo, "withdrawal.failed");
    assertThat(shop().wallet(buyer)).isEqualTo(FILLED_FEN);
    assertThat(atWechat().state()).isEqualTo("CANCELLED");
  }

  @Test
  void whatTheChannelRefusesIsInTheWalletAgain() {
    stack().topUp(buyer, FILLED_FEN);
    JsonNode refused =
        opened("alipay", Map.of("kind", "alipay_user_id", "account", "2099999999999999"));

    assertThat(refused.path("status").asText()).isEqualTo("failed");
    assertThat(refused.at("/refusal/channel_code").asText()).isEqualTo("PAYEE_NOT_EXIST");
    awaitEvent(withdrawalNo, "withdrawal.failed");
    assertThat(shop().wallet(buyer)).isEqualTo(FILLED_FEN);
  }

  @Test
  void aWalletThatHoldsTooLittleIsNotPaidOut() {
    stack().topUp(buyer, PART_FEN - 1);
    CheckoutApi.Answer answer = withdraw("alipay", alipayUser());

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body().path("code").asText()).isEqualTo("insufficient_balance");
    assertThat(shop().wallet(buyer)).isEqualTo(PART_FEN - 1);
  }

  @Test
  void alipayPaysAtOnceAndWhatABankSendsBackIsTheBuyersAgain() {
    stack().topUp(buyer, FILLED_FEN);
    JsonNode asked = opened("alipay", alipayUser());
    assertThat(asked.path("status").asText()).isEqualTo("succeeded");
    assertThat(asked.path("payout_no").asText()).isEqualTo(atAlipay().orderId());
    awaitEvent(withdrawalNo, "withdrawal.succeeded");
    assertThat(atAlipay().goneFen()).isEqualTo(PART_FEN);
    assertThat(shop().wallet(buyer)).isEqualTo(FILLED_FEN - PART_FEN);

    // Days later. The workflow looks once a day; here only the message can tell it so soon.
    stack().alipay().transfers().bounce(atAlipay().orderId());
    awaitEvent(withdrawalNo, "withdrawal.returned");
    assertThat(withdrawal().path("status").asText()).isEqualTo("returned");
    assertThat(shop().wallet(buyer)).isEqualTo(FILLED_FEN);
    assertThat(atAlipay().goneFen()).isZero();
  }

  @Test
  void whatIsUnderWayAtAlipayEndsByItsMessage() {
    stack().alipay().transfers().slow(true);
    stack().topUp(buyer, FILLED_FEN);
    assertThat(opened("alipay", alipayUser()).path("status").asText()).isEqualTo("processing");

    stack().alipay().transfers().fail(outNo(), "PAYEE_STATUS_ABNORMAL");
    awaitEvent(withdrawalNo, "withdrawal.failed");
    assertThat(withdrawal().at("/refusal/channel_code").asText())
        .isEqualTo("PAYEE_STATUS_ABNORMAL");
    assertThat(shop().wallet(buyer)).isEqualTo(FILLED_FEN);
  }

  /** As with curl: {@code POST /control/transfers} of a gateway. */
  private static JsonNode control(URI gateway, String body) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(gateway)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  @Test
  void anEmptyAccountIsWaitedForAndNothingIsPutBackMeanwhile() throws Exception {
    URI control = stack().alipay().uri("/control/transfers");
    JsonNode before = control(control, "{\"balance_fen\": %d}".formatted(PART_FEN - 1));
    assertThat(before.at("/balances").elements().next().asLong()).isEqualTo(PART_FEN - 1);
    stack().topUp(buyer, FILLED_FEN);
    JsonNode stopped = opened("alipay", alipayUser());
    assertThat(stopped.path("status").asText()).isEqualTo("held");
    assertThat(stopped.path("attention").asText()).isEqualTo("payout_stopped");
    assertThat(stopped.at("/stopped/channel_code").asText()).isEqualTo("PAYER_BALANCE_NOT_ENOUGH");
    assertThat(shop().wallet(buyer)).isEqualTo(FILLED_FEN - PART_FEN);

    JsonNode unused = control(control, "{\"balance_fen\": 1000000}");
    // As the runbook says: rather than to wait for ten minutes.
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(stack().temporal().target())
                .build());
    try {
      WithdrawalView paid =
          WorkflowClient.newInstance(stubs)
              .newWorkflowStub(WithdrawalWorkflow.class, "withdrawal:" + outNo())
              .retry("the account is filled up");
      assertThat(paid.status()).isEqualTo(WithdrawalStatus.SUCCEEDED);
    } finally {
      stubs.shutdownNow();
    }
    awaitEvent(withdrawalNo, "withdrawal.succeeded");
  }

  @Test
  void whoeverTriesItByHandConfirmsAndSendsBackOverHttp() throws Exception {
    stack().topUp(buyer, 2 * PART_FEN);
    JsonNode unused = opened("wechat_pay", wechatUser());
    JsonNode confirmed =
        control(
            stack().wechatPay().uri("/control/transfers"),
            "{\"transfer\": \"%s\", \"action\": \"confirm\"}".formatted(atWechat().billNo()));
    assertThat(confirmed.path("transfers").toString()).contains("TRANSFERING");
    awaitWithdrawal("succeeded");

    withdrawalNo = orderNo();
    JsonNode paid = opened("alipay", alipayUser());
    JsonNode unusedToo =
        control(
            stack().alipay().uri("/control/transfers"),
            "{\"transfer\": \"%s\", \"action\": \"bounce\"}"
                .formatted(paid.path("payout_no").asText()));
    awaitWithdrawal("returned");
    assertThat(shop().wallet(buyer)).isEqualTo(PART_FEN);
  }

  @Test
  void aLostAnswerPaysOnce() {
    stack()
        .alipay()
        .faults()
        .add(
            FaultRule.once(Fault.API_TIMEOUT_WITH_EFFECT)
                .on(outNo())
                .atMethod("alipay.fund.trans.uni.transfer")
                .lasting(Duration.ofMillis(100)));
    stack().topUp(buyer, FILLED_FEN);
    assertThat(withdraw("alipay", alipayUser()).status()).isLessThan(300);
    awaitWithdrawal("succeeded");
    assertThat(
            stack().alipay().transfers().books().stream()
                .filter(book -> book.outBizNo().equals(outNo())))
        .hasSize(1);
    assertThat(shop().wallet(buyer)).isEqualTo(FILLED_FEN - PART_FEN);
  }
}
