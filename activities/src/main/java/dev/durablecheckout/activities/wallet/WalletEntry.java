package dev.durablecheckout.activities.wallet;

import dev.durablecheckout.activities.ledger.PostingKind;
import dev.durablecheckout.workflows.money.Money;
import java.time.Instant;
import java.util.Map;

/**
 * One line of a wallet's statement.
 *
 * @param number grows with each entry of the wallet; pages are cut by it
 * @param in what came in, or zero
 * @param out what went out, or zero
 * @param balance what was in the wallet afterwards
 * @param numbers the business numbers behind it
 */
public record WalletEntry(
    long number,
    Instant at,
    PostingKind kind,
    Money in,
    Money out,
    Money balance,
    Map<String, String> numbers) {}
