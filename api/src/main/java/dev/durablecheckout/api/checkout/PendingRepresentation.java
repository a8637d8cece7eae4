package dev.durablecheckout.api.checkout;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import io.swagger.v3.oas.annotations.media.Schema;

/** A checkout of which nothing is known yet but that it was asked for. */
@Schema(name = "PendingCheckout", description = "There is no answer yet: ask again at Location")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PendingRepresentation(
    @Schema(example = "tea-house.20261124-0001") String checkoutId,
    @Schema(example = "20261124-0001") String merchantOrderNo,
    @Schema(
            example = "opening",
            allowableValues = {"opening", "unknown"},
            description = "opening: not stored yet; unknown: stored, with nobody to ask right now")
        String status) {
  static PendingRepresentation opening(CheckoutId id) {
    return new PendingRepresentation(id.value(), id.orderNo().value(), "opening");
  }

  static PendingRepresentation unknown(CheckoutId id) {
    return new PendingRepresentation(id.value(), id.orderNo().value(), "unknown");
  }
}
