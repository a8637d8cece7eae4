package dev.durablecheckout.api.refund;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.activities.refund.RefundDetails;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The refunds of a checkout. */
@Schema(name = "Refunds", description = "All refunds of a checkout, oldest first")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RefundsRepresentation(
    @Schema(example = "tea-house.20261124-0001") String checkoutId,
    List<RefundRepresentation> refunds) {
  static RefundsRepresentation of(CheckoutId checkout, List<RefundDetails> refunds) {
    return new RefundsRepresentation(
        checkout.value(), refunds.stream().map(RefundRepresentation::of).toList());
  }
}
