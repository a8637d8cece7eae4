package dev.durablecheckout.api.cashier;

import dev.durablecheckout.activities.checkout.CheckoutDetails;
import dev.durablecheckout.workflows.checkout.CheckoutRecord;
import dev.durablecheckout.workflows.checkout.CloseReason;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.Settlement;
import java.time.Instant;
import java.util.Locale;

/** What a buyer is told. */
enum CashierState {
  /** It can be paid. */
  WAITING,
  /** The deadline has passed; the channel is being asked whether money came first. */
  CLOSING,
  PAID,
  /** Paid, and a further payment is going back. */
  PAID_REFUNDING,
  /** Paid, and a further payment has gone back. */
  PAID_REFUNDED,
  EXPIRED,
  CANCELLED,
  /** Closed; a payment that came too late is going back. */
  REFUNDING,
  /** Closed; a payment that came too late has gone back. */
  REFUNDED;

  static CashierState of(CheckoutDetails details, Instant now) {
    CheckoutRecord checkout = details.checkout();
    Money stray =
        checkout.payOrders().stream()
            .filter(CashierState::isStray)
            .map(order -> order.payOrder().amount())
            .reduce(Money.ZERO, Money::plus);
    boolean anyStray = !stray.equals(Money.ZERO);
    // What the merchant gave back of the payment that counts is no matter of the stray ones.
    boolean back = details.refunded().minus(details.refundedOfPaid()).compareTo(stray) >= 0;
    return switch (checkout.status()) {
      case AWAITING_PAYMENT -> now.isBefore(checkout.deadline()) ? WAITING : CLOSING;
      case PAID -> anyStray ? (back ? PAID_REFUNDED : PAID_REFUNDING) : PAID;
      case CLOSED -> {
        if (anyStray) {
          yield back ? REFUNDED : REFUNDING;
        }
        yield checkout.closeReason() == CloseReason.CANCELLED ? CANCELLED : EXPIRED;
      }
    };
  }

  private static boolean isStray(PayOrderRecord order) {
    return order.status() == PayOrderStatus.SUCCEEDED && order.settlement() != Settlement.SETTLED;
  }

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
