package dev.durablecheckout.api.checkout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.durablecheckout.api.scene.ApiSettings;
import dev.durablecheckout.api.scene.Bodies;
import dev.durablecheckout.api.scene.Http.Answer;
import dev.durablecheckout.api.scene.OnScene;
import java.io.IOException;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that is wrong is told what would be right, and leaves no trace. */
final class BadInputTest extends OnScene {
  private static final String CHECKOUTS = "/v1/checkouts";

  @Override
  protected String key() {
    return ApiSettings.QUIET_KEY;
  }

  @AfterEach
  void nothingWasDone() {
    assertThat(scene.rowsOf(ApiSettings.QUIET_MERCHANT).values()).containsOnly(0);
    assertThat(scene.workflowsOf(ApiSettings.QUIET_MERCHANT)).isEmpty();
  }

  @Test
  void whatNothingWasDoneLooksForIsThereAfterAGoodRequest() {
    String orderNo = Bodies.orderNo();
    scene.http().post(CHECKOUTS, Bodies.checkout(orderNo).toString());

    assertThat(scene.workflowsOf("tea-house")).contains("checkout:tea-house:" + orderNo);
    assertThat(scene.rowsOf("tea-house")).hasSize(20);
    assertThat(scene.rowsOf("tea-house").get("checkouts")).isPositive();
    assertThat(scene.rowsOf("tea-house").get("orders")).isPositive();
    assertThat(scene.rowsOf("tea-house").get("pay_orders")).isPositive();
    assertThat(scene.rowsOf("tea-house").get("timeline")).isPositive();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.durablecheckout.api.checkout.BadBodies#all")
  void refuses(BadBody bad) throws IOException {
    Answer answer = http.post(CHECKOUTS, bad.body().read(), "application/json");

    assertProblem(answer, bad.status(), bad.code());
    assertThat(answer.at("/detail")).contains(bad.says());
    if (bad.fault() != null) {
      assertThat(answer.at("/field")).isEqualTo(bad.field());
      assertThat(answer.at("/errors/0/field")).isEqualTo(bad.field());
      assertThat(answer.at("/errors/0/code")).isEqualTo(bad.fault());
    }
  }

  @Test
  void namesEverythingThatIsWrongAtOnce() {
    ObjectNode body =
        Bodies.checkout("bad-1").put("amount_fen", 0).put("currency", "EUR").put("x", 1);
    BadBody.item(body).put("quantity", 0);

    Answer answer = http.post(CHECKOUTS, body.toString());

    assertProblem(answer, 400, "invalid_request");
    assertThat(answer.json().get("errors").findValuesAsText("field"))
        .containsExactly("amount_fen", "currency", "items[0].quantity", "x");
    assertThat(answer.at("/detail")).endsWith("(and 3 more)");
  }

  @Test
  void doesNotCutACharacterInTwo() {
    String name = "x".repeat(63) + "\ud83c\udf75";

    Answer answer = http.post(CHECKOUTS, Bodies.checkout("bad-1").put(name, 1).toString());

    assertProblem(answer, 400, "invalid_request");
    assertThat(answer.at("/field")).isEqualTo("x".repeat(63) + "\ufffd...");
  }

  @Test
  void doesNotTellBackMoreThanItNeeds() {
    ObjectNode body = Bodies.checkout("bad-1");
    for (int i = 0; i < 500; i++) {
      body.put("x".repeat(90) + i, 1);
    }

    Answer answer = http.post(CHECKOUTS, body.toString());

    assertProblem(answer, 400, "invalid_request");
    assertThat(answer.json().get("errors")).hasSizeLessThanOrEqualTo(20);
    assertThat(answer.text()).hasSizeLessThan(8 * 1024);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "nonsense",
        "application/problem+json"
      })
  void wantsJson(String contentType) {
    byte[] body = Bodies.checkout("bad-1").toString().getBytes(UTF_8);
    Answer answer = http.post(CHECKOUTS, body, contentType);

    assertThat(answer.status()).isIn(415, 400);
    assertProblem(
        answer,
        answer.status(),
        answer.status() == 415 ? "unsupported_media_type" : "request_refused");
  }

  @Test
  void wantsAContentType() {
    byte[] body = Bodies.checkout("bad-1").toString().getBytes(UTF_8);
    assertProblem(http.post(CHECKOUTS, body, null), 415, "unsupported_media_type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\tb"})
  void refusesAnIdempotencyKeyOfAnotherForm(String key) {
    String good = Bodies.checkout("bad-1").toString();
    assertKeyRefused(http.post(CHECKOUTS, good, "Idempotency-Key", key));
    assertKeyRefused(http.post(CHECKOUTS, good, "Idempotency-Key", "k".repeat(65)));
  }

  private static void assertKeyRefused(Answer answer) {
    assertProblem(answer, 400, "invalid_idempotency_key");
    assertThat(answer.at("/detail")).contains("1 to 64 visible ASCII characters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | channel | required",
        "{\"channel\":\"alipay\"} | method | required",
        "{\"channel\":\"alipay\",\"method\":\"QR\"} | method | unsupported",
        "{\"channel\":\"wechat\",\"method\":\"qr\"} | channel | unsupported",
        "{\"channel\":\"alipay\",\"method\":\"qr\",\"amount_fen\":1} | amount_fen | unknown_field",
        "{\"channel\":\"alipay\",\"method\":\"qr\",\"method\":\"page\"} | method | duplicate_field",
        "[] | `` | wrong_type"
      })
  void refusesABadChoiceOfPayment(String body, String field, String fault) {
    Answer answer = http.post(CHECKOUTS + "/quiet-shop.nothing/payments", body);

    assertProblem(answer, 400, "invalid_request");
    assertThat(answer.at("/field")).isEqualTo(field);
    assertThat(answer.at("/errors/0/code")).isEqualTo(fault);
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /v1/checkouts/quiet-shop.a, 405, method_not_allowed",
    "PUT, /v1/checkouts, 405, method_not_allowed",
    "GET, /v1/checkouts, 405, method_not_allowed",
    "GET, /v1/checkouts/quiet-shop.a/cancel, 405, method_not_allowed",
    "GET, /v1/nothing, 404, not_found",
    "GET, /, 404, not_found",
    "GET, /v1/checkouts/..%2f..%2fetc%2fpasswd, 400, request_refused",
    "GET, /v1/checkouts/quiet-shop.a%00, 400, request_refused",
    "GET, /v1/checkouts/quiet-shop.%E2%80%AEa, 404, not_found",
    "GET, /v1/checkouts/quiet-shop, 404, not_found",
    "GET, /v1/checkouts/.., 404, not_found",
    "TRACE, /v1/checkouts/quiet-shop.a, 405, request_refused"
  })
  void answersAWrongRouteWithAProblem(String method, String path, int status, String code) {
    Answer answer =
        http.send(http.request(path).method(method, HttpRequest.BodyPublishers.noBody()));

    assertProblem(answer, status, code);
  }

  @Test
  void answersAHeaderThatIsTooLongWithAProblem() {
    assertProblem(
        http.get(CHECKOUTS + "/quiet-shop.a", "X-Long", "x".repeat(20_000)),
        431,
        "request_refused");
  }

  @Test
  void refusesAWayToPayThatTheMerchantHasNotSetUp() {
    Answer answer =
        http.post(CHECKOUTS, Bodies.checkout("bad-1").put("channel", "wechat_pay").toString());

    assertProblem(answer, 409, "method_not_offered");
    assertThat(answer.at("/detail"))
        .startsWith("wechat_pay qr is not set up for this merchant; it takes: alipay qr, page");
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.at("/status")).isEqualTo(String.valueOf(status));
    assertThat(answer.at("/type")).isEqualTo("urn:durable-checkout:problem:" + code);
    assertThat(answer.at("/title")).isNotEmpty();
    assertThat(answer.at("/detail")).isNotEmpty();
    assertThat(answer.text())
        .doesNotContainIgnoringCase("exception")
        .doesNotContain("java", "jackson", "jetty", "Source:", "StreamRead", "\\tat ");
  }
}
