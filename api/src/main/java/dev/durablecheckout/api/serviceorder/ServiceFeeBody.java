package dev.durablecheckout.api.serviceorder;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.serviceorder.ServiceFee;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One line of a bill, or one discount on it, in a request and in an answer. */
@Schema(name = "ServiceFee", description = "One line of a bill, or one discount on it")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ServiceFeeBody(
    @Schema(example = "Umbrella", maxLength = 20, requiredMode = Schema.RequiredMode.REQUIRED)
        String name,
    @Schema(
            example = "1500",
            minimum = "0",
            description = "of the line, whatever its count, in fen",
            requiredMode = Schema.RequiredMode.REQUIRED)
        long amountFen,
    @Schema(example = "5 yuan an hour", maxLength = 30, nullable = true)
        @Nullable String description,
    @Schema(example = "3", minimum = "1", maximum = "100", nullable = true)
        @Nullable Integer count) {
  private static final int MAX_NAME = 20;
  private static final int MAX_DESCRIPTION = 30;
  private static final int MAX_COUNT = 100;
  private static final long MAX_FEN = 10_000_000_000L;

  static ServiceFeeBody of(ServiceFee fee) {
    return new ServiceFeeBody(fee.name(), fee.amount().amountFen(), fee.description(), fee.count());
  }

  static ServiceFee read(Fields fields) {
    return new ServiceFee(
        fields.text("name", MAX_NAME),
        Money.ofFen(fields.integer("amount_fen", 0, MAX_FEN)),
        fields.optionalText("description", MAX_DESCRIPTION).orElse(null),
        fields.optionalInteger("count", 1, MAX_COUNT).map(Long::intValue).orElse(null));
  }
}
