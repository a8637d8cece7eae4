package dev.durablecheckout.api.serviceorder;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.api.json.JsonBody;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** The body of {@code POST /v1/service-orders/{id}/sync}. */
@Schema(name = "SyncServiceOrderRequest", description = "The buyer has paid in another way")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SyncServiceOrderBody(
    @Schema(example = "2026-11-24T12:30:00+08:00", requiredMode = Schema.RequiredMode.REQUIRED)
        Instant paidAt) {
  static Instant read(JsonBody json) {
    Fields fields = Fields.of(json);
    Instant paidAt = fields.time("paid_at");
    fields.finish();
    return paidAt;
  }
}
