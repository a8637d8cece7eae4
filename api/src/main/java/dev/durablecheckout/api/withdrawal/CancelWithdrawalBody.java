package dev.durablecheckout.api.withdrawal;

import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.api.json.JsonBody;
import io.swagger.v3.oas.annotations.media.Schema;

/** The body of {@code POST /v1/withdrawals/{id}/cancel}. */
@Schema(name = "CancelWithdrawalRequest", description = "The withdrawal is taken back")
public record CancelWithdrawalBody(
    @Schema(
            example = "the buyer changed their mind",
            maxLength = 100,
            requiredMode = Schema.RequiredMode.REQUIRED)
        String reason) {
  private static final int MAX_REASON = 100;

  static String read(JsonBody json) {
    Fields fields = Fields.of(json);
    String reason = fields.text("reason", MAX_REASON);
    fields.finish();
    return reason;
  }
}
