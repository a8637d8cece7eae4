package dev.durablecheckout.api.refund;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.activities.refund.RefundDetails;
import dev.durablecheckout.api.checkout.PaymentRepresentation.ChannelRefusal;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A refund as callers see it. */
@Schema(name = "Refund", description = "Money that goes back, or has")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RefundRepresentation(
    @Schema(
            example = "RF-20261124-0001",
            nullable = true,
            description = "the merchant's number; absent where nobody asked for it")
        @Nullable String refundNo,
    @Schema(
            example = "QMFZWC3TFOJXW23DSMF2GS33OMFZWC3TF",
            description = "our number at the channel, the same for ever")
        String outRefundNo,
    @Schema(example = "tea-house.20261124-0001") String checkoutId,
    @Schema(example = "20261124-0001") String merchantOrderNo,
    @Schema(example = "PMFZWC3TFOJXW23DSMF2GS33O_1", description = "the payment that it is of")
        String outTradeNo,
    @Schema(
            example = "alipay",
            allowableValues = {"alipay", "wechat_pay", "wallet"})
        String channel,
    @Schema(
            example = "requested",
            allowableValues = {"requested", "late", "duplicate"},
            description = "late and duplicate payments go back by themselves")
        String kind,
    @Schema(
            example = "processing",
            allowableValues = {"processing", "succeeded", "failed", "abandoned"},
            description =
                "failed: the channel refused, and it can be tried again; abandoned: given up")
        String status,
    @Schema(example = "6400") long amountFen,
    @Schema(example = "12800", description = "what was paid by that payment") long paidFen,
    @Schema(example = "one tin was dented", nullable = true) @Nullable String reason,
    @Schema(example = "20261124-0001", nullable = true) @Nullable String orderNo,
    @Schema(nullable = true) @Nullable List<RefundItemBody> items,
    @Schema(nullable = true) @Nullable Boolean returnStock,
    @Schema(nullable = true) @Nullable Boolean returnVoucher,
    @Schema(nullable = true, description = "when the money went back") @Nullable Instant refundedAt,
    @Schema(nullable = true, description = "why the channel refused, last")
        @Nullable ChannelRefusal refusal) {
  static RefundRepresentation of(RefundDetails details) {
    RefundOrder refund = details.refund();
    RefundRequest request = refund.request();
    return new RefundRepresentation(
        request == null ? null : request.refundNo().value(),
        refund.outRefundNo().value(),
        refund.checkoutId().value(),
        refund.checkoutId().orderNo().value(),
        refund.outTradeNo().value(),
        word(refund.channel()),
        word(refund.reason()),
        word(details.status()),
        refund.amount().amountFen(),
        refund.total().amountFen(),
        request == null ? null : request.note(),
        request == null ? null : request.orderNo(),
        request == null ? null : request.items().stream().map(RefundItemBody::of).toList(),
        request == null ? null : request.returnStock(),
        request == null ? null : request.returnVoucher(),
        details.refundedAt(),
        ChannelRefusal.of(details.refusal()));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
