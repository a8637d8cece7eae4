package dev.durablecheckout.activities.serviceorder;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.activities.event.EventDao;
import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.serviceorder.RiskFund;
import dev.durablecheckout.workflows.serviceorder.ServiceBill;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRecord;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRequest;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Rows of service orders. States move only by compare-and-set over {@link
 * ServiceOrderStatus#MOVES}.
 */
final class ServiceOrderDao {
  private static final String INSERT =
      """
      insert into service_orders (service_order_id, merchant, merchant_order_no, out_order_no, request_id, fingerprint,
        idempotency_key, introduction, risk_fund_name, risk_fund_fen, buyer_id, metadata, status, created_at, updated_at)
      values (:id, :merchant, :orderNo, :outOrderNo, :requestId, :fingerprint,
        :key, :introduction, :fundName, :fundFen, :buyer, cast(:metadata as jsonb), 'CREATED', :at, :at)
      on conflict do nothing
      """;
  private static final String FIND = "select * from service_orders where service_order_id = :id";
  private static final String REFUSE =
      """
      update service_orders set status = 'REFUSED', refusal_code = :code, refusal_channel_code = :channelCode,
        refusal_message = :message, updated_at = :at
      where service_order_id = :id and status = any(:from)
      """;
  private static final String MOVE =
      """
      update service_orders set status = :to, updated_at = :at,
        wechat_order_id = coalesce(:orderId, wechat_order_id),
        started_at = coalesce(started_at, :startedAt),
        transaction_id = coalesce(transaction_id, :transactionId),
        paid_fen = case when :to = 'SETTLED' then :paidFen end,
        paid_at = case when :to = 'SETTLED' then cast(:paidAt as timestamptz) end
      where service_order_id = :id and status = any(:from)
      """;
  private static final String BILL =
      """
      update service_orders set bill = cast(:bill as jsonb), total_fen = :totalFen, ended_at = :endedAt, updated_at = :at
      where service_order_id = :id and status in ('CONFIRMED', 'COMPLETED')
        and (bill is distinct from cast(:bill as jsonb) or ended_at is distinct from :endedAt)
      """;
  private static final String ATTENTION =
      """
      update service_orders set attention = :attention, attention_detail = :detail, updated_at = :at
      where service_order_id = :id and attention is distinct from cast(:attention as text)
      """;

  private ServiceOrderDao() {}

  /** Returns false if the id, or the idempotency key, exists: {@link #find} tells which. */
  static boolean insert(Handle handle, ServiceOrderRequest request, Instant at) {
    ServiceOrderId id = request.id();
    return handle
            .createUpdate(INSERT)
            .bind("id", id.value())
            .bind("merchant", id.merchant().value())
            .bind("orderNo", id.orderNo().value())
            .bind("outOrderNo", id.outOrderNo())
            .bind("requestId", request.requestId())
            .bind("fingerprint", request.fingerprint())
            .bind("key", request.idempotencyKey())
            .bind("introduction", request.introduction())
            .bind("fundName", request.riskFund().name().name())
            .bind("fundFen", request.riskFund().amount().amountFen())
            .bind("buyer", request.buyerId())
            .bind("metadata", BookJson.write(request.metadata()))
            .bind("at", at)
            .execute()
        == 1;
  }

  static Optional<ServiceOrderRow> find(Handle handle, ServiceOrderId id) {
    return find(handle, id, FIND);
  }

  /** The row, locked until the end of the transaction. */
  static ServiceOrderRow lock(Handle handle, ServiceOrderId id) {
    return find(handle, id, FIND + " for update").orElseThrow();
  }

  private static Optional<ServiceOrderRow> find(Handle handle, ServiceOrderId id, String query) {
    return handle
        .createQuery(query)
        .bind("id", id.value())
        .map((row, context) -> order(handle, row))
        .findOne();
  }

  static boolean refuse(Handle handle, ServiceOrderId id, Refusal refusal, Instant at) {
    return handle
            .createUpdate(REFUSE)
            .bind("id", id.value())
            .bind("code", refusal.code().name())
            .bind("channelCode", refusal.channelCode())
            .bind("message", refusal.message())
            .bindArray("from", String.class, from(ServiceOrderStatus.REFUSED))
            .bind("at", at)
            .execute()
        == 1;
  }

  /** Moves the state; returns false if that is not allowed from where it stands. */
  static boolean move(
      Handle handle,
      ServiceOrderId id,
      ServiceOrderStatus to,
      ServiceOrderResult facts,
      Instant at) {
    TradeNo transactionId = facts.transactionId();
    Money paid = facts.paid();
    return handle
            .createUpdate(MOVE)
            .bind("id", id.value())
            .bind("to", to.name())
            .bind("orderId", facts.orderId())
            .bind("startedAt", facts.startedAt())
            .bind("transactionId", transactionId == null ? null : transactionId.value())
            .bind("paidFen", paid == null ? null : paid.amountFen())
            .bind("paidAt", facts.paidAt())
            .bindArray("from", String.class, from(to))
            .bind("at", at)
            .execute()
        == 1;
  }

  private static List<String> from(ServiceOrderStatus to) {
    return ServiceOrderStatus.MOVES.into(to).stream().map(Enum::name).toList();
  }

  /** Returns false if it says so already, or nothing is to be collected any more. */
  static boolean bill(
      Handle handle, ServiceOrderId id, ServiceBill bill, Instant endedAt, Instant at) {
    return handle
            .createUpdate(BILL)
            .bind("id", id.value())
            .bind("bill", BookJson.write(bill))
            .bind("totalFen", bill.total().amountFen())
            .bind("endedAt", endedAt)
            .bind("at", at)
            .execute()
        == 1;
  }

  static boolean attention(
      Handle handle, ServiceOrderId id, @Nullable Attention attention, String detail, Instant at) {
    return handle
            .createUpdate(ATTENTION)
            .bind("id", id.value())
            .bind("attention", attention == null ? null : attention.name())
            .bind("detail", attention == null ? null : detail)
            .bind("at", at)
            .execute()
        == 1;
  }

  private static ServiceOrderRow order(Handle handle, ResultSet row) throws SQLException {
    ServiceOrderId id = ServiceOrderId.parse(row.getString("service_order_id"));
    String bill = row.getString("bill");
    String transactionId = row.getString("transaction_id");
    long paidFen = row.getLong("paid_fen");
    boolean isPaid = !row.wasNull();
    Refusal.Code refused = Columns.constantOrNull(row, "refusal_code", Refusal.Code.class);
    Map<String, String> metadata =
        BookJson.read(row.getString("metadata"), new TypeReference<>() {});
    return new ServiceOrderRow(
        new ServiceOrderRecord(
            id,
            Columns.constant(row, "status", ServiceOrderStatus.class),
            Columns.constantOrNull(row, "attention", Attention.class),
            Columns.instantOrNull(row, "started_at"),
            Columns.instantOrNull(row, "ended_at"),
            bill == null ? null : BookJson.read(bill, new TypeReference<ServiceBill>() {}),
            transactionId == null ? null : TradeNo.of(transactionId),
            isPaid ? Money.ofFen(paidFen) : null,
            refused == null
                ? null
                : new Refusal(
                    refused,
                    row.getString("refusal_channel_code"),
                    row.getString("refusal_message")),
            EventDao.undelivered(handle, id)),
        row.getString("request_id"),
        row.getString("fingerprint"),
        row.getString("introduction"),
        new RiskFund(
            Columns.constant(row, "risk_fund_name", RiskFund.Name.class),
            Money.ofFen(row.getLong("risk_fund_fen"))),
        row.getString("buyer_id"),
        metadata,
        Columns.instant(row, "created_at"));
  }
}
