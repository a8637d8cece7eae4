package dev.durablecheckout.sandbox.gateway.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TradeNumbersTest {
  private static final Instant LATE_IN_THE_DAY = Instant.parse("2026-03-01T16:30:00Z");

  private static TradeNumbers numbers() {
    return new TradeNumbers(new Random(1));
  }

  @Test
  void areNeverGivenTwice() {
    String tradeNo = numbers().tradeNo(LATE_IN_THE_DAY, taken -> false);
    String code = numbers().code(taken -> false);

    assertThat(numbers().tradeNo(LATE_IN_THE_DAY, tradeNo::equals)).isNotEqualTo(tradeNo);
    assertThat(numbers().code(code::equals)).isNotEqualTo(code);
  }

  @Test
  void beginWithTheDayInBeijing() {
    assertThat(numbers().tradeNo(LATE_IN_THE_DAY, taken -> false)).matches("20260302[0-9]{20}");
  }
}
