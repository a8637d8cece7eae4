package dev.durablecheckout.api.cashier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.api.CheckoutApiConfiguration;
import dev.durablecheckout.api.scene.AlipaySigner;
import dev.durablecheckout.api.scene.ApiSettings;
import dev.durablecheckout.api.scene.Await;
import dev.durablecheckout.api.scene.Bodies;
import dev.durablecheckout.api.scene.Http;
import dev.durablecheckout.api.scene.Http.Answer;
import dev.durablecheckout.api.scene.OnScene;
import dev.durablecheckout.api.scene.Scene;
import dev.durablecheckout.api.scene.ScriptedChannel;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import io.dropwizard.testing.DropwizardTestSupport;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a buyer sees, and what nobody else does. */
@Timeout(60) // A stream that says nothing would be listened to for ever.
final class CashierTest extends OnScene {
  private static final Duration LINK_LIFETIME = Duration.ofHours(24);

  private Http buyer;

  @BeforeEach
  void setUp() {
    buyer = scene.stranger();
  }

  /** A checkout with the path of its page. */
  private record Opened(JsonNode json) {
    String page() {
      return URI.create(json.get("cashier_url").asText()).getPath();
    }

    String token() {
      return page().substring("/cashier/".length());
    }

    String id() {
      return json.get("checkout_id").asText();
    }

    String outTradeNo() {
      return json.at("/payment/out_trade_no").asText();
    }
  }

  private Opened open(ObjectNode body) {
    Answer answer = http.post("/v1/checkouts", body.toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return new Opened(answer.json());
  }

  private Opened open() {
    return open(Bodies.checkout(Bodies.orderNo()));
  }

  @Test
  void showsWhatIsToBePaidAndACodeThatSaysTheCredential() throws Exception {
    ObjectNode body = Bodies.checkout(Bodies.orderNo()).put("amount_fen", 123456789);
    ((ObjectNode) body.at("/items/0")).put("quantity", 1).put("unit_price_fen", 123456789);
    Opened checkout = open(body.put("return_url", "https://shop.example/o?a=1&b=2"));

    Answer page = buyer.get(checkout.page(), "Accept-Language", "en");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
    assertThat(page.text())
        .contains("1,234,567.89", "Two tins of tea", "data-state=\"waiting\"", "Scan to pay")
        .contains("href=\"https://shop.example/o?a&#61;1&amp;b&#61;2\"")
        .contains(checkout.json().get("merchant_order_no").asText())
        .contains(checkout.json().get("deadline").asText());
    assertThat(DrawnQr.textIn(page.text()))
        .isEqualTo(checkout.json().at("/payment/credential/content").asText());
  }

  @Test
  void showsNeitherSecretsNorWhatIsTheBuyersAlone() {
    ObjectNode body = Bodies.checkout(Bodies.orderNo()).put("buyer_id", "buyer-of-secrets");
    body.putObject("metadata").put("note", "internal-note");
    Opened checkout = open(body);

    for (String path : List.of("", "/status")) {
      Answer page = buyer.get(checkout.page() + path);
      assertThat(page.text())
          .doesNotContain("buyer-of-secrets", "internal-note", checkout.id())
          .doesNotContain(ApiSettings.KEY, ApiSettings.CASHIER_SECRET)
          .doesNotContain(AlipaySigner.APP_ID, AlipaySigner.SELLER_ID);
      assertThat(page.header("Set-Cookie")).isEmpty();
    }
  }

  private Opened openForTheBuyerToChoose() {
    ObjectNode body = Bodies.checkout(Bodies.orderNo());
    body.remove("channel");
    body.remove("method");
    return open(body);
  }

  @Test
  void aBuyerChoosesAndIsSentOn() {
    Opened checkout = openForTheBuyerToChoose();

    String page = buyer.get(checkout.page(), "Accept-Language", "en").text();
    assertThat(page)
        .contains("How would you like to pay?", "value=\"alipay qr\"", "value=\"alipay page\"")
        .doesNotContain("wechat");
    Answer chosen = choose(checkout, "alipay+page");

    assertThat(chosen.status()).isEqualTo(303);
    assertThat(chosen.header("Location"))
        .isEqualTo("https://pay.example" + checkout.page() + "?lang=en&go=1");
    String onward = buyer.get(checkout.page() + "?lang=en&go=1").text();
    assertThat(onward)
        .contains("Continue to Alipay", "data-go", "value=\"alipay qr\"", "Or pay in another way")
        .doesNotContain("value=\"alipay page\"");
    assertThat(buyer.get(checkout.page() + "?lang=en").text())
        .contains("Continue to Alipay")
        .doesNotContain("data-go");
  }

  @Test
  void aBuyerChangesTheWay() {
    Opened checkout = open();

    choose(checkout, "alipay+page");

    assertThat(buyer.get(checkout.page(), "Accept-Language", "en").text())
        .contains("Continue to Alipay");
    assertThat(http.get("/v1/checkouts/" + checkout.id()).at("/payment/out_trade_no"))
        .endsWith("_2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wallet+balance", "wechat_pay+qr", "alipay+barcode", "", "alipay"})
  void aWayThatIsNotOnThePageIsRefused(String way) {
    Opened checkout = openForTheBuyerToChoose();

    Answer answer = choose(checkout, way);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.at("/code")).isEqualTo("method_not_offered");
    assertThat(http.get("/v1/checkouts/" + checkout.id()).json().has("payment")).isFalse();
  }

  @Test
  void aRefusedPaymentOffersTheOtherWays() {
    Opened checkout =
        open(Bodies.checkout(Bodies.orderNo()).put("subject", ScriptedChannel.REFUSED));

    assertThat(buyer.get(checkout.page(), "Accept-Language", "en").text())
        .contains("beyond what Alipay takes", "value=\"alipay page\"", "value=\"alipay qr\"");
  }

  @Test
  void aChannelThatDoesNotAnswerIsNotOffered() {
    Opened checkout = openForTheBuyerToChoose();
    scene
        .books()
        .useHandle(
            handle ->
                handle.execute(
                    "insert into channel_health values ('tea-house', 1, now() + interval '1 min')"));

    try {
      assertThat(buyer.get(checkout.page(), "Accept-Language", "en").text())
          .containsPattern("value=\"alipay qr\" disabled>[^/]*<small>not available right now");
    } finally {
      scene.books().useHandle(handle -> handle.execute("delete from channel_health"));
    }
    assertThat(buyer.get(checkout.page()).text()).doesNotContain("disabled");
  }

  @Test
  void aPaymentThatIsLongInComingDoesNotKeepTheBuyerFromTheOtherWays() {
    Answer opening =
        http.post(
            "/v1/checkouts",
            Bodies.checkout(Bodies.orderNo()).put("subject", ScriptedChannel.SILENT).toString());
    assertThat(opening.status()).isEqualTo(202);
    String path = URI.create(opening.header("Location")).getPath();
    Await.until(() -> http.get(path).status() == 200);
    Opened checkout = new Opened(http.get(path).json());

    assertThat(buyer.get(checkout.page(), "Accept-Language", "en").text())
        .contains("Getting the payment code", "value=\"alipay page\"");
  }

  private Answer choose(Opened checkout, String way) {
    return buyer.post(
        checkout.page() + "/pay?lang=en",
        ("way=" + way).getBytes(StandardCharsets.UTF_8),
        "application/x-www-form-urlencoded");
  }

  @Test
  void escapesWhatMerchantsWrite() {
    Opened checkout =
        open(
            Bodies.checkout(Bodies.orderNo())
                .put("subject", "<script>alert(1)</script>\"'`=&{{amount}}")
                .put("return_url", "https://shop.example/o?q='onclick=alert(1)"));

    String page = buyer.get(checkout.page()).text();

    assertThat(page)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "{{amount}}")
        .contains("The &lt;Tea&gt; House")
        .doesNotContain("<script>", "<Tea>", "'onclick=");
  }

  @Test
  void letsABrowserRunNothingButOurOwnFiles() {
    Opened checkout = open();

    Answer page = buyer.get(checkout.page());

    for (Answer answer : List.of(page, buyer.get(checkout.page() + "/status"))) {
      assertThat(answer.header("Content-Security-Policy"))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }
    assertThat(page.text())
        .doesNotContainPattern("<script(?![^>]* src=)")
        .doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=|javascript:")
        .doesNotContainPattern("(src|href)=\"(https?:)?//(?!qr\\.alipay\\.com/)");
  }

  @Test
  void servesItsFilesUnderAnAddressThatChangesWithThem() {
    Opened checkout = open();
    Matcher files =
        Pattern.compile("(?:src|href)=\"(assets/([0-9a-f]+)/[a-z]+\\.(css|js|svg))\"")
            .matcher(buyer.get(checkout.page()).text());
    List<String> kinds = new ArrayList<>();

    while (files.find()) {
      kinds.add(files.group(3));
      Answer file = buyer.get("/cashier/" + files.group(1));
      assertThat(file.status()).isEqualTo(200);
      assertThat(file.header("Cache-Control")).contains("immutable");
      assertThat(file.text()).isNotEmpty();
      String older = files.group(1).replace(files.group(2), "000000000000");
      assertThat(buyer.get("/cashier/" + older).status()).isEqualTo(404);
    }
    assertThat(kinds).containsExactlyInAnyOrder("svg", "css", "js");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "none, '', zh-CN",
        "zh-CN, '', zh-CN",
        "zh-TW, '', zh-CN",
        "'en-GB,en;q=0.9', '', en",
        "'zh;q=0.5,en;q=0.9', '', en",
        "'fr-FR,fr;q=0.9', '', en",
        "'fr,zh;q=0.1', '', zh-CN",
        "*, '', zh-CN",
        "zh-CN, ?lang=en, en",
        "en, ?lang=zh, zh-CN",
        "en, ?lang=xx, en",
      })
  void speaksTheBuyersLanguage(String accepted, String query, String tag) {
    String path = open().page() + query;

    Answer page = accepted == null ? buyer.get(path) : buyer.get(path, "Accept-Language", accepted);

    assertThat(page.text()).contains("<html lang=\"" + tag + "\">");
    assertThat(page.text()).contains(tag.equals("en") ? "Amount to pay" : "\u652f\u4ed8");
  }

  @Test
  void hasEachTextInBothLanguages() {
    assertThat(CashierTexts.CHINESE.all().keySet()).isEqualTo(CashierTexts.ENGLISH.all().keySet());
    assertThat(CashierTexts.CHINESE.all().values()).noneMatch(String::isBlank);
    assertThat(CashierTexts.ENGLISH.all().values()).noneMatch(String::isBlank);
  }

  private Stream<String> forgeries(Opened checkout, Opened other) {
    String token = checkout.token();
    String payload = token.substring(0, token.indexOf('.'));
    String signature = token.substring(token.indexOf('.') + 1);
    String otherPayload = other.token().substring(0, other.token().indexOf('.'));
    String otherSecret =
        new CashierLinks(
                URI.create("https://pay.example/"),
                new Secret("another secret, also long enough to be one"),
                LINK_LIFETIME)
            .url(CheckoutId.parse(checkout.id()), Instant.now())
            .replace("https://pay.example/cashier/", "");
    return Stream.of(
        payload,
        payload + ".",
        payload + "." + signature.substring(1),
        payload + "." + (signature.startsWith("A") ? "B" : "A") + signature.substring(1),
        otherPayload + "." + signature,
        payload + ".." + signature,
        "." + signature,
        ".",
        "nonsense",
        token + "A",
        otherSecret);
  }

  @Test
  void knowsALinkThatWasNotSignedHere() {
    Opened checkout = open();

    forgeries(checkout, open())
        .forEach(
            token -> {
              Answer page = buyer.get("/cashier/" + token, "Accept-Language", "en");
              assertThat(page.status()).as(token).isEqualTo(404);
              assertThat(page.text()).contains("This link does not work");
              assertThat(page.text()).doesNotContain("Two tins of tea");
              assertThat(buyer.get("/cashier/" + token + "/status").code()).isEqualTo("not_found");
              assertThat(buyer.get("/cashier/" + token + "/events").code()).isEqualTo("not_found");
              assertThat(buyer.act("/cashier/" + token + "/confirm").code()).isEqualTo("not_found");
            });
    assertThat(scene.channel().wasAsked(checkout.outTradeNo())).isFalse();
  }

  @Test
  void showsTheOutcomeForADayAndThenNothing() {
    Opened checkout = open();
    scene.clock().advance(LINK_LIFETIME.plusMinutes(29));
    assertThat(buyer.get(checkout.page()).status()).isEqualTo(200);
    scene.clock().advance(Duration.ofMinutes(2));

    Answer page = buyer.get(checkout.page(), "Accept-Language", "en");

    assertThat(page.status()).isEqualTo(410);
    assertThat(page.text()).contains("This link has expired").doesNotContain("Two tins of tea");
    for (Answer answer :
        List.of(
            buyer.get(checkout.page() + "/status"),
            buyer.get(checkout.page() + "/events"),
            buyer.act(checkout.page() + "/confirm"))) {
      assertThat(answer.status()).isEqualTo(410);
      assertThat(answer.code()).isEqualTo("link_expired");
    }
  }

  @Test
  void showsHowItEnded() {
    Opened paid = open();
    Opened cancelled = open();
    scene.channel().pay(paid.outTradeNo());
    http.act("/v1/checkouts/" + paid.id() + "/confirm");
    http.act("/v1/checkouts/" + cancelled.id() + "/cancel");

    assertThat(buyer.get(paid.page(), "Accept-Language", "en").text())
        .contains("data-state=\"paid\"", "has arrived", "128.00")
        .doesNotContain("class=\"code\"", "I have paid");
    assertThat(buyer.get(cancelled.page(), "Accept-Language", "en").text())
        .contains("data-state=\"cancelled\"", "The order was cancelled")
        .doesNotContain("class=\"code\"");
    assertThat(buyer.get(paid.page() + "/status").at("/state")).isEqualTo("paid");
  }

  @Test
  void saysThatTheDeadlineHasPassedWhileTheChannelIsAsked() {
    Opened checkout = open();
    scene.clock().advance(Duration.ofMinutes(31));

    assertThat(buyer.get(checkout.page(), "Accept-Language", "en").text())
        .contains("data-state=\"closing\"", "Please do not pay now")
        .doesNotContain("class=\"code\"");
  }

  @Test
  void showsNoCodeWhereThereIsNone() {
    Opened refused =
        open(Bodies.checkout(Bodies.orderNo()).put("subject", ScriptedChannel.REFUSED));
    Opened away = open();
    assertThat(buyer.get(refused.page(), "Accept-Language", "en").text())
        .contains("This way of paying is not available now")
        .doesNotContain("class=\"code\"");

    scene.availability().temporalAway(true);
    assertThat(buyer.get(away.page(), "Accept-Language", "en").text())
        .contains("data-preparing", "128.00")
        .doesNotContain("class=\"code\"");
  }

  @Test
  void asksForPatienceWhileTheBooksAreAwayOrBehind() {
    Opened checkout = open();

    scene.availability().booksBehind(true);
    Answer behind = buyer.get(checkout.page());
    assertThat(behind.status()).isEqualTo(200);
    assertThat(behind.text()).contains("http-equiv=\"refresh\"");
    assertThat(buyer.get(checkout.page() + "/status").at("/state")).isEqualTo("preparing");

    scene.availability().booksAway(true);
    Answer away = buyer.get(checkout.page(), "Accept-Language", "en");
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.text()).contains("http-equiv=\"refresh\"", "your payment is safe");
    assertThat(buyer.get(checkout.page() + "/status").code()).isEqualTo("books_unavailable");
  }

  @Test
  void sendsTheBuyerToThePageOfTheChannel() {
    Opened checkout = open(Bodies.checkout(Bodies.orderNo()).put("method", "page"));

    assertThat(buyer.get(checkout.page(), "Accept-Language", "en").text())
        .contains("Continue to Alipay")
        .contains("https://alipay.example/pay?no&#61;" + checkout.outTradeNo())
        .doesNotContain("class=\"code\"");
  }

  @Test
  void asksTheChannelWhenTheBuyerSaysSoButNotAllTheTime() {
    Opened checkout = open();
    scene.channel().pay(checkout.outTradeNo());
    String confirm = checkout.page() + "/confirm";

    Answer first = buyer.act(confirm, "Accept", "application/json");
    Answer second = buyer.act(confirm, "Accept", "application/json");
    Answer form = buyer.act(confirm + "?lang=en", "Accept", "text/html");

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.at("/state")).isEqualTo("paid");
    assertThat(second.status()).isEqualTo(429);
    assertThat(second.code()).isEqualTo("too_many_requests");
    assertThat(second.header("Retry-After")).isNotEmpty();
    assertThat(form.status()).as("without a script: back to the page").isEqualTo(303);
    assertThat(form.header("Location"))
        .isEqualTo("https://pay.example" + checkout.page() + "?lang=en");
    scene.clock().advance(Duration.ofSeconds(6));
    assertThat(buyer.act(confirm, "Accept", "application/json").status()).isEqualTo(200);
  }

  private static String nextData(Iterator<String> lines) {
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith("data: ")) {
        return line;
      }
    }
    throw new AssertionError("the stream has ended");
  }

  @Test
  void streamsEachChangeAndEnds() throws Exception {
    Opened checkout = open();
    HttpResponse<Stream<String>> events = buyer.lines(checkout.page() + "/events");
    Iterator<String> lines = events.body().iterator();

    assertThat(events.statusCode()).isEqualTo(200);
    assertThat(events.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    assertThat(nextData(lines))
        .contains("\"state\":\"waiting\"", "\"version\":\"waiting-1-paying\"");
    http.post(
        "/v1/checkouts/" + checkout.id() + "/payments",
        "{\"channel\":\"alipay\",\"method\":\"page\"}");
    String switched = nextData(lines);
    while (!switched.contains("waiting-2-paying")) {
      switched = nextData(lines);
    }
    http.act("/v1/checkouts/" + checkout.id() + "/cancel");
    assertThat(nextData(lines)).contains("\"state\":\"cancelled\"");

    scene.clock().advance(Duration.ofMinutes(10));
    List<String> rest = new ArrayList<>();
    lines.forEachRemaining(rest::add);
    assertThat(rest).as("no more data, and an end").noneMatch(line -> line.startsWith("data: "));
  }

  @Test
  void keepsFewStreamsOfOneCheckoutAndLetsTheRestPoll() throws Exception {
    Opened checkout = open();
    String events = checkout.page() + "/events";
    List<Stream<String>> open = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      open.add(buyer.lines(events).body());
    }

    Answer refused = buyer.get(events);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("too_many_requests");
    assertThat(buyer.get(checkout.page() + "/status").at("/state")).isEqualTo("waiting");
    open.forEach(Stream::close);
    // A page that is gone is noticed when something is sent to it: each 15 s at the latest.
    Await.until(
        () -> {
          scene.clock().advance(Duration.ofSeconds(16));
          try (Stream<String> lines = buyer.lines(events).body()) {
            return lines.findFirst().orElse("").startsWith("retry:");
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void doesNotHoldUpTheEndOfTheProcess() throws Exception {
    DropwizardTestSupport<CheckoutApiConfiguration> api = scene.anotherApi();
    api.before();
    Iterator<String> lines =
        Scene.strangerTo(api).lines(open().page() + "/events").body().iterator();
    nextData(lines);

    api.after();

    List<String> rest = new ArrayList<>();
    lines.forEachRemaining(rest::add);
    assertThat(rest).noneMatch(line -> line.startsWith("data: "));
  }
}
