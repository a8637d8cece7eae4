package dev.durablecheckout.api.serviceorder;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import io.swagger.v3.oas.annotations.media.Schema;

/** A service order of which nothing is known yet but that it was asked for. */
@Schema(name = "PendingServiceOrder", description = "There is no answer yet: ask again at Location")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PendingServiceOrder(
    @Schema(example = "tea-house.UMBRELLA-0001") String serviceOrderId,
    @Schema(example = "UMBRELLA-0001") String merchantOrderNo,
    @Schema(
            example = "unknown",
            allowableValues = {"unknown"})
        String status) {
  static PendingServiceOrder of(ServiceOrderId id) {
    return new PendingServiceOrder(id.value(), id.orderNo().value(), "unknown");
  }
}
