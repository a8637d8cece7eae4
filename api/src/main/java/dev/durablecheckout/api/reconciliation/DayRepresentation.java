package dev.durablecheckout.api.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.activities.reconciliation.DayReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A day of a channel as its merchant sees it. */
@Schema(name = "Reconciliation", description = "A channel's bill of one day beside the books")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record DayRepresentation(
    @Schema(example = "alipay") String channel,
    @Schema(example = "2026-11-24", description = "A day in Asia/Shanghai") String billDate,
    @Schema(
            allowableValues = {"downloading", "matched", "open", "settled"},
            description =
                "matched: what is left waits for the next days' bills; open: something differs;"
                    + " settled: all of it is explained")
        String status,
    @Schema(description = "Lines of the bill") long lines,
    @Schema(description = "Lines on which bill, orders and ledger agree") long matched,
    @Schema(description = "What those lines come to") long matchedFen,
    Sums payments,
    @Schema(description = "Those that failed count nothing") Sums refunds,
    @Schema(description = "What the channel kept") long feeFen,
    @Schema(description = "What it gave back of it") long feeBackFen,
    @Schema(description = "What the merchant's vouchers paid in place of buyers") long voucherFen,
    @Schema(description = "What went back of it") long voucherBackFen,
    @Schema(description = "Differences to be looked at") long open,
    @Schema(description = "The greater side of each, in sum") long openFen,
    @Schema(description = "What waits for the next days' bills") long late,
    long lateFen,
    @Schema(description = "What was missing here and was put right by itself") long repaired,
    @Schema(description = "Differences that are explained") long explained,
    @Schema(description = "Digest of the bill as the channel wrote it") @Nullable String billSha1,
    Instant startedAt,
    @Schema(description = "When it was last compared") @Nullable Instant matchedAt,
    @Nullable Instant settledAt) {
  /** The same money as the bill, the orders and the ledger have it. */
  @Schema(
      name = "ReconciliationSums",
      description = "The same money three times, under the numbers of the bill")
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Sums(long billFen, long orderFen, long ledgerFen) {
    static Sums of(DayReport.Sums sums) {
      return new Sums(sums.billFen(), sums.orderFen(), sums.ledgerFen());
    }
  }

  static DayRepresentation of(DayReport report) {
    return new DayRepresentation(
        word(report.day().channel()),
        report.day().day().toString(),
        word(report.status()),
        report.lines().all(),
        report.lines().matched(),
        report.lines().matchedFen(),
        Sums.of(report.payments()),
        Sums.of(report.refunds()),
        report.fees().fen(),
        report.fees().backFen(),
        report.vouchers().fen(),
        report.vouchers().backFen(),
        report.items().open(),
        report.items().openFen(),
        report.items().late(),
        report.items().lateFen(),
        report.items().repaired(),
        report.items().ended(),
        report.billSha1(),
        report.startedAt(),
        report.matchedAt(),
        report.settledAt());
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
