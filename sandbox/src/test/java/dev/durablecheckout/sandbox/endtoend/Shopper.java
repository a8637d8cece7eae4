package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayBuyer;
import dev.durablecheckout.sandbox.gateway.alipay.TradeRefusedException;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A shop's backend and its buyer, who know that processes die: what got no definite answer is asked
 * again, word for word.
 */
final class Shopper {
  static final Duration LONGEST_WATCH = Duration.ofMinutes(2);

  private static final int SERVER_ERROR = 500;
  private static final long AMOUNT_FEN = 4_200;

  /** What happens to a checkout, and how it must end. */
  enum Plan {
    PAY("paid", 600),
    PAY_AND_COME_BACK("paid", 600),
    // Given up unscanned: its workflow looks once more when nobody can pay it any longer.
    PAY_TWICE("paid", 120),
    LEAVE("closed", 15),
    CANCEL("closed", 45),
    PAY_AFTER_CANCEL("closed", 45);

    private final String ending;
    private final long expiresInSeconds;

    Plan(String ending, long expiresInSeconds) {
      this.ending = ending;
      this.expiresInSeconds = expiresInSeconds;
    }

    String ending() {
      return ending;
    }
  }

  private final CheckoutApi api;
  private final AlipayBuyer buyer;
  private final HttpClient browser = HttpClient.newHttpClient();

  Shopper(CheckoutApi api, AlipayBuyer buyer) {
    this.api = api;
    this.buyer = buyer;
  }

  /** Plays one checkout; returns its id. */
  String play(Plan plan, String orderNo) throws InterruptedException {
    JsonNode checkout = open(orderNo, plan.expiresInSeconds);
    String id = checkout.get("checkout_id").asText();
    switch (plan) {
      case PAY -> buyer.pay(outTradeNo(checkout));
      case PAY_AND_COME_BACK -> {
        buyer.pay(outTradeNo(checkout));
        insist(() -> api.post("/v1/checkouts/" + id + "/confirm", Map.of()));
      }
      case PAY_TWICE -> payTwice(checkout);
      case LEAVE -> {}
      case CANCEL -> cancel(id);
      case PAY_AFTER_CANCEL -> {
        cancel(id);
        payIfTheCodeStillWorks(checkout);
      }
    }
    return id;
  }

  /** Until there is something to pay with, or it is too late for that. */
  private JsonNode open(String orderNo, long expiresIn) throws InterruptedException {
    while (true) {
      JsonNode body = insist(() -> api.open(orderNo, AMOUNT_FEN, "book", expiresIn));
      if (body.at("/payment/credential/content").isTextual()
          || body.path("status").asText().equals("closed")) {
        return body;
      }
      Thread.sleep(200);
    }
  }

  private void cancel(String id) throws InterruptedException {
    String path = "/v1/checkouts/" + id;
    CheckoutApi.Answer answer = definite(() -> api.post(path + "/cancel", Map.of()));
    // 202: under way, or not known; 409: closed by its deadline, or by the same request, whose
    // answer was lost.
    assertThat(answer.status()).as(answer.body().toString()).isIn(200, 202, 409);
    while (!insist(() -> api.get(path)).path("status").asText().equals("closed")) {
      Thread.sleep(200);
    }
  }

  private void payTwice(JsonNode checkout) throws InterruptedException {
    String path = "/v1/checkouts/" + checkout.get("checkout_id").asText() + "/payments";
    Map<String, String> page = Map.of("channel", "alipay", "method", "page");
    JsonNode second = insist(() -> api.post(path, page));
    while (!second.at("/payment/credential/content").isTextual()) {
      Thread.sleep(200);
      second = insist(() -> api.post(path, page));
    }
    visit(URI.create(second.at("/payment/credential/content").asText()));
    buyer.pay(outTradeNo(second));
    payIfTheCodeStillWorks(checkout);
  }

  private void payIfTheCodeStillWorks(JsonNode checkout) {
    try {
      buyer.pay(outTradeNo(checkout));
    } catch (TradeRefusedException e) {
      // Processes were dead for so long that it has expired: no money moves.
    }
  }

  private void visit(URI page) throws InterruptedException {
    try {
      browser.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode insist(Supplier<CheckoutApi.Answer> request) throws InterruptedException {
    CheckoutApi.Answer answer = definite(request);
    assertThat(answer.status()).as(answer.body().toString()).isIn(200, 201, 202);
    return answer.body();
  }

  /** Repeats a request until it gets a definite answer. */
  private static CheckoutApi.Answer definite(Supplier<CheckoutApi.Answer> request)
      throws InterruptedException {
    while (true) {
      try {
        CheckoutApi.Answer answer = request.get();
        if (answer.status() < SERVER_ERROR) {
          return answer;
        }
      } catch (UncheckedIOException e) {
        // The API is dead, or died while it answered: the same again.
      }
      Thread.sleep(300);
    }
  }

  private static String outTradeNo(JsonNode checkout) {
    return checkout.at("/payment/out_trade_no").asText();
  }
}
