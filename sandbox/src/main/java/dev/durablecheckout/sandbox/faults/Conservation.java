package dev.durablecheckout.sandbox.faults;

import com.google.common.collect.ImmutableList;
import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.sandbox.stack.Stack;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * Counts the money when all is done, four times: what the buyers and the shop meant, what the
 * channels hold, what the books of checkouts and withdrawals say, and what the ledger says.
 *
 * @param meantFen what the shop has to hold
 * @param heldFen what it holds at the channels, and in wallet payments
 * @param bookedFen payments less refunds and withdrawals
 * @param postedFen the ledger's SALES, and what is left in wallets of what checkouts have filled in
 * @param findings all that disagrees, also in single checkouts; empty if nothing does
 */
public record Conservation(
    long meantFen, long heldFen, long bookedFen, long postedFen, ImmutableList<String> findings) {

  /**
   * A checkout and the wallet of its buyer, who has no other.
   *
   * @param spentFen of wallets, less what went back there
   */
  private record Checkout(
      String id, String status, long bookedFen, long spentFen, long walletFen) {}

  private static final String CHECKOUTS =
      """
      select c.checkout_id, lower(c.status) as status,
        coalesce(p.fen, 0) - coalesce(r.fen, 0) - coalesce(o.fen, 0) as booked,
        coalesce(p.wallet_fen, 0) - coalesce(r.wallet_fen, 0) as spent,
        coalesce(w.balance_fen, 0) as in_wallet
      from checkouts c
      left join (select checkout_id, sum(paid_fen) as fen, sum(paid_fen) filter (where channel = 3) as wallet_fen
        from pay_orders group by checkout_id) p using (checkout_id)
      left join (select checkout_id, sum(amount_fen) as fen, sum(amount_fen) filter (where channel = 3) as wallet_fen
        from refunds where status = 'SUCCEEDED' group by checkout_id) r using (checkout_id)
      left join wallets w using (merchant, buyer_id)
      left join (select merchant, buyer_id, sum(amount_fen) as fen
        from withdrawals where status = 'SUCCEEDED' group by merchant, buyer_id) o using (merchant, buyer_id)
      """;

  private static final String BALANCES =
      """
      select a.kind, sum(e.credit_fen - e.debit_fen) as fen
      from ledger_entries e join ledger_accounts a using (account) group by a.kind
      """;

  private static final String FILLED_BY_CHECKOUTS =
      """
      select coalesce(sum(e.credit_fen - e.debit_fen), 0)
      from ledger_entries e join ledger_accounts a using (account) join ledger_postings p using (posting)
      where a.kind = 'WALLET' and (p.business_key like 'payment:%' or p.kind like 'WITHDRAWAL%')
      """;

  /** Compares what was played with everything that is written down anywhere. */
  public static Conservation of(Stack stack, Collection<Played> played, long toppedUpFen) {
    Jdbi jdbi = stack.database().jdbi();
    ImmutableList.Builder<String> findings = ImmutableList.builder();
    AtTheChannels channels = AtTheChannels.of(stack);
    findings.addAll(channels.findings());
    Map<String, Checkout> checkouts = checkouts(jdbi);
    long heldSum = 0;
    long booked = 0;
    for (Played each : played) {
      Checkout ours = checkouts.get(each.checkoutId());
      if (ours == null) {
        findings.add(each + ": the books do not know it");
        continue;
      }
      long holds = channels.heldFor(each.checkoutId()) + ours.spentFen();
      heldSum += holds;
      booked += ours.bookedFen();
      if (!ours.status().equals(each.plan().ending().status())
          || ours.bookedFen() != each.keptFen()
          || ours.walletFen() != each.walletFen()
          || holds != each.keptFen()) {
        findings.add(each + ": is " + ours + ", the channels hold " + holds);
      }
    }
    Set<String> known = played.stream().map(Played::checkoutId).collect(Collectors.toSet());
    checkouts.keySet().stream()
        .filter(id -> !known.contains(id))
        .forEach(id -> findings.add(id + ": nobody has asked for it"));
    Map<String, Long> balances = balances(jdbi);
    checkLedger(findings, balances, played, toppedUpFen, channels.total());
    new Audit(jdbi, Clock.systemUTC(), Duration.ZERO)
        .run()
        .forEach(finding -> findings.add(finding.toString()));
    return new Conservation(
        sum(played, Played::keptFen),
        heldSum,
        booked,
        balances.getOrDefault("SALES", 0L) + filledByCheckouts(jdbi),
        findings.build());
  }

  private static void checkLedger(
      ImmutableList.Builder<String> findings,
      Map<String, Long> balances,
      Collection<Played> played,
      long toppedUpFen,
      long atChannels) {
    long sales = sum(played, each -> each.plan().isWithdrawal() ? 0 : each.keptFen());
    check(findings, balances, "SALES", sales);
    check(findings, balances, "WALLET", sum(played, Played::walletFen));
    check(findings, balances, "SUSPENSE", -toppedUpFen);
    check(findings, balances, "PAYOUT", 0);
    check(findings, balances, "CHANNEL", -atChannels);
  }

  private static void check(
      ImmutableList.Builder<String> findings,
      Map<String, Long> balances,
      String kind,
      long wanted) {
    long balance = balances.getOrDefault(kind, 0L);
    if (balance != wanted) {
      findings.add("the ledger's " + kind + " is " + balance + " fen instead of " + wanted);
    }
  }

  private static long sum(Collection<Played> played, ToLongFunction<Played> fen) {
    return played.stream().mapToLong(fen).sum();
  }

  private static Map<String, Checkout> checkouts(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(CHECKOUTS)
                .map(
                    (row, context) ->
                        new Checkout(
                            row.getString("checkout_id"),
                            row.getString("status"),
                            row.getLong("booked"),
                            row.getLong("spent"),
                            row.getLong("in_wallet")))
                .collect(Collectors.toMap(Checkout::id, checkout -> checkout)));
  }

  private static Map<String, Long> balances(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(BALANCES)
                .map((row, context) -> Map.entry(row.getString("kind"), row.getLong("fen")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static long filledByCheckouts(Jdbi jdbi) {
    return jdbi.withHandle(
        handle -> handle.createQuery(FILLED_BY_CHECKOUTS).mapTo(Long.class).one());
  }
}
