package dev.durablecheckout.api.checkout;

import static java.util.Objects.requireNonNull;

import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.api.json.JsonBody;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayMethod;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/checkouts/{id}/payments}, and a part of the first request. */
@Schema(name = "PayRequest", description = "Pay again, or in another way")
public record PayBody(
    @Schema(
            example = "alipay",
            allowableValues = {"alipay", "wechat_pay", "wallet"},
            requiredMode = Schema.RequiredMode.REQUIRED)
        String channel,
    @Schema(
            example = "page",
            allowableValues = {
              "qr",
              "page",
              "wap",
              "app",
              "barcode",
              "jsapi",
              "mini_program",
              "h5",
              "balance"
            },
            description = "one that the channel has",
            requiredMode = Schema.RequiredMode.REQUIRED)
        String method,
    @Schema(nullable = true) @Nullable PayerBody payer) {

  static PayChoice read(JsonBody body) {
    Fields fields = Fields.of(body);
    Optional<PayChoice> choice = readChoice(fields).map(PayBody::choice);
    fields.finish();
    return choice.orElseThrow();
  }

  /** Absent only if a fault was noted. */
  static Optional<PayBody> readChoice(Fields fields) {
    Optional<Channel> channel = fields.oneOf("channel", Wire.CHANNELS);
    Optional<PayMethod> method = fields.oneOf("method", Wire.METHODS);
    Optional<PayerBody> payer = fields.optionalObject("payer", PayerBody::read);
    if (channel.isEmpty() || method.isEmpty()) {
      return Optional.empty();
    }
    if (channel.get().methods().contains(method.get())) {
      PayerBody.check(fields, method.get(), payer);
    } else {
      fields.fault(
          "method",
          "unsupported",
          Wire.word(channel.get()) + " has: " + Wire.words(channel.get().methods()));
    }
    return Optional.of(
        new PayBody(Wire.word(channel.get()), Wire.word(method.get()), payer.orElse(null)));
  }

  PayChoice choice() {
    return new PayChoice(
        requireNonNull(Wire.CHANNELS.get(channel)),
        requireNonNull(Wire.METHODS.get(method)),
        payer == null ? null : payer.payer());
  }
}
