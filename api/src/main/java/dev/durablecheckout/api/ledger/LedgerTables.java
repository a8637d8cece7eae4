package dev.durablecheckout.api.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.durablecheckout.activities.ledger.AccountBalance;
import dev.durablecheckout.activities.ledger.LedgerAccount;
import dev.durablecheckout.activities.ledger.LedgerReader;
import dev.durablecheckout.activities.ledger.StatementLine;
import dev.durablecheckout.activities.ledger.StatementPage;
import dev.durablecheckout.activities.ledger.StatementPeriod;
import dev.durablecheckout.activities.ledger.StatementPosition;
import dev.durablecheckout.api.csv.CsvWriter;
import dev.durablecheckout.workflows.merchant.MerchantId;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.util.List;

/**
 * The ledger as CSV, written while it is read: page by page, so that a table of any length takes
 * the memory of one page, and no connection to the books while the caller's is slow.
 */
final class LedgerTables {
  private static final int PAGE = 1000;

  /** Writes rows; whatever it throws breaks the answer off, which the caller's HTTP client sees. */
  private interface Rows {
    void write(CsvWriter csv) throws IOException;
  }

  private final LedgerReader ledger;

  LedgerTables(LedgerReader ledger) {
    this.ledger = ledger;
  }

  StreamingOutput trialBalance(List<AccountBalance> balances) {
    return table(
        csv -> {
          csv.row("account", "debit_fen", "credit_fen");
          for (AccountBalance balance : balances) {
            csv.row(balance.account().label(), balance.debitFen(), balance.creditFen());
          }
        });
  }

  StreamingOutput accounts(MerchantId merchant) {
    List<LedgerAccount> first = ledger.accounts(merchant, null, PAGE);
    return table(
        csv -> {
          csv.row("account");
          for (List<LedgerAccount> page = first;
              !page.isEmpty();
              page = ledger.accounts(merchant, page.get(page.size() - 1), PAGE)) {
            for (LedgerAccount account : page) {
              csv.row(account.label());
            }
          }
        });
  }

  /**
   * With a row for the balance before and one for the balance after: a file that does not end with
   * the latter is not whole.
   */
  StreamingOutput statement(StatementPeriod period) {
    // Read before the answer begins: books that are away are still a 503.
    StatementPage first = ledger.statement(period, null, PAGE);
    return table(
        csv -> {
          csv.row("posted_at", "business_key", "kind", "debit_fen", "credit_fen", "balance_fen");
          String from =
              period.from().equals(StatementPeriod.BEGINNING) ? "" : period.from().toString();
          csv.row(from, "", "opening_balance", "", "", first.openingFen());
          StatementPage page = first;
          lines(csv, page);
          while (page.next().isPresent()) {
            page = ledger.statement(period, page.next().get(), PAGE);
            lines(csv, page);
          }
          csv.row(period.to(), "", "closing_balance", "", "", page.closingFen());
        });
  }

  private static void lines(CsvWriter csv, StatementPage page) throws IOException {
    for (StatementLine line : page.lines()) {
      StatementPosition position = line.position();
      csv.row(
          position.at(),
          line.key(),
          StatementRepresentation.word(line.kind()),
          line.debit().amountFen(),
          line.credit().amountFen(),
          position.balanceFen());
    }
  }

  private static StreamingOutput table(Rows rows) {
    return stream -> {
      BufferedWriter out = new BufferedWriter(new OutputStreamWriter(stream, UTF_8));
      rows.write(new CsvWriter(out));
      out.flush();
    };
  }
}
