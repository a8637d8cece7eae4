package dev.durablecheckout.sandbox.gateway.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.RefundResult;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept over a restart, and what those who run the sandbox may ask. */
class WechatRestartTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void paymentsRefundsAndServiceOrdersAreKept() throws Exception {
    Path file = directory.resolve("wechat.json");
    PayOrder paid;
    PayOrder unpaid;
    String qr;
    try (WechatMerchant merchant = WechatMerchant.startWith(file)) {
      paid = merchant.payOrder(PayMethod.QR, 1);
      unpaid = merchant.payOrder(PayMethod.QR, 2);
      merchant.channel().prepay(paid);
      qr =
          Objects.requireNonNull(
              Objects.requireNonNull(merchant.channel().prepay(unpaid).credential()).content());
      merchant.gateway.buyer().pay(paid.outTradeNo().value());
      assertThat(merchant.channel().refund(merchant.refund(paid, "R1", 34)))
          .isEqualTo(RefundResult.processing());
      merchant.call("POST", "/v3/payscore/serviceorder", serviceOrder(merchant));
      merchant.gateway.payScoreBuyer().confirm("S1");
    }
    try (WechatMerchant merchant = WechatMerchant.startWith(file)) {
      assertThat(merchant.book(paid).refundedFen()).isEqualTo(34);
      assertThat(merchant.gateway.payScoreBuyer().state("S1")).isEqualTo("USER_CONFIRM");
      merchant.gateway.buyer().pay(qr);
      assertThat(merchant.channel().query(unpaid).state()).isEqualTo(TradeState.PAID);
      merchant.clock.advance(Duration.ofMinutes(2));
      assertThat(merchant.channel().refund(merchant.refund(paid, "R1", 34)).refundedAt())
          .as("it ends though the gateway was away")
          .isNotNull();
      merchant.awaitNotify(
          paid.outTradeNo().value(), record -> record.tradeStatus().equals("REFUND.SUCCESS"));
    }
    try (WechatMerchant merchant = WechatMerchant.startWith(file)) {
      Thread.sleep(100);
      assertThat(merchant.gateway.notifies()).as("told of already").isEmpty();
    }
  }

  private static String serviceOrder(WechatMerchant merchant) {
    return """
        {"appid":"%s","service_id":"500001","out_order_no":"S1","service_introduction":"x",
        "time_range":{"start_time":"OnAccept"},"risk_fund":{"name":"DEPOSIT","amount":9900},
        "notify_url":"%s"}"""
        .formatted(WechatMerchant.MINI_PROGRAM, merchant.notifyUrl());
  }

  @Test
  void faultsTradesBooksAndNotifiesAreThereForWhoRunsIt() throws Exception {
    try (WechatMerchant merchant = WechatMerchant.start()) {
      control(
          merchant, "POST", "/control/faults", "{\"fault\":\"NOTIFY_DROP\",\"next_trade\":true}");
      PayOrder payOrder = merchant.payOrder(PayMethod.QR, 1);
      merchant.channel().prepay(payOrder);
      merchant.gateway.buyer().pay(payOrder.outTradeNo().value());
      merchant.awaitNotify(payOrder.outTradeNo().value(), record -> true);

      JsonNode trade = get(merchant, "/control/trades").get(0);
      assertThat(trade.path("state").asText()).isEqualTo("SUCCESS");
      assertThat(trade.path("trade_type").asText()).isEqualTo("NATIVE");
      assertThat(trade.at("/notifies/0/state").asText()).isEqualTo("DROPPED");
      assertThat(get(merchant, "/control/books").at("/0/paid_fen").asLong()).isEqualTo(1234);
      assertThat(get(merchant, "/control/faults").at("/strikes/NOTIFY_DROP").asInt()).isOne();
      assertThat(
              control(
                      merchant,
                      "POST",
                      "/control/notifies",
                      "{\"out_trade_no\":\"%s\",\"fault\":\"%s\"}"
                          .formatted(payOrder.outTradeNo(), Fault.NOTIFY_PROBE))
                  .body())
          .contains("204");
    }
  }

  private static HttpResponse<String> control(
      WechatMerchant merchant, String method, String path, String body) throws Exception {
    return WechatMerchant.send(
        HttpRequest.newBuilder(merchant.gateway.uri(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  private static JsonNode get(WechatMerchant merchant, String path) throws Exception {
    return JSON.readTree(WechatMerchant.get(merchant.gateway.uri(path)).body());
  }
}
