package dev.durablecheckout.activities.channel.alipay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.channel.alipay.AlipayRefusals.Call;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How Alipay's words map to ours. */
class AlipayTablesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.00",
    "1, 0.01",
    "9, 0.09",
    "10, 0.10",
    "99, 0.99",
    "100, 1.00",
    "101, 1.01",
    "1234, 12.34",
    "10000000000, 100000000.00",
    "123456789012345, 1234567890123.45"
  })
  void amountsAreExactBothWays(long fen, String yuan) {
    assertThat(AlipayAmounts.format(Money.ofFen(fen))).isEqualTo(yuan);
    assertThat(AlipayAmounts.parse(yuan)).isEqualTo(Money.ofFen(fen));
  }

  @Test
  void everyAmountUpToAHundredYuanSurvives() {
    for (long fen = 0; fen <= 10_000; fen++) {
      Money amount = Money.ofFen(fen);
      assertThat(AlipayAmounts.parse(AlipayAmounts.format(amount))).isEqualTo(amount);
    }
  }

  @Test
  void fewerDecimalsAreReadToo() {
    assertThat(AlipayAmounts.parse("5")).isEqualTo(Money.ofFen(500));
    assertThat(AlipayAmounts.parse("5.1")).isEqualTo(Money.ofFen(510));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1.00",
        "+1.00",
        "1.",
        ".10",
        "1.234",
        "1e2",
        "1,000.00",
        "01.00",
        " 1.00",
        "1.00 ",
        "1.00\n",
        "NaN",
        "0x10",
        "１.00",
        "99999999999999.00"
      })
  void anythingElseIsNoAmount(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> AlipayAmounts.parse(text));
  }

  @Test
  void timesAreInGmt8() {
    Instant instant = Instant.parse("2026-02-28T16:00:59.999Z");
    assertThat(AlipayTimes.format(instant)).isEqualTo("2026-03-01 00:00:59");
    assertThat(AlipayTimes.parse("2026-03-01 00:00:59"))
        .isEqualTo(Instant.parse("2026-02-28T16:00:59Z"));
    assertThat(AlipayTimes.parse("2021-07-14 09:51:36.631"))
        .isEqualTo(Instant.parse("2021-07-14T01:51:36Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-02-30 00:00:00",
        "2026-03-01T00:00:00",
        "2026-03-01 24:00:00",
        "2026-03-01",
        "2026-03-01 00:00:00Z",
        "2026-03-01 00:00:00."
      })
  void anythingElseIsNoTime(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> AlipayTimes.parse(text));
  }

  @Test
  void everyTradeStatusHasOneMeaningWithAndOneWithoutMoney() {
    ImmutableMap<String, List<TradeState>> withoutAndWithMoney =
        ImmutableMap.of(
            "WAIT_BUYER_PAY", List.of(TradeState.UNPAID, TradeState.UNPAID),
            "TRADE_SUCCESS", List.of(TradeState.PAID, TradeState.PAID),
            "TRADE_FINISHED", List.of(TradeState.PAID, TradeState.PAID),
            "TRADE_CLOSED", List.of(TradeState.CLOSED, TradeState.REFUNDED));
    withoutAndWithMoney.forEach(
        (name, states) -> {
          AlipayTradeStatus status = AlipayTradeStatus.of(name).orElseThrow();
          assertThat(List.of(status.state(false), status.state(true))).as(name).isEqualTo(states);
        });
    assertThat(names(AlipayTradeStatus.values())).isEqualTo(withoutAndWithMoney.keySet());
    assertThat(AlipayTradeStatus.of("TRADE_PENDING")).isEmpty();
    assertThat(AlipayTradeStatus.of("trade_success")).isEmpty();
  }

  private static Set<String> names(AlipayTradeStatus[] values) {
    return Arrays.stream(values).map(Enum::name).collect(Collectors.toSet());
  }

  private static final ImmutableMap<Call, Set<String>> DOCUMENTED =
      ImmutableMap.of(
          Call.PREPAY,
          Set.of(
              "INVALID_PARAMETER",
              "ACCESS_FORBIDDEN",
              "EXIST_FORBIDDEN_WORD",
              "PARTNER_ERROR",
              "TOTAL_FEE_EXCEED",
              "CONTEXT_INCONSISTENT",
              "TRADE_HAS_CLOSE",
              "BUYER_SELLER_EQUAL",
              "TRADE_BUYER_NOT_MATCH",
              "BUYER_ENABLE_STATUS_FORBID",
              "APPLY_PC_MERCHANT_CODE_ERROR",
              "NOW_TIME_AFTER_EXPIRE_TIME_ERROR",
              "SELLER_NOT_EXIST",
              "SELLER_BEEN_BLOCKED",
              "INVALID_RECEIVE_ACCOUNT",
              "MERCHANT_STATUS_NOT_NORMAL",
              "RISK_MERCHANT_IP_NOT_EXIST",
              "SUB_GOODS_SIZE_MAX_COUNT"),
          Call.PAY,
          Set.of(
              "INVALID_PARAMETER",
              "ACCESS_FORBIDDEN",
              "EXIST_FORBIDDEN_WORD",
              "PARTNER_ERROR",
              "TOTAL_FEE_EXCEED",
              "PAYMENT_AUTH_CODE_INVALID",
              "CONTEXT_INCONSISTENT",
              "TRADE_HAS_CLOSE",
              "BUYER_BALANCE_NOT_ENOUGH",
              "BUYER_BANKCARD_BALANCE_NOT_ENOUGH",
              "ERROR_BALANCE_PAYMENT_DISABLE",
              "BUYER_SELLER_EQUAL",
              "TRADE_BUYER_NOT_MATCH",
              "BUYER_ENABLE_STATUS_FORBID",
              "PULL_MOBILE_CASHIER_FAIL",
              "MOBILE_PAYMENT_SWITCH_OFF",
              "USER_FACE_PAYMENT_SWITCH_OFF",
              "PAYMENT_FAIL",
              "BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR",
              "BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR",
              "BEYOND_PAY_RESTRICTION",
              "BEYOND_PER_RECEIPT_RESTRICTION",
              "SELLER_BEEN_BLOCKED",
              "ERROR_BUYER_CERTIFY_LEVEL_LIMIT",
              "PAYMENT_REQUEST_HAS_RISK",
              "NO_PAYMENT_INSTRUMENTS_AVAILABLE",
              "INVALID_STORE_ID",
              "SUB_MERCHANT_CREATE_FAIL",
              "SUB_MERCHANT_TYPE_INVALID",
              "AGREEMENT_NOT_EXIST",
              "AGREEMENT_INVALID",
              "AGREEMENT_STATUS_NOT_NORMAL",
              "MERCHANT_AGREEMENT_NOT_EXIST",
              "MERCHANT_AGREEMENT_INVALID",
              "MERCHANT_STATUS_NOT_NORMAL",
              "NOW_TIME_AFTER_EXPIRE_TIME_ERROR",
              "SELLER_NOT_EXIST",
              "INVALID_RECEIVE_ACCOUNT",
              "SUB_GOODS_SIZE_MAX_COUNT"),
          Call.REFUND,
          Set.of(
              "INVALID_PARAMETER",
              "SELLER_BALANCE_NOT_ENOUGH",
              "REASON_TRADE_BEEN_FREEZEN",
              "TRADE_NOT_EXIST",
              "TRADE_HAS_FINISHED",
              "TRADE_STATUS_ERROR",
              "TRADE_NOT_ALLOW_REFUND",
              "REFUND_FEE_ERROR",
              "REASON_TRADE_REFUND_FEE_ERR",
              "REFUND_AMT_NOT_EQUAL_TOTAL",
              "TRADE_HAS_CLOSE",
              "BUYER_NOT_EXIST",
              "BUYER_ENABLE_STATUS_FORBID",
              "REASON_TRADE_STATUS_INVALID",
              "NOT_ALLOW_PARTIAL_REFUND",
              "ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND",
              "REFUND_ACCOUNT_NOT_EXIST",
              "CUSTOMER_VALIDATE_ERROR",
              "DISCORDANT_REPEAT_REQUEST"));

  @Test
  void everyDocumentedNoIsARefusalAndNothingElseIs() {
    for (Call call : Call.values()) {
      Set<String> documented =
          requireNonNull(DOCUMENTED.get(call)).stream()
              .map(code -> "ACQ." + code)
              .collect(Collectors.toSet());
      assertThat(AlipayRefusals.TABLE.row(call).keySet()).isEqualTo(documented);
      for (String subCode : documented) {
        Refusal.Code code = requireNonNull(AlipayRefusals.TABLE.get(call, subCode));
        assertThat(AlipayRefusals.of(call, answer("40004", subCode)))
            .contains(new Refusal(code, subCode, "words"));
        assertThat(AlipayRefusals.of(call, answer("20000", subCode))).isEmpty();
      }
      for (String subCode :
          new String[] {"ACQ.SYSTEM_ERROR", "AQC.SYSTEM_ERROR", "ACQ.TRADE_HAS_SUCCESS", "", "X"}) {
        assertThat(AlipayRefusals.of(call, answer("40004", subCode))).isEmpty();
      }
    }
  }

  @Test
  void whatRepeatsAreToldIsARefusalOfATill() {
    assertThat(AlipayRefusals.TABLE.row(Call.PAY).keySet())
        .containsAll(AlipayRefusals.TOLD_TO_REPEATS);
  }

  @Test
  void alipaysWordsAreCutAndWithoutControlCharacters() {
    AlipayAnswer answer =
        AlipayAnswer.read(
            "m",
            "{\"m_response\":{\"code\":\"40004\",\"sub_msg\":\"a\\u0000b"
                + "茶".repeat(300)
                + "\"}}");
    assertThat(answer.message()).startsWith("a b茶").hasSize(200);
    assertThat(answer("40004", "a b\\n").subCode()).isEqualTo("(unreadable)");
  }

  private static AlipayAnswer answer(String code, String subCode) {
    return AlipayAnswer.read(
        "m",
        "{\"m_response\":{\"code\":\"%s\",\"sub_code\":\"%s\",\"sub_msg\":\"words\"}}"
            .formatted(code, subCode));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Tea|Tea",
        "a/b=c&d|a b c d",
        "<b>'x'</b> \"y\"|b x b y",
        "`  two   blanks  `|two blanks",
        "茶 No. 1, 100%|茶 No. 1, 100%",
      })
  void subjectsLoseWhatAlipayForbids(String subject, String expected) {
    assertThat(AlipaySubject.of(payOrder(subject))).isEqualTo(expected);
  }

  @Test
  void aSubjectIsCutBetweenCharacters() {
    assertThat(AlipaySubject.of(payOrder("x".repeat(300)))).isEqualTo("x".repeat(256));
    assertThat(AlipaySubject.of(payOrder("x".repeat(255) + "😀")).codePoints().toArray())
        .hasSize(255)
        .containsOnly('x');
    assertThat(AlipaySubject.of(payOrder("x".repeat(254) + "😀"))).endsWith("x😀");
  }

  @Test
  void aSubjectOfWhichNothingIsLeftIsOurNumber() {
    assertThat(AlipaySubject.of(payOrder("&/=\n"))).isEqualTo(AlipayFixtures.OUT_TRADE_NO.value());
  }

  private static PayOrder payOrder(String subject) {
    return new PayOrder(
        AlipayFixtures.OUT_TRADE_NO,
        AlipayFixtures.CHECKOUT,
        1,
        Channel.ALIPAY,
        PayMethod.QR,
        Money.ofFen(1),
        subject,
        AlipayFixtures.NOW,
        null,
        "buyer-1",
        null);
  }
}
