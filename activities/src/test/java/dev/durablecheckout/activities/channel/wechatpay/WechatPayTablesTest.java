package dev.durablecheckout.activities.channel.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.TradeState;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How WeChat Pay's words map to ours. */
class WechatPayTablesTest {
  @Test
  void everyTradeStateHasOneMeaning() {
    ImmutableMap<String, TradeState> documented =
        ImmutableMap.<String, TradeState>builder()
            .put("SUCCESS", TradeState.PAID)
            .put("REFUND", TradeState.PAID)
            .put("NOTPAY", TradeState.UNPAID)
            .put("CLOSED", TradeState.CLOSED)
            .put("REVOKED", TradeState.CLOSED)
            .put("USERPAYING", TradeState.UNPAID)
            .put("PAYERROR", TradeState.UNPAID)
            .put("ACCEPT", TradeState.UNPAID)
            .buildOrThrow();
    documented.forEach(
        (name, state) ->
            assertThat(WechatPayTradeState.of(name).orElseThrow().state()).isEqualTo(state));
    assertThat(names()).isEqualTo(documented.keySet());
    assertThat(WechatPayTradeState.of("success")).isEmpty();
    assertThat(WechatPayTradeState.of("NEW_IN_2030")).isEmpty();
  }

  private static Set<String> names() {
    return Arrays.stream(WechatPayTradeState.values()).map(Enum::name).collect(Collectors.toSet());
  }

  /** Trouble, whose answer must never be taken for a no. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SYSTEMERROR",
        "BANKERROR",
        "SERVICEUNAVAILABLE",
        "SIGNERROR",
        "FREQUENCYLIMITED",
        "RATELIMITEXCEEDED",
        "ORDERPAID",
        "INVALIDTRANSACTIONID",
        "NOSTATEMENTEXIST",
        "STATEMENTCREATING",
        ""
      })
  void troubleIsNoRefusal(String code) {
    assertThat(WechatPayRefusals.TABLE.columnKeySet()).isNotEmpty().doesNotContain(code);
  }

  @Test
  void codesStandWithoutUnderscores() {
    assertThat(WechatPayRefusals.TABLE.columnKeySet()).allMatch(code -> code.matches("[A-Z]+"));
  }

  @Test
  void timesAreWrittenAtPlusEightToTheSecond() {
    assertThat(WechatPayTimes.format(Instant.parse("2026-02-28T16:00:00.999Z")))
        .isEqualTo("2026-03-01T00:00:00+08:00");
  }

  private static String description(String subject) {
    PayOrder order = WechatPayFixtures.payOrder(PayMethod.QR);
    return WechatPayDescription.of(
        new PayOrder(
            order.outTradeNo(),
            order.checkoutId(),
            order.attempt(),
            order.channel(),
            order.method(),
            order.amount(),
            subject,
            order.timeExpire(),
            order.returnUrl(),
            order.buyerId(),
            order.payer()));
  }

  @ParameterizedTest
  @CsvSource({"Tea & <cake>, Tea & <cake>", "茶 2, 茶 2", "'a\t\u0000\nb', a b"})
  void aDescriptionIsTheSubjectAsText(String subject, String expected) {
    assertThat(description(subject)).isEqualTo(expected);
  }

  @Test
  void aDescriptionHasItsLengthAndIsNeverEmpty() {
    assertThat(description("x".repeat(200))).isEqualTo("x".repeat(127));
    assertThat(description("x".repeat(126) + "🍵🍵")).isEqualTo("x".repeat(126));
    assertThat(description("\u200b ")).isEqualTo(WechatPayFixtures.OUT_TRADE_NO.value());
  }

  @Test
  void whatWechatSaysIsShownCutAndWithoutControlCharacters() {
    WechatPayAnswer answer =
        new WechatPayAnswer(
            400,
            WechatPayMessage.parse(
                "{\"code\":\"a b\",\"message\":\"x\\n" + "茶".repeat(300) + "\"}"));
    assertThat(answer.channelCode()).isEqualTo("(unreadable)");
    assertThat(answer.message()).startsWith("x 茶").hasSize(200);
  }
}
