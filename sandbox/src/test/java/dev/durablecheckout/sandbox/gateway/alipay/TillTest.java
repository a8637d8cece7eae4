package dev.durablecheckout.sandbox.gateway.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.api.AlipayApiException;
import com.alipay.api.AlipayResponse;
import com.alipay.api.response.AlipayTradeCancelResponse;
import com.alipay.api.response.AlipayTradePayResponse;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A till and a buyer's phone, with the real SDK at the till. */
class TillTest extends AlipayScene {
  private static final String NO = "P1_1";

  private String code() {
    return merchant.gateway.buyer().showCode();
  }

  private static void assertRefused(AlipayResponse response, TradeRefusal refusal) {
    assertThat(response.getCode()).isEqualTo("40004");
    assertThat(response.getSubCode()).isEqualTo("ACQ." + refusal);
  }

  @Test
  void chargesASmallAmountAtOnceAndIsNotified() throws Exception {
    assertThat(code()).matches("28[0-9]{16}");
    AlipayTradePayResponse paid = merchant.pay(NO, "12.30", code());

    assertThat(paid.getCode()).isEqualTo("10000");
    assertThat(paid.getTotalAmount()).isEqualTo("12.30");
    assertThat(paid.getGmtPayment()).isNotNull();
    assertThat(paid.getTradeNo()).isEqualTo(merchant.query(NO).getTradeNo());
    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("TRADE_SUCCESS");
    Map<String, String> notify = merchant.nextNotify();
    assertThat(Merchant.verifies(notify)).isTrue();
    assertThat(notify)
        .containsEntry("trade_status", "TRADE_SUCCESS")
        .containsEntry("out_trade_no", NO);
  }

  @Test
  void leavesALargeAmountToTheBuyer() throws Exception {
    AlipayTradePayResponse waiting = merchant.pay(NO, "200.01", code());

    assertThat(waiting.getCode()).isEqualTo("10003");
    assertThat(waiting.getTradeNo()).hasSize(28);
    assertThat(waiting.getGmtPayment()).isNull();
    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("WAIT_BUYER_PAY");
    assertThat(merchant.notifiesLeft()).isEmpty();

    merchant.gateway.buyer().pay(NO);

    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("TRADE_SUCCESS");
    assertThat(merchant.nextNotify()).containsEntry("out_trade_no", NO);
  }

  @Test
  void canUseACodeOnceAndForAMinute() throws AlipayApiException {
    String code = code();
    assertThat(merchant.pay(NO, "1", code).getCode()).isEqualTo("10000");
    assertRefused(merchant.pay("P2_1", "1", code), TradeRefusal.PAYMENT_AUTH_CODE_INVALID);
    String old = code();
    merchant.clock.advance(Duration.ofSeconds(60));
    assertRefused(merchant.pay("P3_1", "1", old), TradeRefusal.PAYMENT_AUTH_CODE_INVALID);
    assertRefused(
        merchant.pay("P3_1", "1", "281234567890123456"), TradeRefusal.PAYMENT_AUTH_CODE_INVALID);
    assertRefused(merchant.pay("P3_1", "1", "12345"), TradeRefusal.PAYMENT_AUTH_CODE_INVALID);
    assertRefused(merchant.query("P3_1"), TradeRefusal.TRADE_NOT_EXIST);
  }

  @Test
  void isToldOfARepeatWhatBecameOfTheFirst() throws AlipayApiException {
    String code = code();
    merchant.pay(NO, "1", code);
    assertRefused(merchant.pay(NO, "1", code), TradeRefusal.TRADE_HAS_SUCCESS);
    String other = code();
    merchant.pay("P2_1", "300", other);
    assertRefused(merchant.pay("P2_1", "300", other), TradeRefusal.PAYMENT_AUTH_CODE_INVALID);
    assertRefused(merchant.pay("P2_1", "301", code()), TradeRefusal.CONTEXT_INCONSISTENT);
    assertThat(merchant.book(NO).paidFen()).isEqualTo(100);
  }

  @Test
  void isRefusedByAnEmptyWalletAndLeftWithAnUnpaidTrade() throws AlipayApiException {
    AlipayTradePayResponse refused =
        merchant.pay(NO, "1", merchant.gateway.buyer().showCodeOfEmptyWallet());

    assertRefused(refused, TradeRefusal.BUYER_BALANCE_NOT_ENOUGH);
    assertThat(refused.getReceiptAmount()).isEqualTo("0.00");
    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("WAIT_BUYER_PAY");
    assertThat(merchant.closeTrade(NO).getCode()).isEqualTo("10000");
  }

  @Test
  void cancelsWhatItKnowsNothingOf() throws AlipayApiException {
    AlipayTradeCancelResponse nothing = merchant.cancel("P9_1");
    assertThat(nothing.getAction()).isNull();
    assertThat(nothing.getRetryFlag()).isEqualTo("N");
    assertRefused(merchant.pay("P9_1", "1", code()), TradeRefusal.TRADE_HAS_CLOSE);

    merchant.pay(NO, "300", code());
    assertThat(merchant.cancel(NO).getAction()).isEqualTo("close");
    assertRefused(merchant.pay(NO, "300", code()), TradeRefusal.TRADE_HAS_CLOSE);

    merchant.pay("P2_1", "1", code());
    assertThat(merchant.cancel("P2_1").getAction()).isEqualTo("refund");
    assertThat(merchant.query("P2_1").getTradeStatus()).isEqualTo("TRADE_CLOSED");
    assertThat(merchant.book("P2_1").refundedFen()).isEqualTo(100);
    assertThat(merchant.cancel("P2_1").getAction()).isNull();
  }

  @Test
  void canLoseTheAnswerToACharge() throws AlipayApiException {
    merchant
        .gateway
        .faults()
        .add(
            FaultRule.once(Fault.API_SYSTEM_ERROR_WITH_EFFECT).on(NO).atMethod("alipay.trade.pay"));

    assertThat(merchant.pay(NO, "1", code()).getCode()).isEqualTo("20000");

    assertThat(merchant.query(NO).getTradeStatus()).isEqualTo("TRADE_SUCCESS");
  }

  @Test
  void readsTheCodeOffAPageThatAlsoLeadsToWhatIsToBeConfirmed() throws Exception {
    HttpResponse<String> page = Merchant.get(merchant.gateway.uri("/buyer/code"));
    Matcher code = Pattern.compile("28[0-9]{16}").matcher(page.body());
    assertThat(code.find()).isTrue();

    assertThat(merchant.pay(NO, "300", code.group()).getCode()).isEqualTo("10003");

    Matcher link =
        Pattern.compile("href=\"(/buyer/[0-9a-z]+)\"")
            .matcher(Merchant.get(merchant.gateway.uri("/buyer/code")).body());
    assertThat(link.find()).isTrue();
    assertThat(Merchant.get(merchant.gateway.uri(link.group(1))).body()).contains("Confirm");
    Merchant.post(
        merchant.gateway.uri(link.group(1)), "application/x-www-form-urlencoded", "action=pay");
    assertThat(merchant.book(NO).paidFen()).isEqualTo(30_000);
    assertThat(Merchant.get(merchant.gateway.uri("/buyer/code")).body())
        .doesNotContain("href=\"/buyer/");
  }
}
