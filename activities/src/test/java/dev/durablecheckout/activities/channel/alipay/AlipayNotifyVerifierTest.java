package dev.durablecheckout.activities.channel.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.InvalidNotifyException.Reason;
import dev.durablecheckout.activities.channel.NotifiedRefund;
import dev.durablecheckout.activities.channel.VerifiedPayment;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlipayNotifyVerifierTest {
  private static final Charset GBK = Charset.forName("GBK");

  private final AlipayNotifyVerifier verifier =
      new AlipayNotifyVerifier(
          AlipayFixtures.keyMode(URI.create("http://127.0.0.1:1/"), AlipayFixtures.TIMEOUT));

  @Test
  void aPaymentIsPaidWithItsAmountTimeAndCheckout() throws Exception {
    assertThat(verify(NotifyForms.signed(NotifyForms.payment(), UTF_8)))
        .isEqualTo(
            new VerifiedPayment(
                "2026030100222180506068450559358070",
                AlipayFixtures.CHECKOUT,
                new TradeResult(
                    AlipayFixtures.OUT_TRADE_NO,
                    TradeState.PAID,
                    TradeNo.of("2026030122001468450512505578"),
                    Money.ofFen(1234),
                    Instant.parse("2026-03-01T10:05:06Z"))));
  }

  @ParameterizedTest
  @CsvSource({
    "WAIT_BUYER_PAY, , UNPAID",
    "TRADE_SUCCESS, , PAID",
    "TRADE_SUCCESS, 1.00, PAID",
    "TRADE_FINISHED, , PAID",
    "TRADE_CLOSED, , CLOSED",
    "TRADE_CLOSED, 0.00, CLOSED",
    "TRADE_CLOSED, 12.34, REFUNDED",
    "TRADE_SUCCESS, 0.00, PAID",
  })
  void theStateFollowsFromStatusAndRefund(String status, String refundFee, TradeState state)
      throws Exception {
    Map<String, String> fields = NotifyForms.paymentWith("trade_status", status);
    fields.remove("gmt_payment");
    if (refundFee != null) {
      fields.put("refund_fee", refundFee);
      fields.put("gmt_refund", "2026-03-01 19:51:36.631");
    }
    TradeResult trade = verify(NotifyForms.signed(fields, UTF_8)).trade();
    assertThat(trade.state()).isEqualTo(state);
    assertThat(trade.amount()).isEqualTo(Money.ofFen(1234));
  }

  @Test
  void aRefundIsToldApartByItsFeeAndHasItsNumber() throws Exception {
    Map<String, String> fields = NotifyForms.payment();
    fields.put("refund_fee", "1.00");
    fields.put("out_biz_no", "Q1");
    VerifiedPayment notify = verify(NotifyForms.signed(fields, UTF_8));
    assertThat(notify.trade().state()).isEqualTo(TradeState.PAID);
    assertThat(notify.refund())
        .isEqualTo(new NotifiedRefund(OutRefundNo.of("Q1"), Money.ofFen(100)));
    assertThat(verify(NotifyForms.signed(NotifyForms.payment(), UTF_8)).refund()).isNull();
  }

  @Test
  void aClosedTradeWithATimeOfPaymentHasGoneBack() throws Exception {
    Map<String, String> fields = NotifyForms.paymentWith("trade_status", "TRADE_CLOSED");
    assertThat(verify(NotifyForms.signed(fields, UTF_8)).trade().state())
        .isEqualTo(TradeState.REFUNDED);
  }

  @Test
  void gbkIsReadAndVerifiedAsGbk() throws Exception {
    Map<String, String> fields = NotifyForms.paymentWith("charset", "GBK");
    assertThat(verify(NotifyForms.signed(fields, GBK)).trade().state()).isEqualTo(TradeState.PAID);
  }

  @Test
  void anEmptyParameterIsNotSigned() throws Exception {
    byte[] message = NotifyForms.signed(NotifyForms.payment(), UTF_8);
    assertThat(verify(append(message, "&body=")).notifyId()).isNotEmpty();
  }

  @Test
  void anExtraParameterIsAForgery() {
    byte[] message = NotifyForms.signed(NotifyForms.payment(), UTF_8);
    assertInvalid(Reason.BAD_SIGNATURE, append(message, "&extra=1"));
  }

  @Test
  void aPlusIsABlankSoASignatureWithBareOnesIsNone() {
    String message =
        new String(NotifyForms.signed(NotifyForms.paymentWith("body", "a+b c"), UTF_8), UTF_8);
    assertThat(message).contains("body=a%2Bb+c");
    assertInvalid(
        Reason.BAD_SIGNATURE, message.replace("body=a%2Bb+c", "body=a+b+c").getBytes(UTF_8));
    assertInvalid(
        Reason.BAD_SIGNATURE, message.replaceFirst("sign=[^&]*", "sign=a+b+c+d=").getBytes(UTF_8));
  }

  @Test
  void blanksMayComeAsPlusOrAsEscapes() throws Exception {
    String message =
        new String(NotifyForms.signed(NotifyForms.paymentWith("body", "a+b c"), UTF_8), UTF_8);
    assertThat(verify(message.replace("+", "%20").getBytes(UTF_8)).notifyId()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "***", "%00", "c2hvcnQ="})
  void aGarbageSignatureIsBadNotAnError(String sign) {
    assertInvalid(Reason.BAD_SIGNATURE, replace("sign=[^&]*", "sign=" + sign));
  }

  @Test
  void aMissingSignatureOrTypeIsBad() {
    assertInvalid(Reason.BAD_SIGNATURE, replace("&sign=[^&]*", ""));
    assertInvalid(Reason.BAD_SIGNATURE, replace("&sign_type=RSA2", ""));
    assertInvalid(Reason.BAD_SIGNATURE, replace("sign_type=RSA2", "sign_type=RSA"));
  }

  @Test
  void aSignatureByAnotherKeyIsBad() {
    assertInvalid(
        Reason.BAD_SIGNATURE,
        NotifyForms.signed(NotifyForms.payment(), UTF_8, TestKeys.APP.getPrivate()));
  }

  @Test
  void aChangedAmountIsBad() {
    assertInvalid(Reason.BAD_SIGNATURE, replace("total_amount=12.34", "total_amount=1.34"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"app_id", "seller_id"})
  void aMessageOfAnotherAccountIsForeign(String field) {
    assertInvalid(
        Reason.FOREIGN_ACCOUNT,
        NotifyForms.signed(NotifyForms.paymentWith(field, "2088999999999999"), UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app_id",
        "seller_id",
        "notify_id",
        "out_trade_no",
        "trade_no",
        "trade_status",
        "total_amount"
      })
  void aMissingFieldIsMalformed(String field) {
    Map<String, String> fields = NotifyForms.payment();
    fields.remove(field);
    assertInvalid(Reason.MALFORMED, NotifyForms.signed(fields, UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "out_trade_no, a-b",
    "trade_no, a b",
    "trade_status, TRADE_PENDING",
    "total_amount, 12.345",
    "total_amount, -1.00",
    "refund_fee, x",
    "gmt_payment, yesterday"
  })
  void aFieldThatCannotBeReadIsMalformed(String field, String value) {
    assertInvalid(
        Reason.MALFORMED, NotifyForms.signed(NotifyForms.paymentWith(field, value), UTF_8));
  }

  @Test
  void aNotifyIdIsNotEndless() {
    assertInvalid(
        Reason.MALFORMED,
        NotifyForms.signed(NotifyForms.paymentWith("notify_id", "1".repeat(129)), UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nothing", "%zz", "Shop.1"})
  void aCheckoutThatCannotBeReadIsAbsent(String passback) throws Exception {
    assertThat(
            verify(NotifyForms.signed(NotifyForms.paymentWith("passback_params", passback), UTF_8))
                .checkoutId())
        .isNull();
  }

  @Test
  void anEchoThatIsStillEncodedIsReadToo() throws Exception {
    assertThat(
            verify(
                    NotifyForms.signed(
                        NotifyForms.paymentWith("passback_params", "shop%2EA-1_b"), UTF_8))
                .checkoutId())
        .isEqualTo(AlipayFixtures.CHECKOUT);
  }

  @Test
  void aParameterThatOccursTwiceIsMalformed() {
    byte[] message = NotifyForms.signed(NotifyForms.payment(), UTF_8);
    assertInvalid(Reason.MALFORMED, append(message, "&total_amount=12.34"));
    assertInvalid(Reason.MALFORMED, append(message, "&total%5Famount=12.34"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "=1",
        "a=1&",
        "&a=1",
        "a=1&&b=2",
        "a=%",
        "a=%4",
        "a=%zz",
        "a=%-1",
        "a=%FF",
        "a=%C3%28",
        "%C3%A9=1",
        "a=é",
        "charset=utf-16&a=1",
        "charset=%C3&a=1"
      })
  void aBrokenFormIsMalformed(String form) {
    assertInvalid(Reason.MALFORMED, form.getBytes(UTF_8));
  }

  @Test
  void aFormHasLimits() {
    assertInvalid(Reason.MALFORMED, ("a=" + "1".repeat(64 * 1024)).getBytes(UTF_8));
    StringBuilder many = new StringBuilder("a=1");
    for (int i = 0; i < 100; i++) {
      many.append("&a").append(i).append("=1");
    }
    assertInvalid(Reason.MALFORMED, many.toString().getBytes(UTF_8));
  }

  private static byte[] replace(String regex, String by) {
    String message = new String(NotifyForms.signed(NotifyForms.payment(), UTF_8), UTF_8);
    String replaced = message.replaceFirst(regex, by);
    assertThat(replaced).isNotEqualTo(message);
    return replaced.getBytes(UTF_8);
  }

  private static byte[] append(byte[] message, String parameters) {
    return (new String(message, UTF_8) + parameters).getBytes(UTF_8);
  }

  private VerifiedPayment verify(byte[] message) throws InvalidNotifyException {
    return verifier.verify(message, ImmutableListMultimap.of());
  }

  private void assertInvalid(Reason reason, byte[] message) {
    InvalidNotifyException invalid =
        requireNonNull(
            catchThrowableOfType(InvalidNotifyException.class, () -> verify(message)),
            "the message was taken");
    assertThat(invalid.reason()).as(invalid.getMessage()).isEqualTo(reason);
  }
}
