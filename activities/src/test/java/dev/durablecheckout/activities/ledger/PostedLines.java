package dev.durablecheckout.activities.ledger;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** All that is in a ledger, one line for each posting, in the order of posting. */
public final class PostedLines {
  private static final String POSTINGS =
      """
      select p.merchant || ' ' || p.business_key || ' ' || p.kind || ': '
        || string_agg(a.kind || '/' || a.owner, ' -> ' order by e.credit_fen, e.line) || ' ' || sum(e.debit_fen)
      from ledger_postings p join ledger_entries e using (posting) join ledger_accounts a using (account)
      group by p.posting order by p.posting
      """;

  private PostedLines() {}

  /** Such as {@code shop payment:P1 PAYMENT: CHANNEL/ALIPAY -> SALES/ 700}: debited, credited. */
  public static List<String> of(Jdbi jdbi) {
    return jdbi.withHandle(handle -> handle.createQuery(POSTINGS).mapTo(String.class).list());
  }
}
