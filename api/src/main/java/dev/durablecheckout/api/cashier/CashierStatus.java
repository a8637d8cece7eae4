package dev.durablecheckout.api.cashier;

import dev.durablecheckout.activities.checkout.CheckoutDetails;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/**
 * What a page that is open has to know.
 *
 * @param version changes whenever the page has to be drawn anew
 */
record CashierStatus(String state, String version) {
  static CashierStatus of(CheckoutDetails details, Instant now) {
    String state = CashierState.of(details, now).wire();
    String attempt =
        details.checkout().payOrders().stream()
            .max(Comparator.comparing((PayOrderRecord order) -> order.payOrder().attempt()))
            .map(
                order ->
                    order.payOrder().attempt()
                        + "-"
                        + order.status().name().toLowerCase(Locale.ROOT))
            .orElse("0");
    return new CashierStatus(state, state + "-" + attempt);
  }
}
