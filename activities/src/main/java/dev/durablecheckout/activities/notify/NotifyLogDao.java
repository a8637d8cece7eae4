package dev.durablecheckout.activities.notify;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.NotifiedRefund;
import dev.durablecheckout.activities.channel.VerifiedPayment;
import dev.durablecheckout.activities.channel.VerifiedPayout;
import dev.durablecheckout.activities.channel.VerifiedServiceOrder;
import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.PaymentNotified;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundNotified;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderNotified;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult;
import dev.durablecheckout.workflows.withdrawal.WithdrawalStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** The notify log, the one thing in the books that the API writes. */
public final class NotifyLogDao {
  private static final int MAX_STORED_BODY = 64 * 1024;

  private static final String LOG_VERIFIED =
      """
      insert into notify_log (merchant, channel, verdict, notify_id, checkout_id, out_trade_no, trade_state, trade_no,
        amount_fen, paid_at, out_refund_no, refund_fen, raw_body, headers, received_at, last_received_at)
      select :merchant, :channel, 'VERIFIED', :notifyId, coalesce(known.checkout_id, :echoed), :no, :state, :tradeNo,
        :amountFen, :paidAt, :outRefundNo, :refundFen, :body, cast(:headers as jsonb), :at, :at
      from (select 1) always
      left join (select p.checkout_id from pay_orders p join checkouts c using (checkout_id)
        where p.out_trade_no = :no and p.channel = :channel and c.merchant = :merchant) known on true
      on conflict (merchant, channel, notify_id, out_trade_no, trade_state) where verdict = 'VERIFIED'
        do update set deliveries = notify_log.deliveries + 1, last_received_at = excluded.last_received_at
      returning id, checkout_id, deliveries,
        (select p.status from pay_orders p join checkouts c using (checkout_id)
          where p.out_trade_no = :no and c.merchant = :merchant) as pay_order_status,
        exists (select 1 from refunds r join checkouts c using (checkout_id)
          where r.out_refund_no = :outRefundNo and c.merchant = :merchant) as refund_known
      """;
  private static final String LOG_SERVICE_ORDER =
      """
      insert into notify_log (merchant, channel, verdict, notify_id, service_order_id, service_order, raw_body, headers,
        received_at, last_received_at)
      select :merchant, :channel, 'VERIFIED', :notifyId, coalesce(known.service_order_id, :echoed),
        cast(:order as jsonb), :body, cast(:headers as jsonb), :at, :at
      from (select 1) always
      left join (select service_order_id from service_orders where out_order_no = :no and merchant = :merchant) known
        on true
      on conflict (merchant, channel, notify_id) where verdict = 'VERIFIED' and service_order is not null
        do update set deliveries = notify_log.deliveries + 1, last_received_at = excluded.last_received_at
      returning id, service_order_id
      """;
  private static final String LOG_PAYOUT =
      """
      insert into notify_log (merchant, channel, verdict, notify_id, withdrawal_no, payout_state, amount_fen, raw_body,
        headers, received_at, last_received_at)
      values (:merchant, :channel, 'VERIFIED', :notifyId, :no, :state, :amountFen, :body, cast(:headers as jsonb), :at, :at)
      on conflict (merchant, channel, notify_id) where verdict = 'VERIFIED' and withdrawal_no is not null
        do update set deliveries = notify_log.deliveries + 1, last_received_at = excluded.last_received_at
      returning id, (select w.status from withdrawals w where w.withdrawal_no = :no) as status
      """;
  private static final String LOG_INVALID =
      """
      insert into notify_log (merchant, channel, verdict, verdict_detail, raw_body, headers, received_at,
        last_received_at)
      values (:merchant, :channel, :verdict, :detail, :body, cast(:headers as jsonb), :at, :at)
      """;
  private static final String UNRELAYED =
      """
      select * from notify_log
      where verdict = 'VERIFIED' and applied_at is null and relayed_at is null and checkout_id is not null
        and received_at <= :before and (refund_fen is null or paid_at is not null)
        and not exists (select 1 from refunds r where r.out_refund_no = notify_log.out_refund_no)
      order by greatest(received_at, relay_tried_at), received_at, id limit :limit
      """;
  private static final String UNRELAYED_REFUNDS =
      """
      select n.* from notify_log n join refunds r using (out_refund_no) join checkouts c on c.checkout_id = r.checkout_id
      where n.verdict = 'VERIFIED' and n.applied_at is null and n.relayed_at is null and c.merchant = n.merchant
        and n.received_at <= :before
      order by greatest(n.received_at, n.relay_tried_at), n.received_at, n.id limit :limit
      """;
  private static final String UNRELAYED_SERVICE_ORDERS =
      """
      select * from notify_log
      where verdict = 'VERIFIED' and applied_at is null and relayed_at is null and service_order_id is not null
        and received_at <= :before
      order by greatest(received_at, relay_tried_at), received_at, id limit :limit
      """;
  private static final String RELAYED =
      """
      update notify_log n set relayed_at = :at,
        applied_at = case when n.trade_state = 'PAID' and exists (select 1 from pay_orders p
          where p.out_trade_no = n.out_trade_no and p.status = 'SUCCEEDED' and p.paid_fen = n.amount_fen)
          then coalesce(n.applied_at, :at) else n.applied_at end
      where id = :id and relayed_at is null
      """;
  private static final String TRIED =
      "update notify_log set relay_tried_at = :at where id = any(:ids) and relayed_at is null";
  private static final String APPLIED =
      "update notify_log set applied_at = :at where id = :id and applied_at is null and verdict = 'VERIFIED'";

  private static final String APPLIED_PAYMENT =
      """
      update notify_log set applied_at = :at where out_trade_no = :no and trade_state = 'PAID' and amount_fen = :fen
        and applied_at is null and verdict = 'VERIFIED'
      """;
  private static final String APPLIED_REFUND =
      """
      update notify_log set applied_at = :at where out_refund_no = :no and applied_at is null and verdict = 'VERIFIED'
      """;

  private final Jdbi jdbi;
  private final Clock clock;

  public NotifyLogDao(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * Logs a verified notify, in one statement. A resend of the same message adds to its count, not a
   * row.
   */
  public LoggedNotify logVerified(NotifyMessage message, VerifiedPayment verified) {
    TradeResult trade = verified.trade();
    CheckoutId echoed = verified.checkoutId();
    TradeNo tradeNo = trade.tradeNo();
    Money amount = trade.amount();
    NotifiedRefund refund = verified.refund();
    OutRefundNo outRefundNo = refund == null ? null : refund.outRefundNo();
    boolean foreign = echoed == null || !echoed.merchant().equals(message.merchant());
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LOG_VERIFIED)
                .bind("merchant", message.merchant().value())
                .bind("channel", message.channel().code())
                .bind("notifyId", verified.notifyId())
                .bind("echoed", foreign || echoed == null ? null : echoed.value())
                .bind("no", trade.outTradeNo().value())
                .bind("state", trade.state().name())
                .bind("tradeNo", tradeNo == null ? null : tradeNo.value())
                .bind("amountFen", amount == null ? null : amount.amountFen())
                .bind("paidAt", trade.paidAt())
                .bind("outRefundNo", outRefundNo == null ? null : outRefundNo.value())
                .bind("refundFen", refund == null ? null : refund.fee().amountFen())
                .bind("body", message.rawBody())
                .bind("headers", BookJson.write(message.headers().asMap()))
                .bind("at", clock.instant())
                .map((row, context) -> logged(row))
                .one());
  }

  /** As {@link #logVerified(NotifyMessage, VerifiedPayment)}, for a service order. */
  public LoggedServiceOrder logVerified(NotifyMessage message, VerifiedServiceOrder verified) {
    ServiceOrderId echoed = verified.id();
    boolean foreign = echoed == null || !echoed.merchant().equals(message.merchant());
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LOG_SERVICE_ORDER)
                .bind("merchant", message.merchant().value())
                .bind("channel", message.channel().code())
                .bind("notifyId", verified.notifyId())
                .bind("echoed", foreign || echoed == null ? null : echoed.value())
                .bind("no", verified.outOrderNo())
                .bind("order", BookJson.write(verified.order()))
                .bind("body", message.rawBody())
                .bind("headers", BookJson.write(message.headers().asMap()))
                .bind("at", clock.instant())
                .map((row, context) -> loggedServiceOrder(row))
                .one());
  }

  /** As {@link #logVerified(NotifyMessage, VerifiedPayment)}, for a payout. Is not relayed. */
  public LoggedPayout logVerified(NotifyMessage message, VerifiedPayout verified) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LOG_PAYOUT)
                .bind("merchant", message.merchant().value())
                .bind("channel", message.channel().code())
                .bind("notifyId", verified.notifyId())
                .bind("no", verified.no().value())
                .bind("state", verified.payout().state().name())
                .bind("amountFen", verified.amount().amountFen())
                .bind("body", message.rawBody())
                .bind("headers", BookJson.write(message.headers().asMap()))
                .bind("at", clock.instant())
                .map(
                    (row, context) ->
                        new LoggedPayout(
                            row.getLong("id"),
                            Columns.constantOrNull(row, "status", WithdrawalStatus.class)))
                .one());
  }

  private static LoggedServiceOrder loggedServiceOrder(ResultSet row) throws SQLException {
    String id = row.getString("service_order_id");
    return new LoggedServiceOrder(row.getLong("id"), id == null ? null : ServiceOrderId.parse(id));
  }

  private static LoggedNotify logged(ResultSet row) throws SQLException {
    return new LoggedNotify(
        row.getLong("id"),
        checkoutOrNull(row),
        Columns.constantOrNull(row, "pay_order_status", PayOrderStatus.class),
        row.getInt("deliveries") > 1,
        row.getBoolean("refund_known"));
  }

  private static @Nullable CheckoutId checkoutOrNull(ResultSet row) throws SQLException {
    String value = row.getString("checkout_id");
    return value == null ? null : CheckoutId.parse(value);
  }

  /**
   * Logs a message that must not count, with the reason. It never stands in the way of a real one.
   */
  public void logInvalid(NotifyMessage message, InvalidNotifyException reason) {
    byte[] body = message.rawBody();
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(LOG_INVALID)
                .bind("merchant", message.merchant().value())
                .bind("channel", message.channel().code())
                .bind("verdict", reason.reason().name())
                .bind("detail", reason.getMessage())
                .bind(
                    "body",
                    body.length > MAX_STORED_BODY ? Arrays.copyOf(body, MAX_STORED_BODY) : body)
                .bind("headers", BookJson.write(message.headers().asMap()))
                .bind("at", clock.instant())
                .execute());
  }

  /**
   * Hands notifies that were logged at least {@code age} ago, and are neither applied nor relayed,
   * to {@code relay}, the oldest first, and marks each for which that returns normally. One that
   * fails stays for a later time, behind those that wait already, so that it holds up no other. No
   * lock is held meanwhile, so two processes may hand out the same notify: a workflow takes it
   * once.
   *
   * @return how many were relayed
   * @throws RuntimeException what the relay threw first, after the others were handed out
   */
  public int relay(Duration age, int limit, Consumer<UnrelayedNotify> relay) {
    return relay(unrelayed(UNRELAYED, age, limit, NotifyLogDao::unrelayed), relay);
  }

  /** As {@link #relay}, for notifies about service orders. */
  public int relayServiceOrders(Duration age, int limit, Consumer<UnrelayedServiceOrder> relay) {
    return relay(
        unrelayed(UNRELAYED_SERVICE_ORDERS, age, limit, NotifyLogDao::unrelayedServiceOrder),
        relay);
  }

  /** As {@link #relay}, for notifies about refunds of ours. */
  public int relayRefunds(Duration age, int limit, Consumer<UnrelayedRefund> relay) {
    return relay(unrelayed(UNRELAYED_REFUNDS, age, limit, NotifyLogDao::unrelayedRefund), relay);
  }

  private static UnrelayedRefund unrelayedRefund(ResultSet row) throws SQLException {
    long id = row.getLong("id");
    return new UnrelayedRefund(
        id,
        OutRefundNo.of(row.getString("out_refund_no")),
        new RefundNotified(id, row.getString("notify_id")));
  }

  /** A notify that waits, by its row. */
  interface Unrelayed {
    long id();
  }

  private <T extends Unrelayed> int relay(List<T> unrelayed, Consumer<T> relay) {
    int relayed = 0;
    List<Long> failed = new ArrayList<>();
    RuntimeException first = null;
    for (T notify : unrelayed) {
      try {
        relay.accept(notify);
        markRelayed(notify.id());
        relayed++;
      } catch (RuntimeException e) {
        failed.add(notify.id());
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      markTried(failed, first);
      throw first;
    }
    return relayed;
  }

  /** Reads one row. */
  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> unrelayed(String query, Duration age, int limit, RowReader<T> reader) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(query)
                .bind("before", clock.instant().minus(age))
                .bind("limit", limit)
                .map((row, context) -> reader.read(row))
                .list());
  }

  private void markRelayed(long id) {
    jdbi.useHandle(
        handle ->
            handle.createUpdate(RELAYED).bind("at", clock.instant()).bind("id", id).execute());
  }

  private void markTried(List<Long> ids, RuntimeException failure) {
    try {
      jdbi.useHandle(
          handle ->
              handle
                  .createUpdate(TRIED)
                  .bind("at", clock.instant())
                  .bindArray("ids", Long.class, ids)
                  .execute());
    } catch (JdbiException e) {
      // The database may be what they failed for. They are tried again in the same order.
      failure.addSuppressed(e);
    }
  }

  private static UnrelayedNotify unrelayed(ResultSet row) throws SQLException {
    String tradeNo = row.getString("trade_no");
    long amountFen = row.getLong("amount_fen");
    boolean hasAmount = !row.wasNull();
    long id = row.getLong("id");
    return new UnrelayedNotify(
        id,
        CheckoutId.parse(row.getString("checkout_id")),
        new PaymentNotified(
            id,
            row.getString("notify_id"),
            new TradeResult(
                OutTradeNo.of(row.getString("out_trade_no")),
                Columns.constant(row, "trade_state", TradeState.class),
                tradeNo == null ? null : TradeNo.of(tradeNo),
                hasAmount ? Money.ofFen(amountFen) : null,
                Columns.instantOrNull(row, "paid_at"))));
  }

  private static UnrelayedServiceOrder unrelayedServiceOrder(ResultSet row) throws SQLException {
    long id = row.getLong("id");
    return new UnrelayedServiceOrder(
        id,
        ServiceOrderId.parse(row.getString("service_order_id")),
        new ServiceOrderNotified(
            id,
            row.getString("notify_id"),
            BookJson.read(
                row.getString("service_order"), new TypeReference<ServiceOrderResult>() {})));
  }

  /** As {@link #markApplied(Handle, long, Instant)}, all that told of this payment. */
  public static void markApplied(Handle handle, OutTradeNo outTradeNo, Money paid, Instant at) {
    int unused =
        handle
            .createUpdate(APPLIED_PAYMENT)
            .bind("no", outTradeNo.value())
            .bind("fen", paid.amountFen())
            .bind("at", at)
            .execute();
  }

  /** As {@link #markApplied(Handle, long, Instant)}, all that told of this refund. */
  public static void markApplied(Handle handle, OutRefundNo outRefundNo, Instant at) {
    handle.createUpdate(APPLIED_REFUND).bind("no", outRefundNo.value()).bind("at", at).execute();
  }

  /** In the transaction of the state change that the notify led to. */
  public static void markApplied(Handle handle, long id, Instant at) {
    handle.createUpdate(APPLIED).bind("id", id).bind("at", at).execute();
  }
}
