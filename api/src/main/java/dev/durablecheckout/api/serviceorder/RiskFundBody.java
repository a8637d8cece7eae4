package dev.durablecheckout.api.serviceorder;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.serviceorder.RiskFund;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What WeChat vouches for, in a request and in an answer. */
@Schema(name = "RiskFund", description = "What WeChat vouches for")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RiskFundBody(
    @Schema(
            example = "deposit",
            allowableValues = {"deposit", "advance", "cash_deposit", "estimate_order_cost"},
            description =
                "estimate_order_cost: the bill may be higher, up to the limit of the service at"
                    + " WeChat",
            requiredMode = Schema.RequiredMode.REQUIRED)
        String name,
    @Schema(
            example = "9900",
            minimum = "1",
            description = "in fen",
            requiredMode = Schema.RequiredMode.REQUIRED)
        long amountFen) {
  private static final long MAX_FEN = 10_000_000_000L;
  private static final ImmutableMap<String, RiskFund.Name> NAMES =
      Arrays.stream(RiskFund.Name.values())
          .collect(ImmutableMap.toImmutableMap(RiskFundBody::word, name -> name));

  static RiskFundBody of(RiskFund fund) {
    return new RiskFundBody(word(fund.name()), fund.amount().amountFen());
  }

  private static String word(RiskFund.Name name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  static RiskFundBody read(Fields fields) {
    Optional<RiskFund.Name> name = fields.oneOf("name", NAMES);
    return new RiskFundBody(
        name.map(RiskFundBody::word).orElse(""), fields.integer("amount_fen", 1, MAX_FEN));
  }

  /** Of a body without faults. */
  RiskFund fund() {
    return new RiskFund(requireNonNull(NAMES.get(name)), Money.ofFen(amountFen));
  }
}
