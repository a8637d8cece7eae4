package dev.durablecheckout.activities.ledger;

import java.util.List;
import java.util.Optional;

/**
 * A part of a statement.
 *
 * @param openingFen debits less credits before its first line
 * @param next where the next part begins; empty if this is the last
 */
public record StatementPage(
    long openingFen, List<StatementLine> lines, Optional<StatementPosition> next) {
  /** Debits less credits after its last line. */
  public long closingFen() {
    return lines.isEmpty() ? openingFen : lines.get(lines.size() - 1).position().balanceFen();
  }
}
