package dev.durablecheckout.activities.reconciliation;

import dev.durablecheckout.activities.bill.BillLine;
import dev.durablecheckout.workflows.reconciliation.Difference;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a bill beside what the books have.
 *
 * @param feeFen kept, or below zero given back
 * @param voucherFen paid by vouchers, or below zero got back
 * @param difference absent if all agree
 */
public record LineReport(
    long lineNo,
    BillLine.Kind kind,
    String number,
    String outTradeNo,
    String tradeNo,
    @Nullable String checkoutId,
    Instant at,
    long billFen,
    long orderFen,
    long ledgerFen,
    long feeFen,
    long voucherFen,
    @Nullable Difference difference) {}
