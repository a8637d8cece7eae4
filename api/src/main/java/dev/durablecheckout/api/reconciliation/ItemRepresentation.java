package dev.durablecheckout.api.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.activities.reconciliation.ItemReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One difference as its merchant sees it. */
@Schema(name = "ReconciliationItem", description = "A difference between a bill and the books")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ItemRepresentation(
    @Schema(example = "17", description = "Its number, for whoever explains it") long item,
    @Schema(allowableValues = {"payment", "refund", "fee", "voucher"}) String kind,
    @Schema(description = "out_trade_no or out_refund_no; for fees and vouchers, the day")
        String number,
    @Schema(
            allowableValues = {
              "missing_here",
              "missing_there",
              "amount_differs",
              "state_differs",
              "ledger_differs",
              "fee_differs",
              "duplicate",
              "late"
            })
        String difference,
    @Schema(allowableValues = {"open", "late_pool", "repaired", "explained", "closed_by_person"})
        String state,
    @Nullable String checkoutId,
    @Nullable String tradeNo,
    @Schema(description = "Absent if the books do not have it") @Nullable Long ourFen,
    @Schema(description = "Absent if the bill does not have it") @Nullable Long theirFen,
    String detail,
    @Schema(description = "The reason that a person gave") @Nullable String said,
    Instant foundAt,
    @Nullable Instant endedAt) {
  static ItemRepresentation of(ItemReport item) {
    return new ItemRepresentation(
        item.item(),
        DayRepresentation.word(item.kind()),
        item.number(),
        DayRepresentation.word(item.difference()),
        DayRepresentation.word(item.state()),
        item.checkoutId(),
        item.tradeNo(),
        item.ourFen(),
        item.theirFen(),
        item.detail(),
        item.said(),
        item.foundAt(),
        item.endedAt());
  }
}
