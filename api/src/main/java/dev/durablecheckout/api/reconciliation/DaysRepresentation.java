package dev.durablecheckout.api.reconciliation;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Days, and the page that shows a month of them. */
@Schema(name = "Reconciliations")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record DaysRepresentation(
    List<DayRepresentation> reconciliations,
    @Schema(
            format = "uri",
            description =
                "A page for a browser, of the month of the last day. Whoever has the link sees it, for"
                    + " an hour")
        String reportUrl) {}
