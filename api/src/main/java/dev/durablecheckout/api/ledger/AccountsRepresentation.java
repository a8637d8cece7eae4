package dev.durablecheckout.api.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accounts that something was posted to. */
@Schema(name = "LedgerAccounts", description = "Accounts that something was posted to")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AccountsRepresentation(
    @Schema(example = "[\"CHANNEL/ALIPAY\", \"SALES\"]") List<String> accounts,
    @Schema(nullable = true, description = "after, for the ones behind these; absent at the end")
        @Nullable String next) {}
