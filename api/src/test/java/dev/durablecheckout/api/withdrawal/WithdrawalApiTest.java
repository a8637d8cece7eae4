package dev.durablecheckout.api.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.api.scene.ApiSettings;
import dev.durablecheckout.api.scene.Bodies;
import dev.durablecheckout.api.scene.Http;
import dev.durablecheckout.api.scene.Http.Answer;
import dev.durablecheckout.api.scene.OnScene;
import dev.durablecheckout.api.scene.ScriptedPayouts;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRequest;
import dev.durablecheckout.workflows.withdrawal.WithdrawalStatus;
import dev.durablecheckout.workflows.withdrawal.WithdrawalWorkflow;
import io.temporal.client.WorkflowOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Money of wallets is paid out over HTTP, once, and to the merchant's own buyers. */
final class WithdrawalApiTest extends OnScene {
  private static final String ALIPAY =
      "{\"kind\":\"alipay_user_id\",\"account\":\"2088102146225135\"}";
  private static final String WECHAT = "{\"kind\":\"wechat_openid\",\"account\":\"o-of-a-buyer\"}";

  private final String no = Bodies.orderNo();
  private final String buyer = "buyer of " + no;
  private final String withdrawals = "/v1/wallets/" + buyer.replace(" ", "%20") + "/withdrawals";

  @BeforeEach
  void setUp() {
    scene.wallets().topUp(MerchantId.of("tea-house"), buyer, new Money(50_000), "for " + no);
  }

  private String body(long fen, String channel, String payee, String remark) {
    return """
        {"withdrawal_no":"%s","amount_fen":%d,"channel":"%s","payee":%s,"remark":"%s"}"""
        .formatted(no, fen, channel, payee, remark);
  }

  private Answer open(long fen) {
    return http.post(withdrawals, body(fen, "alipay", ALIPAY, "yours"));
  }

  private Answer byWechat() {
    return http.post(withdrawals, body(600, "wechat_pay", WECHAT, "yours"));
  }

  private Answer get() {
    return http.get("/v1/withdrawals/" + no);
  }

  private Answer cancel() {
    return http.post("/v1/withdrawals/" + no + "/cancel", "{\"reason\":\"a test\"}");
  }

  private long balance() {
    return http.get("/v1/wallets/" + buyer.replace(" ", "%20")).json().get("balance_fen").asLong();
  }

  @Test
  void theMoneyLeavesTheWalletAndTheAnswerDoesNotSayWhoIsPaid() {
    Answer answer = open(600);

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.header("Location")).isEqualTo("https://pay.example/v1/withdrawals/" + no);
    assertThat(answer.at("/status")).isEqualTo("processing");
    assertThat(answer.at("/payee")).isEqualTo("208***135");
    assertThat(answer.text()).doesNotContain("2088102146225135");
    assertThat(balance()).isEqualTo(49_400);
    assertThat(get().json()).isEqualTo(answer.json());
  }

  @Test
  void theSameRequestIsTheSameWithdrawalAndAnotherIsRefused() {
    Answer first = open(600);

    Answer again = open(600);
    Answer other = open(601);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.code()).isEqualTo("withdrawal_no_reused");
    assertThat(balance()).isEqualTo(49_400);
  }

  @Test
  void theBuyerConfirmsWithWhatTheAnswerHasOrTheMerchantTakesItBack() {
    Answer answer = byWechat();

    assertThat(answer.at("/status")).as(answer.text()).isEqualTo("awaiting_buyer");
    assertThat(answer.at("/confirmation/package_info")).isEqualTo("package");
    assertThat(answer.at("/confirmation/mch_id")).isEqualTo("mch");
    assertThat(get().at("/confirmation/package_info")).isEqualTo("package");

    Answer cancelled = cancel();
    assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);
    assertThat(cancelled.at("/status")).isEqualTo("failed");
    assertThat(cancelled.json().has("confirmation")).isFalse();
    assertThat(balance()).isEqualTo(50_000);
    assertThat(cancel().at("/status")).as("again").isEqualTo("failed");
  }

  @Test
  void aRefusalOfTheChannelPutsTheMoneyBack() {
    Answer answer = http.post(withdrawals, body(600, "alipay", ALIPAY, ScriptedPayouts.REFUSED));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.at("/status")).isEqualTo("failed");
    assertThat(answer.at("/refusal/channel_code")).isEqualTo("PAYEE_NOT_EXIST");
    assertThat(balance()).isEqualTo(50_000);
  }

  @Test
  void whatTheChannelPaysIsNotTakenBack() {
    open(600);

    Answer answer = cancel();

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("withdrawal_state");
  }

  /**
   * As of one that news, or {@code recover}, has started again: that run was never asked to open.
   */
  @Test
  void aRepeatAfterTheEndOfOneThatWasStartedAgainIsAnsweredFromTheBooks() {
    String refused = body(600, "alipay", ALIPAY, ScriptedPayouts.REFUSED);
    Answer first = http.post(withdrawals, refused);
    WithdrawalNo ours = WithdrawalNo.of(MerchantId.of("tea-house"), MerchantOrderNo.of(no));
    WithdrawalWorkflow again =
        scene
            .workflows()
            .newWorkflowStub(
                WithdrawalWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(ours.workflowId())
                    .setTaskQueue(TaskQueues.CHECKOUT)
                    .build());
    WithdrawalStatus unused = again.run(request(ours));

    Answer repeat = http.post(withdrawals, refused);
    Answer other = open(601);

    assertThat(repeat.status()).as(repeat.text()).isEqualTo(200);
    assertThat(repeat.json()).isEqualTo(first.json());
    assertThat(other.status()).as(other.text()).isEqualTo(409);
    assertThat(other.code()).isEqualTo("withdrawal_no_reused");
    assertThat(balance()).isEqualTo(50_000);
  }

  private WithdrawalRequest request(WithdrawalNo ours) {
    return new WithdrawalRequest(
        new Payout(ours, MerchantId.of("tea-house"), Channel.ALIPAY, new Money(600), null, "yours"),
        MerchantOrderNo.of(no),
        buyer,
        "request",
        "a fingerprint of another request");
  }

  @Test
  void moreThanTheWalletHoldsAndMoreThanTheMerchantPaysOutAreRefused() {
    Answer tooMuch = http.post(withdrawals, body(50_001, "wechat_pay", WECHAT, "yours"));
    assertThat(tooMuch.status()).as(tooMuch.text()).isEqualTo(409);
    assertThat(tooMuch.code()).isEqualTo("insufficient_balance");

    Answer overLimit =
        http.post(
            withdrawals, body(10_001, "alipay", ALIPAY, "yours").replace(no, Bodies.orderNo()));
    assertThat(overLimit.code()).isEqualTo("withdrawal_limit");
    assertThat(balance()).isEqualTo(50_000);
    assertThat(get().status()).isEqualTo(404);
  }

  @Test
  void anotherMerchantKnowsNothingOfIt() {
    open(600);

    Http other = scene.with(ApiSettings.WECHAT_KEY);
    assertThat(other.get("/v1/withdrawals/" + no).status()).isEqualTo(404);
    assertThat(other.post("/v1/withdrawals/" + no + "/cancel", "{\"reason\":\"a test\"}").status())
        .isEqualTo(404);
    Answer answer = other.post(withdrawals, body(600, "alipay", ALIPAY, "yours"));
    assertThat(answer.code()).isEqualTo("method_not_offered");
  }

  @Test
  void saysWhatIsWrongWithThePayee() {
    Answer foreign = http.post(withdrawals, body(600, "alipay", WECHAT, "yours"));
    assertThat(foreign.status()).isEqualTo(400);
    assertThat(foreign.at("/errors/0/field")).isEqualTo("payee");

    String nameless = "{\"kind\":\"alipay_logon_id\",\"account\":\"ann@example.com\"}";
    Answer answer = http.post(withdrawals, body(600, "alipay", nameless, "yours"));
    assertThat(answer.at("/errors/0/code")).isEqualTo("required");
    assertThat(answer.text()).doesNotContain("ann@example.com");
  }
}
