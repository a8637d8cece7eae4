package dev.durablecheckout.activities.payment;

import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.Payer;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.Settlement;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Rows of pay orders. States move only by compare-and-set over {@link PayOrderStatus#MOVES}. */
public final class PayOrderDao {
  private static final String INSERT =
      """
      insert into pay_orders (out_trade_no, checkout_id, attempt, channel, method, amount_fen, subject, time_expire,
        return_url, payer_openid, payer_client_ip, status, created_at, updated_at)
      select :no, checkout_id, :attempt, :channel, :method, :amountFen, :subject, :timeExpire,
        :returnUrl, :openid, :clientIp, 'PAYING', :at, :at
      from checkouts where checkout_id = :checkout and status = 'AWAITING_PAYMENT'
      on conflict (out_trade_no) do nothing
      """;
  private static final String CLOSE =
      """
      update pay_orders set status = 'CLOSED', dead_at = case when :dead then cast(:at as timestamptz) end, updated_at = :at
      where out_trade_no = :no and status = any(:from)
      """;
  private static final String DEAD =
      """
      update pay_orders set dead_at = :at, updated_at = :at
      where out_trade_no = any(:nos) and status = 'CLOSED' and dead_at is null
      """;
  private static final String CLOSE_ALL =
      """
      update pay_orders set status = 'CLOSED', updated_at = :at
      where checkout_id = :checkout and status = any(:from)
      """;
  private static final String REFUSE =
      """
      update pay_orders set status = 'FAILED', refusal_code = :code, refusal_channel_code = :channelCode,
        refusal_message = :message, updated_at = :at
      where out_trade_no = :no and status = any(:from)
      """;
  private static final String SUCCEED =
      """
      update pay_orders set status = 'SUCCEEDED', settlement = :settlement, trade_no = :tradeNo, paid_fen = :paidFen,
        paid_at = :paidAt, updated_at = :at
      where out_trade_no = :no and status = any(:from)
      """;
  private static final String FIND =
      "select p.*, c.buyer_id from pay_orders p join checkouts c using (checkout_id) where out_trade_no = :no";
  private static final String OF_CHECKOUTS =
      "select p.*, c.buyer_id from pay_orders p join checkouts c using (checkout_id)"
          + " where checkout_id = any(:checkouts) order by checkout_id, attempt";

  private PayOrderDao() {}

  /** Returns false if the number exists, or the checkout is not awaiting payment. */
  public static boolean insert(Handle handle, PayOrder payOrder, Instant at) {
    Payer payer = payOrder.payer();
    return handle
            .createUpdate(INSERT)
            .bind("no", payOrder.outTradeNo().value())
            .bind("checkout", payOrder.checkoutId().value())
            .bind("attempt", payOrder.attempt())
            .bind("channel", payOrder.channel().code())
            .bind("method", payOrder.method().name())
            .bind("amountFen", payOrder.amount().amountFen())
            .bind("subject", payOrder.subject())
            .bind("timeExpire", payOrder.timeExpire())
            .bind("returnUrl", payOrder.returnUrl())
            .bind("openid", payer == null ? null : payer.openid())
            .bind("clientIp", payer == null ? null : payer.clientIp())
            .bind("at", at)
            .execute()
        == 1;
  }

  /**
   * To CLOSED; returns false if the move is not allowed from where it stands.
   *
   * @param dead whether no money can come any more
   */
  public static boolean close(Handle handle, OutTradeNo outTradeNo, boolean dead, Instant at) {
    return move(handle, CLOSE, outTradeNo, PayOrderStatus.CLOSED, at).bind("dead", dead).execute()
        == 1;
  }

  /** Says of those that are CLOSED that no money can come any more. */
  public static void bury(Handle handle, Collection<OutTradeNo> outTradeNos, Instant at) {
    handle
        .createUpdate(DEAD)
        .bindArray("nos", String.class, outTradeNos.stream().map(OutTradeNo::value).toList())
        .bind("at", at)
        .execute();
  }

  /** All of a checkout that can still be closed, to CLOSED. */
  public static void closeAll(Handle handle, CheckoutId checkout, Instant at) {
    handle
        .createUpdate(CLOSE_ALL)
        .bind("checkout", checkout.value())
        .bindArray("from", String.class, names(PayOrderStatus.CLOSED))
        .bind("at", at)
        .execute();
  }

  /** To FAILED; returns false if the move is not allowed from where it stands. */
  public static boolean refuse(Handle handle, OutTradeNo outTradeNo, Refusal refusal, Instant at) {
    return move(handle, REFUSE, outTradeNo, PayOrderStatus.FAILED, at)
            .bind("code", refusal.code().name())
            .bind("channelCode", refusal.channelCode())
            .bind("message", refusal.message())
            .execute()
        == 1;
  }

  /** To SUCCEEDED; returns false if the move is not allowed from where it stands. */
  public static boolean succeed(
      Handle handle, TradeResult trade, Money paid, Settlement settlement, Instant at) {
    TradeNo tradeNo = trade.tradeNo();
    return move(handle, SUCCEED, trade.outTradeNo(), PayOrderStatus.SUCCEEDED, at)
            .bind("settlement", settlement.name())
            .bind("tradeNo", tradeNo == null ? null : tradeNo.value())
            .bind("paidFen", paid.amountFen())
            .bind("paidAt", trade.paidAt())
            .execute()
        == 1;
  }

  private static Update move(
      Handle handle, String sql, OutTradeNo outTradeNo, PayOrderStatus to, Instant at) {
    return handle
        .createUpdate(sql)
        .bind("no", outTradeNo.value())
        .bindArray("from", String.class, names(to))
        .bind("at", at);
  }

  private static List<String> names(PayOrderStatus to) {
    return PayOrderStatus.MOVES.into(to).stream().map(PayOrderStatus::name).toList();
  }

  public static Optional<PayOrderRecord> find(Handle handle, OutTradeNo outTradeNo) {
    return find(handle, FIND, outTradeNo);
  }

  /** Locked until the end of the transaction: it moves nowhere meanwhile. */
  public static Optional<PayOrderRecord> lock(Handle handle, OutTradeNo outTradeNo) {
    return find(handle, FIND + " for no key update of p", outTradeNo);
  }

  private static Optional<PayOrderRecord> find(Handle handle, String sql, OutTradeNo outTradeNo) {
    return handle
        .createQuery(sql)
        .bind("no", outTradeNo.value())
        .map((row, context) -> record(row))
        .findOne();
  }

  /** Those of the given checkouts, by attempt. */
  public static List<PayOrderRecord> ofCheckouts(Handle handle, Collection<CheckoutId> checkouts) {
    return handle
        .createQuery(OF_CHECKOUTS)
        .bindArray("checkouts", String.class, checkouts.stream().map(CheckoutId::value).toList())
        .map((row, context) -> record(row))
        .list();
  }

  private static PayOrderRecord record(ResultSet row) throws SQLException {
    String tradeNo = row.getString("trade_no");
    return new PayOrderRecord(
        new PayOrder(
            OutTradeNo.of(row.getString("out_trade_no")),
            CheckoutId.parse(row.getString("checkout_id")),
            row.getInt("attempt"),
            Channel.ofCode(row.getInt("channel")),
            Columns.constant(row, "method", PayMethod.class),
            Money.ofFen(row.getLong("amount_fen")),
            row.getString("subject"),
            Columns.instant(row, "time_expire"),
            row.getString("return_url"),
            row.getString("buyer_id"),
            payer(row)),
        Columns.constant(row, "status", PayOrderStatus.class),
        Columns.constantOrNull(row, "settlement", Settlement.class),
        tradeNo == null ? null : TradeNo.of(tradeNo),
        Columns.instantOrNull(row, "paid_at"),
        row.getString("status").equals(PayOrderStatus.CLOSED.name())
            && row.getTimestamp("dead_at") == null);
  }

  /** Codes that are good once are not kept. */
  private static @Nullable Payer payer(ResultSet row) throws SQLException {
    String openid = row.getString("payer_openid");
    String clientIp = row.getString("payer_client_ip");
    return openid == null && clientIp == null ? null : new Payer(openid, null, clientIp, null);
  }
}
