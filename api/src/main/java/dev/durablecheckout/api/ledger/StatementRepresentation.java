package dev.durablecheckout.api.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.activities.ledger.PostingKind;
import dev.durablecheckout.activities.ledger.StatementLine;
import dev.durablecheckout.activities.ledger.StatementPage;
import dev.durablecheckout.activities.ledger.StatementPeriod;
import dev.durablecheckout.activities.ledger.StatementPosition;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What moved an account in a time, or a page of it. */
@Schema(
    name = "Statement",
    description =
        "What moved an account, by time of posting, or a page of it. A balance is debits less"
            + " credits: below zero where the merchant owes it, or has earned it")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record StatementRepresentation(
    @Schema(example = "CHANNEL/ALIPAY") String account,
    @Schema(example = "CNY") String currency,
    @Schema(nullable = true, description = "from this time on; absent for all there is")
        @Nullable Instant from,
    @Schema(description = "before this time: the time of asking, where none was given") Instant to,
    @Schema(example = "0", description = "before the first of these lines") long openingBalanceFen,
    List<Line> lines,
    @Schema(example = "12800", description = "after the last of these lines")
        long closingBalanceFen,
    @Schema(
            example = "1764152769000000.315281.1.12800",
            nullable = true,
            description = "after, for the page behind this one; absent on the last")
        @Nullable String next) {
  /** One line of a posting. */
  @Schema(name = "StatementLine")
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Line(
      Instant postedAt,
      @Schema(example = "payment:AB12_1", description = "what happened, once for all")
          String businessKey,
      @Schema(example = "payment") String kind,
      @Schema(example = "12800") long debitFen,
      @Schema(example = "0") long creditFen,
      @Schema(example = "12800", description = "after this line") long balanceFen,
      @Schema(description = "the numbers behind it") Map<String, String> detail) {
    static Line of(StatementLine line) {
      return new Line(
          line.position().at(),
          line.key().value(),
          word(line.kind()),
          line.debit().amountFen(),
          line.credit().amountFen(),
          line.position().balanceFen(),
          line.detail());
    }
  }

  static String word(PostingKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  static StatementRepresentation of(StatementPeriod period, StatementPage page) {
    return new StatementRepresentation(
        period.account().label(),
        "CNY",
        period.from().equals(StatementPeriod.BEGINNING) ? null : period.from(),
        period.to(),
        page.openingFen(),
        page.lines().stream().map(Line::of).toList(),
        page.closingFen(),
        page.next().map(StatementPosition::text).orElse(null));
  }
}
