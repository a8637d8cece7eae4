package dev.durablecheckout.sandbox.faults;

import com.google.common.collect.ImmutableList;
import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.sandbox.gateway.alipay.TradeBook;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatBook;
import dev.durablecheckout.sandbox.stack.Stack;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * Counts the money when all is done, four times: what the buyers and the shop meant, what the
 * channels hold, what the books of checkouts say, and what the ledger says.
 *
 * @param meantFen what the shop has to hold
 * @param heldFen what it holds at the channels, and in wallet payments
 * @param bookedFen payments less refunds
 * @param postedFen the ledger's SALES
 * @param findings all that disagrees, also in single checkouts; empty if nothing does
 */
public record Conservation(
    long meantFen, long heldFen, long bookedFen, long postedFen, ImmutableList<String> findings) {

  private record Checkout(String id, String status, long bookedFen, long walletFen) {}

  private static final String CHECKOUTS =
      """
      select c.checkout_id, lower(c.status) as status, coalesce(p.fen, 0) - coalesce(r.fen, 0) as booked,
        coalesce(p.wallet_fen, 0) - coalesce(r.wallet_fen, 0) as by_wallet
      from checkouts c
      left join (select checkout_id, sum(paid_fen) as fen, sum(paid_fen) filter (where channel = 3) as wallet_fen
        from pay_orders group by checkout_id) p using (checkout_id)
      left join (select checkout_id, sum(amount_fen) as fen, sum(amount_fen) filter (where channel = 3) as wallet_fen
        from refunds where status = 'SUCCEEDED' group by checkout_id) r using (checkout_id)
      """;
  private static final String POSTED =
      """
      select a.kind, coalesce(sum(e.credit_fen - e.debit_fen), 0) as fen
      from ledger_entries e join ledger_accounts a using (account)
      where a.kind in ('SALES', 'SUSPENSE', 'CHANNEL') group by a.kind
      """;

  /** Compares what was played with everything that is written down anywhere. */
  public static Conservation of(Stack stack, Collection<Played> played, long toppedUpFen) {
    Jdbi jdbi = stack.database().jdbi();
    ImmutableList.Builder<String> findings = ImmutableList.builder();
    Map<String, Checkout> checkouts = checkouts(jdbi);
    Map<String, Long> held = heldByCheckout(stack, jdbi, findings);
    long meant = 0;
    long heldSum = 0;
    long booked = 0;
    Set<String> known = new HashSet<>();
    for (Played each : played) {
      known.add(each.checkoutId());
      Checkout ours = checkouts.get(each.checkoutId());
      if (ours == null) {
        findings.add(each + ": the books do not know it");
        continue;
      }
      long holds = held.getOrDefault(each.checkoutId(), 0L) + ours.walletFen();
      meant += each.keptFen();
      heldSum += holds;
      booked += ours.bookedFen();
      if (!ours.status().equals(each.plan().ending().status())
          || ours.bookedFen() != each.keptFen()
          || holds != each.keptFen()) {
        findings.add(each + ": is " + ours + ", the channels hold " + holds);
      }
    }
    checkouts.keySet().stream()
        .filter(id -> !known.contains(id))
        .forEach(id -> findings.add(id + ": nobody has asked for it"));
    Map<String, Long> posted = posted(jdbi);
    long sales = posted.getOrDefault("SALES", 0L);
    if (sales != meant) {
      findings.add("the ledger's SALES are " + sales + " fen instead of " + meant);
    }
    long suspense = posted.getOrDefault("SUSPENSE", 0L);
    if (suspense != -toppedUpFen) {
      findings.add("the ledger's SUSPENSE is " + suspense + " fen instead of " + -toppedUpFen);
    }
    long atChannels = held.values().stream().mapToLong(Long::longValue).sum();
    if (-posted.getOrDefault("CHANNEL", 0L) != atChannels) {
      findings.add(
          "the channels hold "
              + atChannels
              + " fen, the ledger's CHANNEL says "
              + -posted.getOrDefault("CHANNEL", 0L));
    }
    new Audit(jdbi, Clock.systemUTC(), Duration.ZERO)
        .run()
        .forEach(finding -> findings.add(finding.toString()));
    return new Conservation(meant, heldSum, booked, sales, findings.build());
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
                            row.getLong("by_wallet")))
                .collect(Collectors.toMap(Checkout::id, checkout -> checkout)));
  }

  /** What both channels hold for each checkout, by their own books. */
  private static Map<String, Long> heldByCheckout(
      Stack stack, Jdbi jdbi, ImmutableList.Builder<String> findings) {
    Map<String, String> checkoutOf = new HashMap<>();
    jdbi.useHandle(
        handle ->
            handle
                .createQuery("select out_trade_no, checkout_id from pay_orders")
                .map((row, context) -> List.of(row.getString(1), row.getString(2)))
                .forEach(pair -> checkoutOf.put(pair.get(0), pair.get(1))));
    Map<String, Long> held = new HashMap<>();
    for (TradeBook trade : stack.alipay().books()) {
      add(held, checkoutOf, trade.outTradeNo(), trade.paidFen() - trade.refundedFen(), findings);
    }
    for (WechatBook trade : stack.wechatPay().books()) {
      add(held, checkoutOf, trade.outTradeNo(), trade.paidFen() - trade.refundedFen(), findings);
    }
    return held;
  }

  private static void add(
      Map<String, Long> held,
      Map<String, String> checkoutOf,
      String outTradeNo,
      long fen,
      ImmutableList.Builder<String> findings) {
    String checkout = checkoutOf.get(outTradeNo);
    if (checkout == null) {
      findings.add("a channel knows " + outTradeNo + ", the books do not");
    } else {
      held.merge(checkout, fen, Long::sum);
    }
  }

  private static Map<String, Long> posted(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(POSTED)
                .map((row, context) -> Map.entry(row.getString("kind"), row.getLong("fen")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }
}
