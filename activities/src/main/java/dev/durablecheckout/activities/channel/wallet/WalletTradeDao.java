package dev.durablecheckout.activities.channel.wallet;

import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Rows of wallet trades, written under the lock of their checkout. */
final class WalletTradeDao {
  private static final String FIND = "select * from wallet_trades where out_trade_no = :no";
  private static final String INSERT =
      """
      insert into wallet_trades (out_trade_no, state, amount_fen, posting, paid_at, created_at, updated_at)
      values (:no, :state, :amountFen, :posting, :paidAt, :at, :at)
      """;
  private static final String REFUND =
      """
      update wallet_trades set refunded_fen = refunded_fen + :fen, updated_at = :at
      where out_trade_no = :no and state = 'PAID'
      """;

  private WalletTradeDao() {}

  static Optional<WalletTrade> find(Handle handle, OutTradeNo outTradeNo) {
    return handle
        .createQuery(FIND)
        .bind("no", outTradeNo.value())
        .map(
            (row, context) ->
                new WalletTrade(
                    outTradeNo,
                    Columns.constant(row, "state", WalletTradeState.class),
                    Money.ofFen(row.getLong("amount_fen")),
                    Money.ofFen(row.getLong("refunded_fen")),
                    Columns.instantOrNull(row, "paid_at")))
        .findOne();
  }

  static void insertPaid(Handle handle, WalletTrade trade, long posting, Instant at) {
    insert(handle, trade.outTradeNo(), WalletTradeState.PAID, trade.amount(), posting, at);
  }

  static void insertClosed(Handle handle, OutTradeNo outTradeNo, Money amount, Instant at) {
    insert(handle, outTradeNo, WalletTradeState.CLOSED, amount, null, at);
  }

  private static void insert(
      Handle handle,
      OutTradeNo outTradeNo,
      WalletTradeState state,
      Money amount,
      @Nullable Long posting,
      Instant at) {
    handle
        .createUpdate(INSERT)
        .bind("no", outTradeNo.value())
        .bind("state", state.name())
        .bind("amountFen", amount.amountFen())
        .bind("posting", posting)
        .bind("paidAt", posting == null ? null : at)
        .bind("at", at)
        .execute();
  }

  /** Counts what has gone back; the database refuses more than was paid. */
  static void addRefund(Handle handle, OutTradeNo outTradeNo, Money amount, Instant at) {
    handle
        .createUpdate(REFUND)
        .bind("no", outTradeNo.value())
        .bind("fen", amount.amountFen())
        .bind("at", at)
        .execute();
  }
}
