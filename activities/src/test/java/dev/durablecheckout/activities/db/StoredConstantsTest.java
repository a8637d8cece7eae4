package dev.durablecheckout.activities.db;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.bill.BillLine;
import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.wallet.WalletTradeState;
import dev.durablecheckout.activities.ledger.AccountKind;
import dev.durablecheckout.activities.ledger.PostingKind;
import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.checkout.CheckoutPurpose;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.checkout.CloseReason;
import dev.durablecheckout.workflows.event.EventType;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.Settlement;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.reconciliation.Difference;
import dev.durablecheckout.workflows.reconciliation.ItemKind;
import dev.durablecheckout.workflows.reconciliation.ItemState;
import dev.durablecheckout.workflows.reconciliation.ReconciliationStatus;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.refund.RefundStatus;
import dev.durablecheckout.workflows.serviceorder.RiskFund;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderStatus;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import dev.durablecheckout.workflows.withdrawal.WithdrawalAttention;
import dev.durablecheckout.workflows.withdrawal.WithdrawalStatus;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the database lets into a column is what the enum behind it can be: a new constant needs a
 * migration, and is missed here, not by the first payment that has it.
 */
final class StoredConstantsTest {
  private static final String LISTS =
      """
      select k.conrelid::regclass || '.' || a.attname as column, pg_get_constraintdef(k.oid) as list
      from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
      where k.contype = 'c' and cardinality(k.conkey) = 1 and k.connamespace = 'public'::regnamespace
        and pg_get_constraintdef(k.oid) ~ '''[^'']*''::text'
      """;
  private static final Pattern CONSTANT = Pattern.compile("'([^']*)'::text");

  private static final Map<String, Set<String>> EXPECTED =
      Map.ofEntries(
          Map.entry("checkouts.status", names(CheckoutStatus.class)),
          Map.entry("checkouts.purpose", names(CheckoutPurpose.class)),
          Map.entry("checkouts.close_reason", names(CloseReason.class)),
          Map.entry("checkouts.attention", names(Attention.class)),
          Map.entry("pay_orders.status", names(PayOrderStatus.class)),
          Map.entry("pay_orders.method", names(PayMethod.class)),
          Map.entry("pay_orders.settlement", names(Settlement.class)),
          Map.entry("refunds.status", names(RefundStatus.class)),
          Map.entry("refunds.reason", names(RefundReason.class)),
          Map.entry("events.type", names(EventType.class)),
          Map.entry("notify_log.verdict", verdicts()),
          Map.entry("notify_log.trade_state", names(TradeState.class)),
          Map.entry("notify_log.payout_state", names(PayoutResult.State.class)),
          Map.entry("withdrawals.status", names(WithdrawalStatus.class)),
          Map.entry("withdrawals.attention", names(WithdrawalAttention.class)),
          Map.entry("withdrawals.payee_kind", names(Payee.Kind.class)),
          Map.entry("service_orders.status", names(ServiceOrderStatus.class)),
          Map.entry("service_orders.attention", names(Attention.class)),
          Map.entry("service_orders.risk_fund_name", names(RiskFund.Name.class)),
          Map.entry("ledger_accounts.kind", names(AccountKind.class)),
          Map.entry("ledger_postings.kind", names(PostingKind.class)),
          Map.entry("reconciliations.status", names(ReconciliationStatus.class)),
          Map.entry("reconciliation_items.kind", names(ItemKind.class)),
          Map.entry("reconciliation_items.difference", names(Difference.class)),
          Map.entry("reconciliation_items.state", names(ItemState.class)),
          Map.entry("bill_lines.kind", names(BillLine.Kind.class)),
          Map.entry("bill_lines.progress", names(BillLine.Progress.class)),
          Map.entry("wallet_trades.state", names(WalletTradeState.class)),
          // The stock's and the vouchers' own words: no enum, since nothing outside SQL reads them.
          Map.entry("stock_reservations.status", Set.of("RESERVED", "COMMITTED", "RELEASED")),
          Map.entry("voucher_uses.status", Set.of("HELD", "REDEEMED", "RELEASED", "RETURNED")));

  private static Set<String> names(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(Enum::name)
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> verdicts() {
    Set<String> verdicts = names(InvalidNotifyException.Reason.class);
    verdicts.add("VERIFIED");
    return verdicts;
  }

  @Test
  void eachListInSqlIsItsEnum() {
    Map<String, Set<String>> lists = new TreeMap<>();
    try (TestDatabase database = TestDatabase.create()) {
      database
          .jdbi()
          .useHandle(
              handle ->
                  handle
                      .createQuery(LISTS)
                      .map(
                          (row, context) ->
                              Map.entry(row.getString("column"), constants(row.getString("list"))))
                      .forEach(entry -> lists.put(entry.getKey(), entry.getValue())));
    }
    assertThat(lists).isEqualTo(EXPECTED);
  }

  private static Set<String> constants(String check) {
    return CONSTANT
        .matcher(check)
        .results()
        .map((MatchResult constant) -> constant.group(1))
        .collect(toCollection(TreeSet::new));
  }

  /** Channels are stored by code, which lives longer than a name. */
  @Test
  void eachChannelHasOneCodeForEver() {
    assertThat(Arrays.stream(Channel.values()).map(Channel::code))
        .containsExactly((short) 1, (short) 2, (short) 3)
        .doesNotHaveDuplicates();
    for (Channel channel : Channel.values()) {
      assertThat(Channel.ofCode(channel.code())).isEqualTo(channel);
    }
  }
}
