package dev.durablecheckout.api.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import dev.durablecheckout.api.scene.ApiSettings;
import dev.durablecheckout.api.scene.Bodies;
import dev.durablecheckout.api.scene.Http;
import dev.durablecheckout.api.scene.Http.Answer;
import dev.durablecheckout.api.scene.OnScene;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may speak for whom. */
final class AuthAndIsolationTest extends OnScene {
  private static final String CHECKOUTS = "/v1/checkouts";
  private static final String PAGE = "{\"channel\":\"alipay\",\"method\":\"page\"}";

  /** Everything that can be done with a checkout, by its id. */
  static Stream<Arguments> operations() {
    return Stream.of(
        operation("see", (http, id) -> http.get(CHECKOUTS + "/" + id)),
        operation("timeline", (http, id) -> http.get(CHECKOUTS + "/" + id + "/timeline")),
        operation("confirm", (http, id) -> http.act(CHECKOUTS + "/" + id + "/confirm")),
        operation("cancel", (http, id) -> http.act(CHECKOUTS + "/" + id + "/cancel")),
        operation("pay", (http, id) -> http.post(CHECKOUTS + "/" + id + "/payments", PAGE)));
  }

  private static Arguments operation(String name, BiFunction<Http, String, Answer> operation) {
    return Arguments.of(name, operation);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void needsAKeyForEverything(String name, BiFunction<Http, String, Answer> operation) {
    String orderNo = Bodies.orderNo();
    open(http, orderNo);

    for (Http stranger : new Http[] {scene.stranger(), scene.with("a key of nobody")}) {
      Answer answer = operation.apply(stranger, "tea-house." + orderNo);
      assertUnauthenticated(answer);
      assertThat(answer.text()).doesNotContain(orderNo);
    }
    assertThat(http.get(CHECKOUTS + "/tea-house." + orderNo).at("/status"))
        .isEqualTo("awaiting_payment");
  }

  @Test
  void needsAKeyBeforeItLooksAtABody() {
    assertUnauthenticated(
        scene.stranger().post(CHECKOUTS, Bodies.checkout(Bodies.orderNo()).toString()));
    assertUnauthenticated(scene.stranger().post(CHECKOUTS, "not json"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer key-of-the-tea-hous",
        "Bearer key-of-the-tea-house2",
        "Bearer KEY-OF-THE-TEA-HOUSE",
        "Bearer key-of-the-tea-house key-of-the-tea-house",
        "Bearer key-of-the-tea-house,key-of-the-book-shop",
        "Bearer \"key-of-the-tea-house\"",
        "Basic key-of-the-tea-house",
        "Basic dGVhLWhvdXNlOmtleS1vZi10aGUtdGVhLWhvdXNl",
        "key-of-the-tea-house",
        "Bearerkey-of-the-tea-house",
        "tea-house"
      })
  void refusesACredentialThatIsNotExactlyAKey(String authorization) {
    Answer answer =
        scene.stranger().get(CHECKOUTS + "/tea-house.nobody", "Authorization", authorization);

    assertUnauthenticated(answer);
    assertThat(answer.text()).doesNotContain("key-of-the-tea-house");
  }

  @Test
  void doesNotTakeTheDigestOfAKeyForTheKey() {
    String digest = Hashing.sha256().hashString(ApiSettings.KEY, UTF_8).toString();
    assertUnauthenticated(scene.with(digest).get(CHECKOUTS + "/tea-house.nobody"));
  }

  @Test
  void doesNotReadAKeyAsTheOneThatCameBeforeOnTheSameConnection() throws IOException {
    URI uri = http.uri(CHECKOUTS + "/tea-house.nobody");
    String request = "GET " + uri.getPath() + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ";
    try (Socket connection = new Socket(uri.getHost(), uri.getPort())) {
      String both =
          request
              + ApiSettings.KEY
              + "\r\n\r\n"
              + request
              + ApiSettings.KEY.toUpperCase(Locale.ROOT)
              + "\r\nConnection: close\r\n\r\n";
      connection.getOutputStream().write(both.getBytes(UTF_8));

      String answers = new String(connection.getInputStream().readAllBytes(), UTF_8);

      assertThat(answers).containsSubsequence("HTTP/1.1 404", "HTTP/1.1 401");
    }
  }

  @Test
  void takesTheOldAndTheNewKeyWhileOneIsRotated() {
    String orderNo = Bodies.orderNo();
    open(scene.with(ApiSettings.OLDER_KEY), orderNo);

    Answer seen = scene.with(ApiSettings.KEY).get(CHECKOUTS + "/tea-house." + orderNo);

    assertThat(seen.status()).isEqualTo(200);
    assertThat(
            scene
                .stranger()
                .get(
                    CHECKOUTS + "/tea-house." + orderNo,
                    "Authorization",
                    "bearer " + ApiSettings.KEY)
                .status())
        .as("the scheme has no case")
        .isEqualTo(200);
  }

  @Test
  void aWalletNeedsAKeyAndIsTheMerchantsOwn() {
    String buyer = "buyer-" + Bodies.orderNo();
    scene.wallets().topUp(MerchantId.of("tea-house"), buyer, new Money(500), Bodies.orderNo());

    assertUnauthenticated(scene.stranger().get("/v1/wallets/" + buyer));
    assertThat(http.get("/v1/wallets/" + buyer).json().get("balance_fen").asLong()).isEqualTo(500);
    assertThat(
            scene
                .with(ApiSettings.OTHER_KEY)
                .get("/v1/wallets/" + buyer)
                .json()
                .get("balance_fen")
                .asLong())
        .isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void anotherMerchantsCheckoutIsAsUnknownAsOneThatNeverWas(
      String name, BiFunction<Http, String, Answer> operation) {
    String orderNo = Bodies.orderNo();
    JsonNode before = open(http, orderNo);
    Http other = scene.with(ApiSettings.OTHER_KEY);

    Answer hidden = operation.apply(other, "tea-house." + orderNo);
    Answer absent = operation.apply(other, "tea-house.never-was");

    assertThat(hidden.status()).isEqualTo(404);
    assertThat(hidden.code()).isEqualTo("not_found");
    assertThat(hidden.text().replace(orderNo, "never-was")).isEqualTo(absent.text());
    assertThat(hidden.http().headers().map().keySet())
        .isEqualTo(absent.http().headers().map().keySet());
    assertThat(http.get(CHECKOUTS + "/tea-house." + orderNo).json()).isEqualTo(before);
  }

  @Test
  void twoMerchantsUseTheSameNumbersAndKeysWithoutMeeting() {
    String orderNo = Bodies.orderNo();
    ObjectNode body = Bodies.checkout(orderNo);
    Http other = scene.with(ApiSettings.OTHER_KEY);

    Answer mine = http.post(CHECKOUTS, body.toString(), "Idempotency-Key", orderNo);
    Answer theirs =
        other.post(CHECKOUTS, body.put("buyer_id", "b-2").toString(), "Idempotency-Key", orderNo);

    assertThat(mine.status()).isEqualTo(201);
    assertThat(theirs.status()).isEqualTo(201);
    assertThat(theirs.at("/checkout_id")).isEqualTo("book-shop." + orderNo);
    assertThat(theirs.at("/payment/out_trade_no")).isNotEqualTo(mine.at("/payment/out_trade_no"));
  }

  private static JsonNode open(Http http, String orderNo) {
    Answer answer = http.post(CHECKOUTS, Bodies.checkout(orderNo).toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  private static void assertUnauthenticated(Answer answer) {
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("unauthenticated");
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
  }
}
