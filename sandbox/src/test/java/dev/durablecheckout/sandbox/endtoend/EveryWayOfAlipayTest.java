package dev.durablecheckout.sandbox.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.gateway.alipay.TradeStatus;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Phones, apps and tills at Alipay: the checkout is paid once, and the books agree. */
final class EveryWayOfAlipayTest extends CheckoutScene {
  /** Above what a till takes without the buyer's password. */
  private static final long TO_CONFIRM_FEN = 42_000;

  private String code() {
    return stack().alipay().buyer().showCode();
  }

  private JsonNode atATill(long amountFen, String authCode) {
    CheckoutApi.Answer answer =
        shop()
            .open(
                orderNo(),
                amountFen,
                "book",
                600,
                "buyer-1",
                choice("alipay", "barcode", Map.of("auth_code", authCode)));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
    return answer.body();
  }

  private void awaitPaidOnce(JsonNode checkout) {
    awaitStatus(checkout, "paid");
    awaitEvent(checkout, "checkout.paid");
    JsonNode paid = get(checkout);
    assertThat(trade(paid).paidFen()).isEqualTo(paid.get("paid_fen").asLong()).isPositive();
    assertThat(trade(paid).refundedFen()).isZero();
  }

  @Test
  void onAPhonesPage() {
    JsonNode checkout = open("alipay", "wap");
    visit(checkout);
    stack().alipay().buyer().pay(outTradeNo(checkout));
    awaitPaidOnce(checkout);
  }

  @Test
  void inAnApp() {
    JsonNode checkout = open("alipay", "app");
    assertThat(checkout.at("/payment/credential/type").asText()).isEqualTo("alipay_app");
    assertThat(stack().alipay().buyer().openApp(content(checkout)).outTradeNo())
        .isEqualTo(outTradeNo(checkout));
    stack().alipay().buyer().pay(outTradeNo(checkout));
    awaitPaidOnce(checkout);
  }

  @Test
  void atATillAtOnce() {
    JsonNode checkout = atATill(AMOUNT_FEN, code());
    assertThat(checkout.get("status").asText()).isEqualTo("paid");
    awaitPaidOnce(checkout);
  }

  @Test
  void atATillWhereTheBuyerConfirms() {
    JsonNode checkout = atATill(TO_CONFIRM_FEN, code());
    assertThat(checkout.at("/payment/credential/type").asText()).isEqualTo("none");
    assertThat(checkout.get("status").asText()).isEqualTo("awaiting_payment");
    stack().alipay().buyer().pay(outTradeNo(checkout));
    awaitPaidOnce(checkout);
  }

  @Test
  void atATillWhoseAnswerIsLost() {
    stack()
        .alipay()
        .faults()
        .addForNextTrade(
            FaultRule.once(Fault.API_SYSTEM_ERROR_WITH_EFFECT).atMethod("alipay.trade.pay"));
    awaitPaidOnce(atATill(AMOUNT_FEN, code()));
  }

  @Test
  void atATillWithTheNextCodeAfterARefusal() {
    JsonNode refused = atATill(AMOUNT_FEN, stack().alipay().buyer().showCodeOfEmptyWallet());
    assertThat(refused.at("/payment/status").asText()).isEqualTo("failed");
    assertThat(refused.at("/payment/refusal/code").asText()).isEqualTo("insufficient_balance");
    assertThat(trade(refused).state()).isEqualTo(TradeStatus.TRADE_CLOSED);

    CheckoutApi.Answer second =
        shop()
            .post(
                "/v1/checkouts/" + id(refused) + "/payments",
                choice("alipay", "barcode", Map.of("auth_code", code())));
    assertThat(second.status()).as(second.body().toString()).isIn(200, 201);
    awaitPaidOnce(refused);
  }

  @Test
  void aCodeThatIsNoGoodLeavesTheCheckoutPayable() {
    JsonNode checkout = atATill(AMOUNT_FEN, "2867531492812345");
    assertThat(checkout.at("/payment/refusal/code").asText()).isEqualTo("payer");

    JsonNode again = payBy(checkout, "alipay", "qr");
    stack().alipay().buyer().pay(outTradeNo(again));
    awaitPaidOnce(again);
  }

  @Test
  void notAtATillThatHasGivenUp() {
    JsonNode checkout = atATill(TO_CONFIRM_FEN, code());
    assertThat(cancel(checkout).get("status").asText()).isEqualTo("closed");
    assertThat(trade(checkout).state()).isEqualTo(TradeStatus.TRADE_CLOSED);
    assertThat(trade(checkout).paidFen()).isZero();
  }
}
