package dev.durablecheckout.api.serviceorder;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.api.json.JsonBody;
import dev.durablecheckout.workflows.serviceorder.ServiceBill;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/service-orders/{id}/modify}. */
@Schema(name = "ModifyServiceOrderRequest", description = "A lower bill")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ModifyServiceOrderBody(
    @Schema(description = "1 to 100 lines", requiredMode = Schema.RequiredMode.REQUIRED)
        List<ServiceFeeBody> fees,
    @Schema(description = "up to 30 lines", nullable = true)
        @Nullable List<ServiceFeeBody> discounts,
    @Schema(example = "a gift", maxLength = 50, requiredMode = Schema.RequiredMode.REQUIRED)
        String reason) {
  static final int MAX_REASON = 50;

  /** What it says. */
  record Command(ServiceBill bill, String reason) {}

  static Command read(JsonBody json) {
    Fields fields = Fields.of(json);
    ServiceBill bill = ServiceBillBody.read(fields);
    String reason = fields.text("reason", MAX_REASON);
    fields.finish();
    return new Command(bill, reason);
  }
}
