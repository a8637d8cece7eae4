package dev.durablecheckout.activities.withdrawal;

import dev.durablecheckout.activities.db.Columns;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Withdrawals whose money is held: paid out, or taken back, under their own number. One that was
 * paid is not among them, since the books keep nobody's account longer than that.
 */
public final class OpenWithdrawals implements OpenWork {
  private static final String PAGE =
      """
      select withdrawal_no from withdrawals
      where status in ('HELD', 'PROCESSING', 'AWAITING_BUYER') and withdrawal_no > :after and updated_at < :before
      order by withdrawal_no limit :limit
      """;
  private static final String FIND =
      "select * from withdrawals where withdrawal_no = :no and payee_account is not null";

  private final Jdbi jdbi;

  public OpenWithdrawals(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public String kind() {
    return "withdrawals";
  }

  @Override
  public List<String> page(Instant before, String after, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(PAGE)
                .bind("before", before)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
  }

  @Override
  public String workflowId(String key) {
    return WithdrawalNo.of(key).workflowId();
  }

  @Override
  public Optional<WorkflowToStart> rebuild(String key) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("no", key)
                .map((row, context) -> workflow(row))
                .findOne());
  }

  private static WorkflowToStart workflow(ResultSet row) throws SQLException {
    Payout payout =
        new Payout(
            WithdrawalNo.of(row.getString("withdrawal_no")),
            MerchantId.of(row.getString("merchant")),
            Channel.ofCode(row.getInt("channel")),
            Money.ofFen(row.getLong("amount_fen")),
            new Payee(
                Columns.constant(row, "payee_kind", Payee.Kind.class),
                row.getString("payee_account"),
                row.getString("payee_name")),
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
        "withdrawal " + payout.merchant() + " " + request.merchantNo(),
        attributes.build());
  }
}
