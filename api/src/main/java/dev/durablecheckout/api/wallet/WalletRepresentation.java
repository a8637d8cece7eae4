package dev.durablecheckout.api.wallet;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.activities.wallet.Wallet;
import io.swagger.v3.oas.annotations.media.Schema;

/** A wallet as its merchant sees it. */
@Schema(name = "Wallet", description = "What a buyer can pay from")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WalletRepresentation(
    @Schema(example = "buyer-81") String buyerId,
    @Schema(example = "5000", description = "0 for a buyer whose wallet was never filled")
        long balanceFen,
    @Schema(example = "CNY") String currency) {
  static WalletRepresentation of(Wallet wallet) {
    return new WalletRepresentation(wallet.buyerId(), wallet.balance().amountFen(), "CNY");
  }
}
