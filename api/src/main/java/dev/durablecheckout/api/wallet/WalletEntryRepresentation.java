package dev.durablecheckout.api.wallet;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.activities.wallet.WalletEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** A line of a wallet's statement as its merchant sees it. */
@Schema(name = "WalletEntry", description = "Money that came into a wallet, or went out of it")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WalletEntryRepresentation(
    @Schema(example = "4711", description = "grows with each entry of the wallet") long number,
    Instant at,
    @Schema(
            example = "top_up",
            allowableValues = {
              "top_up",
              "wallet_payment",
              "wallet_refund",
              "withdrawal_hold",
              "withdrawal_release",
              "withdrawal_returned"
            })
        String kind,
    @Schema(example = "5000", description = "0 if it went out") long inFen,
    @Schema(example = "0", description = "0 if it came in") long outFen,
    @Schema(example = "5000", description = "in the wallet afterwards") long balanceFen,
    @Schema(
            example = "{\"checkout_id\":\"tea-house.20261124-0001\"}",
            description = "the business numbers behind it")
        Map<String, String> numbers) {
  static WalletEntryRepresentation of(WalletEntry entry) {
    return new WalletEntryRepresentation(
        entry.number(),
        entry.at(),
        entry.kind().name().toLowerCase(Locale.ROOT),
        entry.in().amountFen(),
        entry.out().amountFen(),
        entry.balance().amountFen(),
        entry.numbers());
  }
}
