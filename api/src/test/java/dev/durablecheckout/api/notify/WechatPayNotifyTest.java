package dev.durablecheckout.api.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.api.scene.ApiSettings;
import dev.durablecheckout.api.scene.Await;
import dev.durablecheckout.api.scene.Bodies;
import dev.durablecheckout.api.scene.Http.Answer;
import dev.durablecheckout.api.scene.OnScene;
import dev.durablecheckout.workflows.payment.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What WeChat Pay hears, and what becomes of what it says. */
final class WechatPayNotifyTest extends OnScene {
  private static final String NOTIFY = "/v1/notify/wechatpay/noodle-bar";
  private static final long FEN = 12800;

  @Override
  protected String key() {
    return ApiSettings.WECHAT_KEY;
  }

  private record Opened(String id, String outTradeNo) {}

  private Opened open() {
    Answer answer =
        http.post(
            "/v1/checkouts",
            Bodies.checkout(Bodies.orderNo()).put("channel", "wechat_pay").toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return new Opened(answer.at("/checkout_id"), answer.at("/payment/out_trade_no"));
  }

  private String paid(Opened checkout) {
    return scene.wechatPay().paid(checkout.id(), checkout.outTradeNo(), FEN);
  }

  private Answer send(String body) {
    return send(body, scene.wechatPay().headers(body, scene.clock().instant()));
  }

  private Answer send(String body, String[] headers) {
    return scene.stranger().post(NOTIFY, body, headers);
  }

  private String status(Opened checkout) {
    return http.get("/v1/checkouts/" + checkout.id()).at("/status");
  }

  private static void assertTaken(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    assertThat(answer.text()).isEmpty();
  }

  private static void assertRefused(Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo("{\"code\":\"FAIL\",\"message\":\"失败\"}");
    assertThat(answer.header("Content-Type")).startsWith("application/json");
  }

  private List<String> verdicts(String body) {
    return scene
        .books()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select verdict from notify_log where convert_from(raw_body, 'UTF8') = :body")
                    .bind("body", body)
                    .mapTo(String.class)
                    .list());
  }

  private int deliveries(String body) {
    return scene
        .books()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select deliveries from notify_log where convert_from(raw_body, 'UTF8') = :body")
                    .bind("body", body)
                    .mapTo(Integer.class)
                    .one());
  }

  @Test
  void aPaymentIsTakenWithAnEmpty204() {
    Opened checkout = open();
    String body = paid(checkout);

    assertTaken(send(body));

    assertThat(verdicts(body)).containsExactly("VERIFIED");
    Await.until(() -> status(checkout).equals("paid"));
    assertThat(scene.channel().wasAsked(checkout.outTradeNo())).isFalse();
  }

  @Test
  void aResendIsSignedAnewAndCountsOnce() {
    Opened checkout = open();
    String body = paid(checkout);

    assertTaken(send(body));
    assertTaken(send(body));
    Await.until(() -> status(checkout).equals("paid"));
    assertTaken(send(body));

    assertThat(deliveries(body)).isEqualTo(3);
    assertThat(http.get("/v1/checkouts/" + checkout.id()).json().get("refunded_fen").asLong())
        .isZero();
  }

  @Test
  void aBadSignatureIsRefusedSoThatItIsSentAgain() {
    Opened checkout = open();
    String body = paid(checkout);
    String[] headers = scene.wechatPay().headers(body + " ", scene.clock().instant());

    assertRefused(send(body, headers), 400);

    assertThat(verdicts(body)).containsExactly("BAD_SIGNATURE");
    assertThat(status(checkout)).isEqualTo("awaiting_payment");
  }

  @Test
  void theSignTestProbeIsRefusedAndCountedApart() {
    Opened checkout = open();
    String body = paid(checkout);

    assertRefused(send(body, scene.wechatPay().probe(scene.clock().instant())), 400);

    assertThat(verdicts(body)).containsExactly("PROBE");
    assertThat(status(checkout)).isEqualTo("awaiting_payment");
    assertTaken(send(body));
    Await.until(() -> status(checkout).equals("paid"));
  }

  @Test
  void whatIsOlderThanFiveMinutesIsRefused() {
    Opened checkout = open();
    String body = paid(checkout);
    Instant before = scene.clock().instant().minus(Duration.ofMinutes(5).plusSeconds(2));

    assertRefused(send(body, scene.wechatPay().headers(body, before)), 400);

    assertThat(verdicts(body)).containsExactly("BAD_SIGNATURE");
    assertThat(status(checkout)).isEqualTo("awaiting_payment");
  }

  @Test
  void anotherAccountsPaymentIsRefused() {
    Opened checkout = open();
    String body = scene.wechatPay().paid(checkout.id(), checkout.outTradeNo(), FEN, "1900000009");

    assertRefused(send(body), 400);

    assertThat(verdicts(body)).containsExactly("FOREIGN_ACCOUNT");
    assertThat(status(checkout)).isEqualTo("awaiting_payment");
  }

  @Test
  void aNotifyThatWasMeantForAnotherMerchantIsRefused() {
    Opened checkout = open();
    String body = paid(checkout);
    String[] headers = scene.wechatPay().headers(body, scene.clock().instant());

    assertRefused(scene.stranger().post("/v1/notify/wechatpay/pub", body, headers), 400);

    assertThat(verdicts(body)).containsExactly("FOREIGN_ACCOUNT");
    assertThat(status(checkout)).isEqualTo("awaiting_payment");
  }

  @Test
  void anotherAmountDoesNotPay() {
    Opened checkout = open();

    assertTaken(send(scene.wechatPay().paid(checkout.id(), checkout.outTradeNo(), 1)));

    Await.until(
        () ->
            http.get("/v1/checkouts/" + checkout.id()).at("/attention").equals("amount_mismatch"));
    assertThat(status(checkout)).isEqualTo("awaiting_payment");
  }

  @Test
  void whatIsNowhereIsNotAcknowledged() {
    Opened checkout = open();
    String body = paid(checkout);
    scene.availability().booksAway(true);
    scene.availability().temporalAway(true);

    assertRefused(send(body), 503);

    scene.availability().reset();
    assertThat(status(checkout)).isEqualTo("awaiting_payment");
    assertTaken(send(body));
    Await.until(() -> status(checkout).equals("paid"));
  }

  @Test
  void moneyAfterTheCloseGoesBack() throws TimeoutException {
    Opened checkout = open();
    assertThat(http.act("/v1/checkouts/" + checkout.id() + "/cancel").at("/status"))
        .isEqualTo("closed");
    scene.awaitEnd(checkout.id());
    scene.channel().pay(checkout.outTradeNo());

    assertTaken(send(paid(checkout)));

    assertThat(scene.latePayment(checkout.outTradeNo()).settlement()).isEqualTo(Settlement.LATE);
    Await.until(
        () ->
            http.get("/v1/checkouts/" + checkout.id()).json().get("refunded_fen").asLong() == FEN);
  }

  @Test
  void aMerchantWithoutAnAccountThereIsNotFound() {
    String body = paid(open());

    Answer answer =
        scene
            .stranger()
            .post(
                "/v1/notify/wechatpay/tea-house",
                body,
                scene.wechatPay().headers(body, scene.clock().instant()));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(verdicts(body)).isEmpty();
  }
}
