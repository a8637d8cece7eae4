package dev.durablecheckout.api.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a day's differences. */
@Schema(name = "ReconciliationItems")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ItemsRepresentation(
    List<ItemRepresentation> items,
    @Schema(description = "To be given as after, for the next page; absent on the last one")
        @Nullable Long next) {}
