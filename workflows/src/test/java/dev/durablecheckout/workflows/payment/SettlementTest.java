package dev.durablecheckout.workflows.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When it was paid counts, not when we heard of it. */
final class SettlementTest {
  private static final Instant DEADLINE = Instant.parse("2026-03-01T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "AWAITING_PAYMENT, -1, SETTLED",
    "AWAITING_PAYMENT,  0, SETTLED",
    "AWAITING_PAYMENT,  1, LATE",
    "AWAITING_PAYMENT,   , SETTLED",
    "PAID,             -1, DUPLICATE",
    "PAID,              1, DUPLICATE",
    "CLOSED,           -1, LATE",
    "CLOSED,            1, LATE"
  })
  void theTimeOfThePaymentDecides(
      CheckoutStatus status, Integer secondsAfterTheDeadline, Settlement settlement) {
    Instant paidAt =
        secondsAfterTheDeadline == null ? null : DEADLINE.plusSeconds(secondsAfterTheDeadline);
    assertThat(Settlement.of(status, DEADLINE, paidAt)).isEqualTo(settlement);
  }
}
