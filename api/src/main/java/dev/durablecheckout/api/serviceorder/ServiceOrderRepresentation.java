package dev.durablecheckout.api.serviceorder;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.common.collect.ImmutableList;
import dev.durablecheckout.activities.serviceorder.ServiceOrderRow;
import dev.durablecheckout.api.checkout.PaymentRepresentation.ChannelRefusal;
import dev.durablecheckout.api.checkout.PaymentRepresentation.Credential;
import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.serviceorder.ServiceBill;
import dev.durablecheckout.workflows.serviceorder.ServiceFee;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRecord;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A service order as callers see it. */
@Schema(name = "ServiceOrder")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ServiceOrderRepresentation(
    @Schema(example = "tea-house.UMBRELLA-0001") String serviceOrderId,
    @Schema(example = "UMBRELLA-0001") String merchantOrderNo,
    @Schema(
            example = "confirmed",
            allowableValues = {
              "created",
              "confirmed",
              "completed",
              "settled",
              "cancelled",
              "expired",
              "refused"
            })
        String status,
    @Schema(nullable = true, description = "why a person should look") @Nullable String attention,
    RiskFundBody riskFund,
    @Schema(nullable = true, description = "what the buyer confirms it with, while created")
        @Nullable Credential credential,
    @Schema(nullable = true, description = "why WeChat did not take it, for refused")
        @Nullable ChannelRefusal refusal,
    @Schema(nullable = true, description = "when the buyer confirmed it")
        @Nullable Instant startedAt,
    @Schema(nullable = true) @Nullable Instant endedAt,
    @Schema(nullable = true) @Nullable List<ServiceFeeBody> fees,
    @Schema(nullable = true) @Nullable List<ServiceFeeBody> discounts,
    @Schema(nullable = true, description = "what is collected") @Nullable Long totalFen,
    @Schema(nullable = true, description = "what WeChat has collected") @Nullable Long paidFen,
    @Schema(nullable = true, description = "WeChat's number of the payment")
        @Nullable String transactionId) {
  static ServiceOrderRepresentation of(ServiceOrderView view) {
    return of(
        new ServiceOrderRecord(
            view.id(),
            view.status(),
            view.attention(),
            view.startedAt(),
            view.endedAt(),
            view.bill(),
            view.transactionId(),
            view.paid(),
            view.refusal(),
            ImmutableList.of()),
        RiskFundBody.of(view.riskFund()),
        view.credential());
  }

  static ServiceOrderRepresentation of(ServiceOrderRow row, @Nullable PayCredential credential) {
    return of(row.order(), RiskFundBody.of(row.riskFund()), credential);
  }

  private static ServiceOrderRepresentation of(
      ServiceOrderRecord order, RiskFundBody riskFund, @Nullable PayCredential credential) {
    Attention attention = order.attention();
    ServiceBill bill = order.bill();
    Money paid = order.paid();
    TradeNo transactionId = order.transactionId();
    return new ServiceOrderRepresentation(
        order.id().value(),
        order.id().orderNo().value(),
        order.status().name().toLowerCase(Locale.ROOT),
        attention == null ? null : attention.name().toLowerCase(Locale.ROOT),
        riskFund,
        Credential.of(credential),
        ChannelRefusal.of(order.refusal()),
        order.startedAt(),
        order.endedAt(),
        bill == null ? null : fees(bill.fees()),
        bill == null ? null : fees(bill.discounts()),
        bill == null ? null : bill.total().amountFen(),
        paid == null ? null : paid.amountFen(),
        transactionId == null ? null : transactionId.value());
  }

  private static List<ServiceFeeBody> fees(List<ServiceFee> fees) {
    return fees.stream().map(ServiceFeeBody::of).toList();
  }
}
