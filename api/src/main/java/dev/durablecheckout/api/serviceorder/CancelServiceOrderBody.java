package dev.durablecheckout.api.serviceorder;

import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.api.json.JsonBody;
import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code POST /v1/service-orders/{id}/cancel}. */
@Schema(name = "CancelServiceOrderRequest", description = "The order is given up")
public record CancelServiceOrderBody(
    @Schema(
            example = "out of umbrellas",
            maxLength = 50,
            requiredMode = Schema.RequiredMode.REQUIRED)
        String reason) {
  static String read(JsonBody json) {
    Fields fields = Fields.of(json);
    String reason = fields.text("reason", ModifyServiceOrderBody.MAX_REASON);
    fields.finish();
    return reason;
  }
}
