package dev.durablecheckout.api.withdrawal;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.Schema;

/** A withdrawal of which nothing is known yet but what was asked for. */
@Schema(name = "PendingWithdrawal", description = "There is no answer yet: ask again at Location")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PendingWithdrawal(
    @Schema(example = "OUT-0001") String withdrawalNo,
    @Schema(
            example = "unknown",
            allowableValues = {"unknown"})
        String status) {}
