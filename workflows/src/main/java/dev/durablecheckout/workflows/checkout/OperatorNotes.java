package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.payment.PaymentView;
import org.jspecify.annotations.Nullable;

/**
 * What an operator reads on the checkout's page in the Temporal UI: where it stands and what to do.
 * Markdown.
 */
final class OperatorNotes {
  private OperatorNotes() {}

  static String of(CheckoutView view) {
    StringBuilder notes = new StringBuilder();
    notes.append("**").append(view.status()).append("** ");
    notes.append(
        switch (view.status()) {
          case AWAITING_PAYMENT -> "until " + view.deadline();
          case PAID -> "";
          case CLOSED -> "(" + view.closeReason() + ")";
        });
    notes.append("\n\n").append(view.amount());
    PaymentView payment = view.payment();
    if (payment != null) {
      notes.append(", ").append(payment.channel()).append(' ').append(payment.method());
      notes.append(", `").append(payment.outTradeNo()).append("` ").append(payment.status());
      if (payment.refusal() != null) {
        notes
            .append(", refused by the channel: `")
            .append(payment.refusal().channelCode())
            .append('`');
      }
    }
    return notes.append(whatToDo(view.attention())).toString();
  }

  private static String whatToDo(@Nullable Attention attention) {
    if (attention == null) {
      return "\n\nNothing to do.";
    }
    String advice =
        switch (attention) {
          case AMOUNT_MISMATCH ->
              "The channel took another amount than asked. Compare with the channel's own page and settle it there.";
          case CHANNEL_UNREACHABLE ->
              "The channel gives no usable answer; calls are being retried. Check its status and our credentials.";
          case REFUND_FAILED ->
              "A refund was refused. Open the `refund:` workflow of this payment; it says what to do.";
          case REFUND_SLOW ->
              "The channel has had a refund under way for days. Open its `refund:` workflow, and ask the channel.";
          case EVENT_UNDELIVERED ->
              "The order system does not acknowledge; delivery goes on. Check its endpoint and secret.";
        };
    return "\n\n**Attention: " + attention + "**. " + advice;
  }
}
