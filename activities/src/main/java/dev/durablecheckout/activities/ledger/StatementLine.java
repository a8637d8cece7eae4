package dev.durablecheckout.activities.ledger;

import dev.durablecheckout.workflows.money.Money;
import java.util.Map;

/**
 * One line of a posting, as the account sees it.
 *
 * @param position where it stands, and what the account comes to after it
 * @param detail the business numbers behind it
 */
public record StatementLine(
    StatementPosition position,
    BusinessKey key,
    PostingKind kind,
    Money debit,
    Money credit,
    Map<String, String> detail) {}
