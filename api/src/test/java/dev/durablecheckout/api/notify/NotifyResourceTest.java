package dev.durablecheckout.api.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Stopwatch;
import dev.durablecheckout.api.scene.ApiSettings;
import dev.durablecheckout.api.scene.Await;
import dev.durablecheckout.api.scene.Bodies;
import dev.durablecheckout.api.scene.Http;
import dev.durablecheckout.api.scene.Http.Answer;
import dev.durablecheckout.api.scene.OnScene;
import dev.durablecheckout.workflows.payment.Settlement;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Alipay hears, and what becomes of what it says. */
final class NotifyResourceTest extends OnScene {
  /** As it really comes; no media type, which is why this is worth a test. */
  private static final String ALIPAYS_CONTENT_TYPE =
      "application/x-www-form-urlencoded; text/html; charset=utf-8";

  private static final String NOTIFY = "/v1/notify/alipay/tea-house";
  private static final String YUAN = "128.00";

  private Http alipay;

  @BeforeEach
  void setUp() {
    alipay = scene.stranger();
  }

  private record Opened(String id, String outTradeNo) {}

  private Opened open() {
    Answer answer = http.post("/v1/checkouts", Bodies.checkout(Bodies.orderNo()).toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return new Opened(answer.at("/checkout_id"), answer.at("/payment/out_trade_no"));
  }

  private String status(Opened checkout) {
    return http.get("/v1/checkouts/" + checkout.id()).at("/status");
  }

  private String paid(Opened checkout, String yuan, Map<String, String> changes) {
    return scene.alipay().paid(checkout.id(), checkout.outTradeNo(), yuan, changes);
  }

  private Answer send(String path, String body) {
    return alipay.post(path, body.getBytes(UTF_8), ALIPAYS_CONTENT_TYPE);
  }

  /** A row of the notify log. */
  private record Logged(
      String verdict,
      String detail,
      String body,
      String headers,
      int deliveries,
      boolean relayed,
      boolean applied) {}

  private List<Logged> log(String bodyHolds) {
    return scene
        .books()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select verdict, verdict_detail, convert_from(raw_body, 'UTF8') as body, headers::text as headers,
                          deliveries, relayed_at is not null as relayed, applied_at is not null as applied
                        from notify_log where position(:holds in convert_from(raw_body, 'UTF8')) > 0 order by id
                        """)
                    .bind("holds", bodyHolds)
                    .map(
                        (row, context) ->
                            new Logged(
                                row.getString("verdict"),
                                row.getString("verdict_detail"),
                                row.getString("body"),
                                row.getString("headers"),
                                row.getInt("deliveries"),
                                row.getBoolean("relayed"),
                                row.getBoolean("applied")))
                    .list());
  }

  private Logged loggedOnce(String bodyHolds) {
    List<Logged> rows = log(bodyHolds);
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static void assertSuccess(Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("success");
    assertThat(answer.header("Content-Type")).startsWith("text/plain");
  }

  private static void assertFailure(Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo("failure");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ALIPAYS_CONTENT_TYPE,
        "application/x-www-form-urlencoded; charset=utf-8",
        "application/x-www-form-urlencoded;charset=UTF-8",
        "text/plain"
      })
  void takesAPaymentWhateverItsContentTypeSays(String contentType) {
    Opened checkout = open();
    String body = paid(checkout, YUAN, Map.of());

    assertSuccess(alipay.post(NOTIFY, body.getBytes(UTF_8), contentType));

    Logged logged = loggedOnce(checkout.outTradeNo());
    assertThat(logged.verdict()).isEqualTo("VERIFIED");
    assertThat(logged.body()).as("the raw bytes").isEqualTo(body);
    assertThat(logged.headers()).contains("content-type", "user-agent");
    Await.until(() -> status(checkout).equals("paid"));
    Await.until(() -> loggedOnce(checkout.outTradeNo()).applied());
    assertThat(scene.channel().wasAsked(checkout.outTradeNo())).isFalse();
  }

  @Test
  void takesItWithoutAContentType() {
    Opened checkout = open();

    assertSuccess(alipay.post(NOTIFY, paid(checkout, YUAN, Map.of()).getBytes(UTF_8), null));

    Await.until(() -> status(checkout).equals("paid"));
  }

  @Test
  void countsAResendAndPaysOnce() {
    Opened checkout = open();
    String body = paid(checkout, YUAN, Map.of());

    assertSuccess(send(NOTIFY, body));
    assertSuccess(send(NOTIFY, body));
    Await.until(() -> status(checkout).equals("paid"));
    assertSuccess(send(NOTIFY, body));

    assertThat(loggedOnce(checkout.outTradeNo()).deliveries()).isEqualTo(3);
    JsonNode entries = http.get("/v1/checkouts/" + checkout.id() + "/timeline").json();
    assertThat(entries.get("entries").findValuesAsText("kind"))
        .filteredOn("paid"::equals)
        .hasSize(1);
    assertThat(http.get("/v1/checkouts/" + checkout.id()).json().get("refunded_fen").asLong())
        .isZero();
  }

  @Test
  void refusesAForgedSignatureAndKeepsTheMessage() {
    Opened checkout = open();
    String forged = paid(checkout, "0.01", Map.of()).replace("0.01", YUAN);

    assertFailure(send(NOTIFY, forged), 400);

    Logged logged = loggedOnce(checkout.outTradeNo());
    assertThat(logged.verdict()).isEqualTo("BAD_SIGNATURE");
    assertThat(logged.body()).isEqualTo(forged);
    assertThat(status(checkout)).isEqualTo("awaiting_payment");

    assertSuccess(send(NOTIFY, paid(checkout, YUAN, Map.of())));
    Await.until(() -> status(checkout).equals("paid"));
  }

  @Test
  void refusesWhatIsSignedForAnotherAccount() {
    for (Map<String, String> changes :
        List.of(Map.of("app_id", "2021000000000009"), Map.of("seller_id", "2088000000000009"))) {
      Opened checkout = open();

      assertFailure(send(NOTIFY, paid(checkout, YUAN, changes)), 400);

      Logged logged = loggedOnce(checkout.outTradeNo());
      assertThat(logged.verdict()).isEqualTo("FOREIGN_ACCOUNT");
      assertThat(logged.detail()).contains(changes.values().iterator().next());
      assertThat(status(checkout)).isEqualTo("awaiting_payment");
    }
  }

  @Test
  void doesNotLetOneMerchantsAccountPayAnothersCheckout() {
    Opened checkout = open();

    Answer answer = send("/v1/notify/alipay/book-shop", paid(checkout, YUAN, Map.of()));

    assertSuccess(answer);
    assertThat(loggedOnce(checkout.outTradeNo()).applied()).isFalse();
    assertThat(http.act("/v1/checkouts/" + checkout.id() + "/confirm").at("/status"))
        .isEqualTo("awaiting_payment");
  }

  @Test
  void refusesANotifyThatWasMeantForAnotherMerchant() {
    Opened checkout = open();

    assertFailure(send("/v1/notify/alipay/inn", paid(checkout, YUAN, Map.of())), 400);

    assertThat(loggedOnce(checkout.outTradeNo()).verdict()).isEqualTo("FOREIGN_ACCOUNT");
    assertThat(status(checkout)).isEqualTo("awaiting_payment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "no-account", "TEA-HOUSE", "tea-house%20", "a%2eb"})
  void knowsOnlyMerchantsWithAnAccount(String merchant) {
    String marker = UUID.randomUUID().toString();

    Answer answer = send("/v1/notify/alipay/" + merchant, "marker=" + marker);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(log(marker)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "=", "%", "a=%zz&", "a=1&a=2&", "charset=utf-7&", "{}"})
  void refusesWhatIsNoNotify(String body) {
    String marker = UUID.randomUUID().toString();

    assertFailure(send(NOTIFY, body + "marker=" + marker), 400);

    assertThat(loggedOnce(marker).verdict()).isIn("MALFORMED", "BAD_SIGNATURE");
  }

  @Test
  void refusesAnEmptyBody() {
    assertFailure(send(NOTIFY, ""), 400);
  }

  @Test
  void refusesWhatIsLongerThanAnyNotify() {
    String marker = UUID.randomUUID().toString();

    assertFailure(send(NOTIFY, "marker=" + marker + "x".repeat(64 * 1024)), 413);

    assertThat(log(marker)).isEmpty();
  }

  @Test
  void isForPostAlone() {
    Answer answer = alipay.get(NOTIFY + "?" + paid(open(), YUAN, Map.of()));

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.text()).doesNotContain("success");
  }

  @Test
  void doesNotPayByAnotherAmountAndSaysThatAPersonShouldLook() {
    Opened checkout = open();

    assertSuccess(send(NOTIFY, paid(checkout, "0.01", Map.of())));

    Await.until(
        () ->
            http.get("/v1/checkouts/" + checkout.id()).at("/attention").equals("amount_mismatch"));
    assertThat(status(checkout)).isEqualTo("awaiting_payment");
  }

  @Test
  void acknowledgesWhatIsInTheLogAndRelaysItWhenTemporalIsBack() {
    Opened checkout = open();
    scene.availability().temporalAway(true);

    assertSuccess(send(NOTIFY, paid(checkout, YUAN, Map.of())));

    Logged waiting = loggedOnce(checkout.outTradeNo());
    assertThat(waiting.relayed()).isFalse();
    assertThat(waiting.applied()).isFalse();
    scene.availability().temporalAway(false);
    Await.until(() -> status(checkout).equals("paid"));
    assertThat(scene.channel().wasAsked(checkout.outTradeNo())).isFalse();
  }

  /** Alipay and WeChat Pay wait for five seconds. */
  @Test
  void answersInTimeThoughTemporalIsSilent() {
    Opened checkout = open();
    String body = paid(checkout, YUAN, Map.of());
    scene.availability().temporalSilent(true);
    Stopwatch waited = Stopwatch.createStarted();

    assertSuccess(send(NOTIFY, body));

    assertThat(waited.elapsed()).isLessThan(Duration.ofSeconds(5));
    assertThat(loggedOnce(checkout.outTradeNo()).relayed()).isFalse();
    scene.availability().temporalSilent(false);
    Await.until(() -> status(checkout).equals("paid"));
  }

  @Test
  void acknowledgesWhatIsInTemporalWhenTheBooksAreAway() {
    Opened checkout = open();
    scene.availability().booksAway(true);

    assertSuccess(send(NOTIFY, paid(checkout, YUAN, Map.of())));

    scene.availability().booksAway(false);
    assertThat(log(checkout.outTradeNo())).isEmpty();
    Await.until(() -> status(checkout).equals("paid"));
  }

  @Test
  void acknowledgesNothingThatIsNowhere() {
    Opened checkout = open();
    String body = paid(checkout, YUAN, Map.of());
    scene.availability().booksAway(true);
    scene.availability().temporalAway(true);

    assertFailure(send(NOTIFY, body), 503);

    scene.availability().reset();
    assertThat(log(checkout.outTradeNo())).isEmpty();
    assertThat(status(checkout)).isEqualTo("awaiting_payment");
    assertSuccess(send(NOTIFY, body));
    Await.until(() -> status(checkout).equals("paid"));
  }

  @Test
  void sendsMoneyBackThatComesAfterTheEnd() throws TimeoutException {
    Opened checkout = open();
    assertThat(http.act("/v1/checkouts/" + checkout.id() + "/cancel").at("/status"))
        .isEqualTo("closed");
    scene.awaitEnd(checkout.id());
    scene.channel().pay(checkout.outTradeNo());

    assertSuccess(send(NOTIFY, paid(checkout, YUAN, Map.of())));

    assertThat(scene.latePayment(checkout.outTradeNo()).settlement()).isEqualTo(Settlement.LATE);

    Await.until(
        () ->
            http.get("/v1/checkouts/" + checkout.id()).json().get("refunded_fen").asLong()
                == 12800);
    Answer ended = http.get("/v1/checkouts/" + checkout.id());
    assertThat(ended.at("/status")).isEqualTo("closed");
    assertThat(ended.json().get("paid_fen").asLong()).isZero();
    assertThat(ended.at("/payment/settlement")).isEqualTo("late");
    assertThat(ended.at("/payment/trade_no")).isEqualTo("2026" + checkout.outTradeNo());
  }

  @Test
  void sendsNothingBackThatTheChannelDoesNotConfirm() throws TimeoutException {
    Opened checkout = open();
    http.act("/v1/checkouts/" + checkout.id() + "/cancel");
    scene.awaitEnd(checkout.id());

    assertSuccess(send(NOTIFY, paid(checkout, YUAN, Map.of())));

    assertThat(scene.latePayment(checkout.outTradeNo()).settlement()).isNull();
    assertThat(scene.channel().wasAsked(checkout.outTradeNo())).isTrue();
    assertThat(http.get("/v1/checkouts/" + checkout.id()).at("/payment/status"))
        .isEqualTo("closed");
  }

  @Test
  void keepsWhatIsAboutNobodysPayOrder() throws IOException {
    String outTradeNo = "FOREIGN_" + UUID.randomUUID().toString().substring(0, 8);
    String body =
        scene.alipay().paid("tea-house.never-was", outTradeNo, YUAN, Map.of("passback_params", ""));

    assertSuccess(send(NOTIFY, body));

    Logged logged = loggedOnce(outTradeNo);
    assertThat(logged.verdict()).isEqualTo("VERIFIED");
    assertThat(logged.applied()).isFalse();
    assertThat(new ObjectMapper().readTree(logged.headers()).get("content-type").get(0).asText())
        .isEqualTo("application/octet-stream");
  }

  @Test
  void needsNoApiKeyAndTakesNoneInstead() {
    Opened checkout = open();
    String forged = paid(checkout, YUAN, Map.of()).replaceFirst("sign=[^&]+", "sign=AAAA");

    Answer answer =
        scene.with(ApiSettings.KEY).post(NOTIFY, forged.getBytes(UTF_8), ALIPAYS_CONTENT_TYPE);

    assertFailure(answer, 400);
  }
}
