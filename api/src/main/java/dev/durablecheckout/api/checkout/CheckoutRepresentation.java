package dev.durablecheckout.api.checkout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.common.collect.ImmutableList;
import dev.durablecheckout.activities.checkout.CheckoutDetails;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutPurpose;
import dev.durablecheckout.workflows.checkout.CheckoutRecord;
import dev.durablecheckout.workflows.checkout.CheckoutRequest;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.checkout.CheckoutView;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import dev.durablecheckout.workflows.payment.PaymentView;
import dev.durablecheckout.workflows.payment.Settlement;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A checkout as callers see it. */
@Schema(name = "Checkout", description = "A checkout")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CheckoutRepresentation(
    @Schema(example = "tea-house.20261124-0001") String checkoutId,
    @Schema(example = "20261124-0001") String merchantOrderNo,
    @Schema(
            example = "sale",
            allowableValues = {"sale", "wallet_top_up"},
            nullable = true,
            description = "what is paid for; absent while the books cannot be read")
        @Nullable String purpose,
    @Schema(
            example = "awaiting_payment",
            allowableValues = {"awaiting_payment", "paid", "closed"})
        String status,
    @Schema(
            nullable = true,
            example = "expired",
            allowableValues = {"expired", "cancelled"},
            description = "why it is closed")
        @Nullable String closeReason,
    @Schema(example = "12800") long amountFen,
    @Schema(example = "CNY") String currency,
    @Schema(example = "0", description = "what settled it: the whole amount or nothing")
        long paidFen,
    @Schema(
            example = "0",
            nullable = true,
            description =
                "what has gone back, also of payments that did not settle it; absent while the"
                    + " books cannot be read")
        @Nullable Long refundedFen,
    @Schema(
            example = "none",
            nullable = true,
            allowableValues = {"none", "partial", "full"},
            description = "what has gone back of the payment that settled it")
        @Nullable String refundStatus,
    @Schema(description = "after it no payment can begin") Instant deadline,
    @Schema(
            nullable = true,
            example = "amount_mismatch",
            allowableValues = {
              "amount_mismatch",
              "channel_unreachable",
              "refund_failed",
              "event_undelivered",
              "refund_slow"
            },
            description = "why a person should look")
        @Nullable String attention,
    @Schema(
            example = "https://pay.example/cashier/dGVhLWhvdXNl...",
            description = "the page on which the buyer pays")
        String cashierUrl,
    @Schema(nullable = true) @Nullable PaymentRepresentation payment,
    @Schema(nullable = true, description = "absent while the books cannot be read")
        @Nullable List<OrderRepresentation> orders,
    @Schema(nullable = true) @Nullable String returnUrl,
    @Schema(nullable = true) @Nullable Map<String, String> metadata) {
  private static final String CURRENCY = "CNY";

  /** What a request has just opened. */
  static CheckoutRepresentation of(CheckoutView view, CheckoutRequest request, String cashierUrl) {
    return of(
        view,
        0L,
        cashierUrl,
        ImmutableList.of(
            OrderRepresentation.of(
                request.checkoutId().orderNo(),
                request.subject(),
                request.buyerId(),
                request.amount(),
                request.items(),
                request.voucher())),
        request.returnUrl(),
        request.metadata(),
        request.purpose());
  }

  /** All that the workflow knows, for when the books cannot be read. */
  static CheckoutRepresentation of(CheckoutView view, String cashierUrl) {
    return of(view, null, cashierUrl, null, null, null, null);
  }

  private static CheckoutRepresentation of(
      CheckoutView view,
      @Nullable Long refundedFen,
      String cashierUrl,
      @Nullable List<OrderRepresentation> orders,
      @Nullable String returnUrl,
      @Nullable Map<String, String> metadata,
      @Nullable CheckoutPurpose purpose) {
    CheckoutId id = view.checkoutId();
    PaymentView payment = view.payment();
    return new CheckoutRepresentation(
        id.value(),
        id.orderNo().value(),
        Wire.wordOrNull(purpose),
        Wire.word(view.status()),
        Wire.wordOrNull(view.closeReason()),
        view.amount().amountFen(),
        CURRENCY,
        view.status() == CheckoutStatus.PAID ? view.amount().amountFen() : 0,
        refundedFen,
        refundedFen == null ? null : "none",
        view.deadline(),
        Wire.wordOrNull(view.attention()),
        cashierUrl,
        payment == null ? null : PaymentRepresentation.of(payment),
        orders,
        returnUrl,
        metadata);
  }

  /**
   * What the books have.
   *
   * @param live the latest attempt as the workflow has it, with its credential, if it answered
   */
  static CheckoutRepresentation of(
      CheckoutDetails details, @Nullable PaymentView live, String cashierUrl) {
    CheckoutRecord checkout = details.checkout();
    CheckoutId id = checkout.checkoutId();

    return new CheckoutRepresentation(
        id.value(),
        id.orderNo().value(),
        Wire.word(details.purpose()),
        Wire.word(checkout.status()),
        Wire.wordOrNull(checkout.closeReason()),
        checkout.amount().amountFen(),
        CURRENCY,
        details.paid().amountFen(),
        details.refunded().amountFen(),
        refundStatus(details),
        checkout.deadline(),
        Wire.wordOrNull(checkout.attention()),
        cashierUrl,
        live != null && checkout.status() == CheckoutStatus.AWAITING_PAYMENT
            ? PaymentRepresentation.of(live)
            : telling(checkout).map(PaymentRepresentation::of).orElse(null),
        ImmutableList.of(
            OrderRepresentation.of(
                id.orderNo(),
                details.subject(),
                details.buyerId(),
                checkout.amount(),
                details.items(),
                details.voucher())),
        details.returnUrl(),
        details.metadata());
  }

  private static String refundStatus(CheckoutDetails details) {
    if (details.refundedOfPaid().equals(Money.ZERO)) {
      return "none";
    }
    return details.refundedOfPaid().equals(details.paid()) ? "full" : "partial";
  }

  /** The payment that settled the checkout, else the latest attempt. */
  private static Optional<PayOrderRecord> telling(CheckoutRecord checkout) {
    return checkout.payOrders().stream()
        .max(
            Comparator.comparing((PayOrderRecord order) -> order.settlement() == Settlement.SETTLED)
                .thenComparing(order -> order.payOrder().attempt()));
  }
}
