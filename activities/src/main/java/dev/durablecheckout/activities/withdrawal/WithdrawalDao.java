package dev.durablecheckout.activities.withdrawal;

import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.activities.event.EventDao;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import dev.durablecheckout.workflows.withdrawal.WithdrawalAttention;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRecord;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRequest;
import dev.durablecheckout.workflows.withdrawal.WithdrawalStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Rows of withdrawals. States move only by compare-and-set over {@link WithdrawalStatus#MOVES}, and
 * with the last that may have to be sent again the payee is forgotten.
 */
final class WithdrawalDao {
  private static final String INSERT =
      """
      insert into withdrawals (withdrawal_no, merchant, merchant_withdrawal_no, buyer_id, request_id, fingerprint,
        channel, amount_fen, remark, payee_kind, payee_shown, payee_account, payee_name, status, created_at, updated_at)
      values (:no, :merchant, :merchantNo, :buyer, :requestId, :fingerprint,
        :channel, :amountFen, :remark, :payeeKind, :payeeShown, :payeeAccount, :payeeName, 'HELD', :at, :at)
      on conflict do nothing
      """;
  private static final String FIND = "select * from withdrawals where withdrawal_no = :no";
  private static final String MOVE =
      """
      update withdrawals set status = :to, updated_at = :at,
        payee_account = case when :held then payee_account end,
        payee_name = case when :held then payee_name end,
        payout_no = coalesce(:payoutNo, payout_no),
        fee_fen = coalesce(cast(:feeFen as bigint), fee_fen),
        paid_at = case when :to = 'SUCCEEDED' then coalesce(cast(:happenedAt as timestamptz), :at) else paid_at end,
        returned_at = case when :to = 'RETURNED' then coalesce(cast(:happenedAt as timestamptz), :at) end,
        refusal_code = case when :to in ('FAILED', 'RETURNED') then :code end,
        refusal_channel_code = case when :to in ('FAILED', 'RETURNED') then :channelCode end,
        refusal_message = case when :to in ('FAILED', 'RETURNED') then :message end
      where withdrawal_no = :no and status = any(:from)
      """;
  private static final String ATTENTION =
      """
      update withdrawals set attention = :attention, attention_detail = :detail, updated_at = :at
      where withdrawal_no = :no and attention is distinct from cast(:attention as text)
      """;

  private WithdrawalDao() {}

  /** Returns false if the number exists. */
  static boolean insert(Handle handle, WithdrawalRequest request, Instant at) {
    Payout payout = request.payout();
    Payee payee = payout.knownPayee();
    return handle
            .createUpdate(INSERT)
            .bind("no", payout.no().value())
            .bind("merchant", payout.merchant().value())
            .bind("merchantNo", request.merchantNo().value())
            .bind("buyer", request.buyerId())
            .bind("requestId", request.requestId())
            .bind("fingerprint", request.fingerprint())
            .bind("channel", payout.channel().code())
            .bind("amountFen", payout.amount().amountFen())
            .bind("remark", payout.remark())
            .bind("payeeKind", payee.kind().name())
            .bind("payeeShown", ShownPayee.of(payee))
            .bind("payeeAccount", payee.account())
            .bind("payeeName", payee.name())
            .bind("at", at)
            .execute()
        == 1;
  }

  static Optional<WithdrawalRow> find(Handle handle, WithdrawalNo no) {
    return find(handle, FIND, no);
  }

  /** The row, locked until the end of the transaction. */
  static WithdrawalRow lock(Handle handle, WithdrawalNo no) {
    return find(handle, FIND + " for update", no).orElseThrow();
  }

  private static Optional<WithdrawalRow> find(Handle handle, String sql, WithdrawalNo no) {
    return handle
        .createQuery(sql)
        .bind("no", no.value())
        .map((row, context) -> withdrawal(handle, row))
        .findOne();
  }

  /** Moves the state; returns false if that is not allowed from where it stands. */
  static boolean move(
      Handle handle, WithdrawalNo no, WithdrawalStatus to, PayoutResult facts, Instant at) {
    Money fee = facts.fee();
    Refusal refusal = facts.refusal();
    return handle
            .createUpdate(MOVE)
            .bind("no", no.value())
            .bind("to", to.name())
            .bind("held", to.isHeld())
            .bind("payoutNo", facts.payoutNo())
            .bind("feeFen", fee == null ? null : fee.amountFen())
            .bind("happenedAt", facts.at())
            .bind("code", refusal == null ? Refusal.Code.OTHER.name() : refusal.code().name())
            .bind("channelCode", refusal == null ? facts.state().name() : refusal.channelCode())
            .bind("message", refusal == null ? "" : refusal.message())
            .bindArray(
                "from",
                String.class,
                WithdrawalStatus.MOVES.into(to).stream().map(Enum::name).toList())
            .bind("at", at)
            .execute()
        == 1;
  }

  /** Returns false if it says so already. */
  static boolean attention(
      Handle handle,
      WithdrawalNo no,
      @Nullable WithdrawalAttention attention,
      String detail,
      Instant at) {
    return handle
            .createUpdate(ATTENTION)
            .bind("no", no.value())
            .bind("attention", attention == null ? null : attention.name())
            .bind("detail", attention == null ? null : detail)
            .bind("at", at)
            .execute()
        == 1;
  }

  private static WithdrawalRow withdrawal(Handle handle, ResultSet row) throws SQLException {
    WithdrawalNo no = WithdrawalNo.of(row.getString("withdrawal_no"));
    long feeFen = row.getLong("fee_fen");
    boolean hasFee = !row.wasNull();
    Refusal.Code refused = Columns.constantOrNull(row, "refusal_code", Refusal.Code.class);
    return new WithdrawalRow(
        new WithdrawalRecord(
            no,
            Columns.constant(row, "status", WithdrawalStatus.class),
            Columns.constantOrNull(row, "attention", WithdrawalAttention.class),
            row.getString("payout_no"),
            hasFee ? Money.ofFen(feeFen) : null,
            Columns.instantOrNull(row, "paid_at"),
            Columns.instantOrNull(row, "returned_at"),
            refused == null
                ? null
                : new Refusal(
                    refused,
                    row.getString("refusal_channel_code"),
                    row.getString("refusal_message")),
            EventDao.undelivered(handle, no),
            Columns.instant(row, "created_at")),
        MerchantId.of(row.getString("merchant")),
        MerchantOrderNo.of(row.getString("merchant_withdrawal_no")),
        row.getString("buyer_id"),
        row.getString("request_id"),
        row.getString("fingerprint"),
        Channel.ofCode(row.getInt("channel")),
        Money.ofFen(row.getLong("amount_fen")),
        row.getString("payee_shown"),
        Columns.instant(row, "created_at"));
  }
}
