package dev.durablecheckout.activities.withdrawal;

import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.activities.recovery.OpenRows;
import dev.durablecheckout.activities.recovery.OpenWork;
import dev.durablecheckout.workflows.client.WorkflowToStart;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRequest;
import dev.durablecheckout.workflows.withdrawal.WithdrawalWorkflow;
import io.temporal.common.SearchAttributes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Withdrawals whose money is held, which may still come back from a bank, or of whose end the order
 * system has not acknowledged what it was told. One that was paid comes back without its payee,
 * since the books keep nobody's account longer than that: it can be asked about, and not be paid.
 */
public final class OpenWithdrawals implements OpenWork {
  private static final String PAGE =
      """
      select withdrawal_no from (
        (select withdrawal_no from withdrawals
          where status in ('HELD', 'PROCESSING', 'AWAITING_BUYER') and withdrawal_no > :after and updated_at < :before
          order by withdrawal_no limit :limit)
        union
        (select withdrawal_no from withdrawals
          where status = 'SUCCEEDED' and paid_at > :watched_since and withdrawal_no > :after and updated_at < :before
          order by withdrawal_no limit :limit)
        union
        (select distinct withdrawal_no from events
          where delivered_at is null and not withheld and withdrawal_no > :after and created_at < :before
          order by withdrawal_no limit :limit)) open
      order by withdrawal_no limit :limit
      """;
  private static final String FIND =
      """
      select w.* from withdrawals w
      where withdrawal_no = :key and (status in ('HELD', 'PROCESSING', 'AWAITING_BUYER')
        or status = 'SUCCEEDED' and paid_at > :watched_since
        or exists (select 1 from events e where e.withdrawal_no = w.withdrawal_no and e.delivered_at is null
          and not e.withheld))
      """;
  private static final String NOT_FINAL =
      "select * from withdrawals where withdrawal_no = :key and status not in ('FAILED', 'RETURNED')";

  private final OpenRows books;
  private final Clock clock;

  public OpenWithdrawals(Jdbi jdbi, Clock clock) {
    this.books = new OpenRows(jdbi);
    this.clock = clock;
  }

  private Map<String, Instant> watchedSince() {
    return Map.of("watched_since", clock.instant().minus(WithdrawalWorkflow.WATCHED));
  }

  @Override
  public String kind() {
    return "withdrawals";
  }

  @Override
  public List<String> page(Instant before, String after, int limit) {
    return books.keys(PAGE, before, after, limit, watchedSince());
  }

  @Override
  public String workflowId(String key) {
    return WithdrawalNo.of(key).workflowId();
  }

  @Override
  public Optional<WorkflowToStart> rebuild(String key) {
    return books.workflow(FIND, key, (row, context) -> workflow(row), watchedSince());
  }

  /**
   * The workflow of a withdrawal that there is news of, however long ago it was paid; empty if
   * nothing moves it any more, or the books have never heard of it.
   */
  public Optional<WorkflowToStart> rebuildForNews(WithdrawalNo no) {
    return books.workflow(NOT_FINAL, no.value(), (row, context) -> workflow(row));
  }

  private static @Nullable Payee payee(ResultSet row) throws SQLException {
    String account = row.getString("payee_account");
    return account == null
        ? null
        : new Payee(
            Columns.constant(row, "payee_kind", Payee.Kind.class),
            account,
            row.getString("payee_name"));
  }

  private static WorkflowToStart workflow(ResultSet row) throws SQLException {
    Payout payout =
        new Payout(
            WithdrawalNo.of(row.getString("withdrawal_no")),
            MerchantId.of(row.getString("merchant")),
            Channel.ofCode(row.getInt("channel")),
            Money.ofFen(row.getLong("amount_fen")),
            payee(row),
            row.getString("remark"));
    WithdrawalRequest request =
        new WithdrawalRequest(
            payout,
            MerchantOrderNo.of(row.getString("merchant_withdrawal_no")),
            row.getString("buyer_id"),
            row.getString("request_id"),
            row.getString("fingerprint"));
    SearchAttributes.Builder attributes =
        SearchAttributes.newBuilder()
            .set(SearchAttributeKeys.CHECKOUT_STATUS, row.getString("status"))
            .set(SearchAttributeKeys.PAY_CHANNEL, payout.channel().name())
            .set(SearchAttributeKeys.AMOUNT_FEN, payout.amount().amountFen());
    String attention = row.getString("attention");
    if (attention != null) {
      attributes.set(SearchAttributeKeys.ATTENTION, attention);
    }
    return new WorkflowToStart(
        request.no().workflowId(),
        WithdrawalWorkflow.class,
        request,
        request.summary(),
        attributes.build());
  }
}
