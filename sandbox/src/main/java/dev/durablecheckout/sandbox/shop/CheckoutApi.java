package dev.durablecheckout.sandbox.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A shop's backend, as far as it talks to the checkout. */
public final class CheckoutApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI api;
  private final String apiKey;

  public CheckoutApi(URI api, String apiKey) {
    this.api = api;
    this.apiKey = apiKey;
  }

  /**
   * An answer of the API.
   *
   * @param body JSON, also of an error
   */
  public record Answer(int status, JsonNode body) {}

  /** Opens a checkout over one article, to be paid by Alipay's QR code. */
  public Answer open(String orderNo, long amountFen, String sku, long expiresInSeconds) {
    return open(
        orderNo,
        amountFen,
        sku,
        expiresInSeconds,
        "buyer-1",
        Map.of("channel", "alipay", "method", "qr"));
  }

  /**
   * Opens a checkout over one article.
   *
   * @param choice channel, method and payer as the API takes them; empty to let the buyer choose
   */
  public Answer open(
      String orderNo,
      long amountFen,
      String sku,
      long expiresInSeconds,
      String buyerId,
      Map<String, ?> choice) {
    Map<String, Object> body = new LinkedHashMap<>(choice);
    body.put("merchant_order_no", orderNo);
    body.put("subject", "A good book 一本好书");
    body.put("amount_fen", amountFen);
    body.put("currency", "CNY");
    body.put("buyer_id", buyerId);
    body.put(
        "items",
        List.of(
            Map.of("sku", sku, "name", "A good book", "quantity", 1, "unit_price_fen", amountFen)));
    body.put("expires_in", expiresInSeconds);
    return post("/v1/checkouts", body);
  }

  /**
   * Opens a checkout that fills the buyer's wallet.
   *
   * @param choice channel and method as the API takes them; empty to let the buyer choose
   */
  public Answer topUp(String orderNo, long amountFen, String buyerId, Map<String, ?> choice) {
    Map<String, Object> body = new LinkedHashMap<>(choice);
    body.put("merchant_order_no", orderNo);
    body.put("purpose", "wallet_top_up");
    body.put("subject", "Top-up 余额充值");
    body.put("amount_fen", amountFen);
    body.put("currency", "CNY");
    body.put("buyer_id", buyerId);
    return post("/v1/checkouts", body);
  }

  /** Opens a service order of PayScore over an umbrella. */
  public Answer rent(String orderNo, long depositFen, String buyerId) {
    return post(
        "/v1/service-orders",
        Map.of(
            "merchant_order_no",
            orderNo,
            "introduction",
            "雨伞租借",
            "risk_fund",
            Map.of("name", "deposit", "amount_fen", depositFen),
            "buyer_id",
            buyerId));
  }

  /** The umbrella is back: this is to be collected. */
  public Answer complete(String serviceOrderId, long rentFen) {
    return post(
        "/v1/service-orders/" + serviceOrderId + "/complete",
        Map.of("fees", List.of(Map.of("name", "租金", "amount_fen", rentFen))));
  }

  /**
   * Pays money of the buyer's wallet out.
   *
   * @param payee kind and account, as the API takes them
   */
  public Answer withdraw(
      String withdrawalNo, long amountFen, String buyerId, String channel, Map<String, ?> payee) {
    return post(
        "/v1/wallets/" + buyerId + "/withdrawals",
        Map.of(
            "withdrawal_no",
            withdrawalNo,
            "amount_fen",
            amountFen,
            "channel",
            channel,
            "payee",
            payee,
            "remark",
            "Your balance 余额提现"));
  }

  /** What a buyer has in the wallet, in fen. */
  public long wallet(String buyerId) {
    return get("/v1/wallets/" + buyerId).body().path("balance_fen").asLong();
  }

  public Answer get(String path) {
    return send(request(path).GET());
  }

  public Answer post(String path, Object body) {
    try {
      return send(
          request(path)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(api.resolve(path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + apiKey);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException("the API does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
