package dev.durablecheckout.api.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.activities.ledger.AccountBalance;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each account of a merchant comes to. */
@Schema(
    name = "TrialBalance",
    description = "What each account comes to, on the side it is on. Both sides have the same sum")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TrialBalanceRepresentation(
    @Schema(nullable = true, description = "as it was asked for: before that time")
        @Nullable Instant at,
    @Schema(example = "CNY") String currency,
    List<Line> accounts,
    @Schema(example = "12800", description = "the sum of all debits") long debitFen,
    @Schema(example = "12800", description = "the sum of all credits, always the same")
        long creditFen) {
  /** One account. */
  @Schema(name = "TrialBalanceLine")
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Line(
      @Schema(example = "CHANNEL/ALIPAY", description = "WALLET stands for all of them")
          String account,
      @Schema(example = "12800", description = "what the merchant has there, or is owed")
          long debitFen,
      @Schema(example = "0", description = "what it owes, or has earned") long creditFen) {
    static Line of(AccountBalance balance) {
      return new Line(balance.account().label(), balance.debitFen(), balance.creditFen());
    }
  }

  static TrialBalanceRepresentation of(@Nullable Instant at, List<AccountBalance> balances) {
    return new TrialBalanceRepresentation(
        at,
        "CNY",
        balances.stream().map(Line::of).toList(),
        balances.stream().mapToLong(AccountBalance::debitFen).sum(),
        balances.stream().mapToLong(AccountBalance::creditFen).sum());
  }
}
