package dev.durablecheckout.api.serviceorder;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.api.json.JsonBody;
import dev.durablecheckout.workflows.serviceorder.CompleteServiceOrder;
import dev.durablecheckout.workflows.serviceorder.ServiceBill;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/service-orders/{id}/complete}. */
@Schema(name = "CompleteServiceOrderRequest", description = "The service has ended")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CompleteServiceOrderBody(
    @Schema(
            description = "1 to 100 lines; the fees less the discounts are collected",
            requiredMode = Schema.RequiredMode.REQUIRED)
        List<ServiceFeeBody> fees,
    @Schema(description = "up to 30 lines", nullable = true)
        @Nullable List<ServiceFeeBody> discounts,
    @Schema(
            example = "2026-11-24T12:30:00+08:00",
            nullable = true,
            description = "when it ended; left out: now")
        @Nullable Instant endedAt) {
  static CompleteServiceOrder read(JsonBody json) {
    Fields fields = Fields.of(json);
    ServiceBill bill = ServiceBillBody.read(fields);
    Optional<Instant> endedAt = fields.optionalTime("ended_at");
    fields.finish();
    return new CompleteServiceOrder(bill, endedAt.orElse(null));
  }
}
