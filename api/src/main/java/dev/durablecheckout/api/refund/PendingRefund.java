package dev.durablecheckout.api.refund;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.workflows.refund.RefundNo;
import io.swagger.v3.oas.annotations.media.Schema;

/** A refund of which nothing is known yet but that it was asked for. */
@Schema(name = "PendingRefund", description = "There is no answer yet: ask again at Location")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PendingRefund(
    @Schema(example = "RF-20261124-0001") String refundNo,
    @Schema(
            example = "unknown",
            allowableValues = {"unknown"})
        String status) {
  static PendingRefund of(RefundNo refundNo) {
    return new PendingRefund(refundNo.value(), "unknown");
  }
}
