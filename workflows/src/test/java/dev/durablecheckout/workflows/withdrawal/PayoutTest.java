package dev.durablecheckout.workflows.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.Refusal;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PayoutTest {
  private static final MerchantId SHOP = MerchantId.of("shop");
  private static final Payee PAYEE = new Payee(Payee.Kind.ALIPAY_LOGON_ID, "13912345678", "张三");

  private static WithdrawalNo no(String merchant, String number) {
    return WithdrawalNo.of(MerchantId.of(merchant), MerchantOrderNo.of(number));
  }

  private static Payout payout(@Nullable Payee payee, long fen, String remark) {
    return new Payout(no("shop", "1"), SHOP, Channel.ALIPAY, Money.ofFen(fen), payee, remark);
  }

  /** It is at the channels, for ever: whoever changes how it is made pays again what was paid. */
  @Test
  void theNumberOfAWithdrawalNeverChanges() {
    assertThat(no("shop", "W-1").value()).isEqualTo("WNKIX4LSNVPJC4JPX5HHALXPB");
    assertThat(no("shop", "W-1").workflowId()).isEqualTo("withdrawal:" + no("shop", "W-1"));
    assertThat(
            Stream.of(no("shop", "W-1"), no("shop", "W-2"), no("shop-2", "W-1"), no("s", "hop"))
                .distinct())
        .hasSize(4);
  }

  static Stream<PayoutResult> results() {
    Refusal refusal = new Refusal(Refusal.Code.LIMIT, "EXCEED_LIMIT_SM_AMOUNT", "单笔额度超限");
    Instant at = Instant.parse("2026-11-26T12:00:00Z");
    return Stream.of(
        PayoutResult.notCreated(),
        PayoutResult.processing("1"),
        PayoutResult.awaitingBuyer("1", new PayoutConfirmation("1900007291", "wx1", "package")),
        PayoutResult.succeeded("1", at, Money.ofFen(10)),
        PayoutResult.notNow(refusal),
        PayoutResult.refused(null, refusal),
        PayoutResult.cancelled("1", at),
        PayoutResult.returned("1", at, null));
  }

  @ParameterizedTest
  @MethodSource("results")
  void aResultGoesThroughTemporalUnchanged(PayoutResult result) {
    PayoutNotified notified = new PayoutNotified(null, "n-1", Money.ofFen(1234), result);

    assertThat(read(notified, PayoutNotified.class)).isEqualTo(notified);
  }

  @Test
  void thereIsAResultOfEachState() {
    assertThat(results().map(PayoutResult::state))
        .containsExactlyInAnyOrderElementsOf(EnumSet.allOf(PayoutResult.State.class));
    assertThat(results().filter(PayoutResult::isFinal).map(PayoutResult::state))
        .containsExactlyInAnyOrder(
            PayoutResult.State.REFUSED, PayoutResult.State.CANCELLED, PayoutResult.State.RETURNED);
  }

  @Test
  void aPayoutGoesThroughTemporalUnchanged() {
    Payout payout = payout(PAYEE, 1234, "茶 🍵");

    assertThat(read(payout, Payout.class)).isEqualTo(payout);
  }

  /** As the books have it once it was paid. */
  @Test
  void aPayoutWithoutItsPayeeGoesThroughTemporalAndNamesNobody() {
    Payout payout = payout(null, 1234, "tea");

    assertThat(read(payout, Payout.class)).isEqualTo(payout);
    assertThatIllegalStateException().isThrownBy(payout::knownPayee);
  }

  private static <T> T read(T value, Class<T> type) {
    DefaultDataConverter converter = DefaultDataConverter.newDefaultInstance();
    Payload payload = converter.toPayload(value).orElseThrow();
    return converter.fromPayload(payload, type, type);
  }

  @Test
  void nothingPrintsWhoIsPaid() {
    assertThat(payout(PAYEE, 1, "tea").toString()).doesNotContain("13912345678", "张三");
    assertThat(new PayoutConfirmation("1", "2", "secret").toString()).doesNotContain("secret");
  }

  @Test
  void whatNoChannelTakesIsNoPayout() {
    for (String remark : Arrays.asList("", "x".repeat(33), "a\nb")) {
      assertThatIllegalArgumentException().isThrownBy(() -> payout(PAYEE, 1, remark));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> payout(PAYEE, 0, "tea"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> payout(new Payee(Payee.Kind.WECHAT_OPENID, "o1", null), 1, "tea"));
    for (String account : Arrays.asList("", "a b", "x".repeat(101))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Payee(Payee.Kind.ALIPAY_USER_ID, account, null))
          .withMessageNotContaining("x");
    }
    assertThatNoException().isThrownBy(() -> payout(PAYEE, 1, "x".repeat(32)));
  }

  @Test
  void whoHasToBeNamedDependsOnTheChannel() {
    Payee openid = new Payee(Payee.Kind.WECHAT_OPENID, "o1", null);
    Payee userId = new Payee(Payee.Kind.ALIPAY_USER_ID, "2088000000000001", null);

    assertThat(openid.needsName(Money.ofFen(199_999))).isFalse();
    assertThat(openid.needsName(Money.ofFen(200_000))).isTrue();
    assertThat(userId.needsName(Money.ofFen(200_000))).isFalse();
    assertThat(PAYEE.needsName(Money.ofFen(1))).isTrue();
  }
}
