package dev.durablecheckout.api.checkout;

import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.api.json.JsonBody;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayMethod;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;

/** The body of {@code POST /v1/checkouts/{id}/payments}. */
@Schema(name = "PayRequest", description = "Pay again, or in another way")
public record PayBody(
    @Schema(
            example = "alipay",
            allowableValues = {"alipay"},
            requiredMode = Schema.RequiredMode.REQUIRED)
        String channel,
    @Schema(
            example = "page",
            allowableValues = {"qr", "page"},
            requiredMode = Schema.RequiredMode.REQUIRED)
        String method) {

  static PayChoice read(JsonBody body) {
    Fields fields = Fields.of(body);
    Optional<PayChoice> choice = readChoice(fields);
    fields.finish();
    return choice.orElseThrow();
  }

  /** Absent only if a fault was noted. */
  static Optional<PayChoice> readChoice(Fields fields) {
    Optional<Channel> channel = fields.oneOf("channel", Wire.CHANNELS);
    Optional<PayMethod> method = fields.oneOf("method", Wire.METHODS);
    return channel.isPresent() && method.isPresent()
        ? Optional.of(new PayChoice(channel.get(), method.get()))
        : Optional.empty();
  }
}
