package dev.durablecheckout.api.wallet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.activities.wallet.WalletEntry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a wallet's statement. */
@Schema(name = "WalletStatement", description = "What happened to a wallet, the latest first")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WalletStatementRepresentation(
    @Schema(example = "buyer-81") String buyerId,
    @Schema(example = "CNY") String currency,
    List<WalletEntryRepresentation> entries,
    @Schema(
            example = "4711",
            nullable = true,
            description = "there is more: ask for what is before this entry")
        @Nullable Long before) {
  /**
   * @param found one more than the page takes, if there is more
   */
  static WalletStatementRepresentation of(String buyerId, List<WalletEntry> found, int limit) {
    List<WalletEntry> page = found.size() > limit ? found.subList(0, limit) : found;
    return new WalletStatementRepresentation(
        buyerId,
        "CNY",
        page.stream().map(WalletEntryRepresentation::of).toList(),
        found.size() > limit ? page.get(page.size() - 1).number() : null);
  }
}
