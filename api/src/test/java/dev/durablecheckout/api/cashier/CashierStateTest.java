package dev.durablecheckout.api.cashier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.checkout.CheckoutDetails;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutPurpose;
import dev.durablecheckout.workflows.checkout.CheckoutRecord;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.Settlement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a buyer is told of a checkout of which money has gone back. */
final class CashierStateTest {
  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");
  private static final CheckoutId ID = CheckoutId.parse("shop.A");

  /** What the merchant gave back of the payment that counts is not what was paid a second time. */
  @ParameterizedTest
  @CsvSource({"0, 0, PAID_REFUNDING", "100, 100, PAID_REFUNDING", "200, 100, PAID_REFUNDED"})
  void aSecondPaymentGoesBackForItself(long refunded, long ofPaid, CashierState state) {
    CheckoutDetails details =
        new CheckoutDetails(
            new CheckoutRecord(
                ID,
                CheckoutStatus.PAID,
                null,
                new Money(100),
                NOW,
                null,
                List.of(paid(1, Settlement.SETTLED), paid(2, Settlement.DUPLICATE)),
                null),
            "r",
            "f",
            "Tea",
            "b",
            List.of(),
            null,
            null,
            Map.of(),
            CheckoutPurpose.SALE,
            new Money(100),
            new Money(refunded),
            new Money(ofPaid),
            NOW);
    assertThat(CashierState.of(details, NOW)).isEqualTo(state);
  }

  private static PayOrderRecord paid(int attempt, Settlement settlement) {
    PayOrder payOrder =
        new PayOrder(
            OutTradeNo.of(ID, attempt),
            ID,
            attempt,
            Channel.ALIPAY,
            PayMethod.QR,
            new Money(100),
            "Tea",
            NOW,
            null,
            "b",
            null);
    return new PayOrderRecord(payOrder, PayOrderStatus.SUCCEEDED, settlement, null, NOW);
  }
}
