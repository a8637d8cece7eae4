package dev.durablecheckout.activities.serviceorder;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.activities.recovery.OpenRows;
import dev.durablecheckout.activities.recovery.OpenWork;
import dev.durablecheckout.workflows.client.WorkflowToStart;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.serviceorder.RiskFund;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRequest;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderWorkflow;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import io.temporal.common.SearchAttributes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Service orders that have not come to an end, or of which the order system has not acknowledged
 * what it was told.
 */
public final class OpenServiceOrders implements OpenWork {
  private static final String PAGE =
      """
      select service_order_id from (
        (select service_order_id from service_orders
          where status in ('CREATED', 'CONFIRMED', 'COMPLETED') and service_order_id > :after and created_at < :before
          order by service_order_id limit :limit)
        union
        (select distinct service_order_id from events
          where delivered_at is null and not withheld and service_order_id > :after and created_at < :before
          order by service_order_id limit :limit)) open
      order by service_order_id limit :limit
      """;
  private static final String FIND = "select * from service_orders where service_order_id = :key";

  private final OpenRows books;

  public OpenServiceOrders(Jdbi jdbi) {
    this.books = new OpenRows(jdbi);
  }

  @Override
  public String kind() {
    return "service orders";
  }

  @Override
  public List<String> page(Instant before, String after, int limit) {
    return books.keys(PAGE, before, after, limit);
  }

  @Override
  public String workflowId(String key) {
    return ServiceOrderId.parse(key).workflowId();
  }

  @Override
  public Optional<WorkflowToStart> rebuild(String key) {
    return books.workflow(FIND, key, (row, context) -> workflow(row));
  }

  private static WorkflowToStart workflow(ResultSet row) throws SQLException {
    Map<String, String> metadata =
        BookJson.read(row.getString("metadata"), new TypeReference<>() {});
    ServiceOrderRequest request =
        new ServiceOrderRequest(
            ServiceOrderId.parse(row.getString("service_order_id")),
            row.getString("request_id"),
            row.getString("fingerprint"),
            row.getString("idempotency_key"),
            row.getString("introduction"),
            new RiskFund(
                Columns.constant(row, "risk_fund_name", RiskFund.Name.class),
                Money.ofFen(row.getLong("risk_fund_fen"))),
            row.getString("buyer_id"),
            metadata);
    SearchAttributes.Builder attributes =
        SearchAttributes.newBuilder()
            .set(SearchAttributeKeys.CHECKOUT_STATUS, row.getString("status"))
            .set(SearchAttributeKeys.PAY_CHANNEL, Channel.WECHAT_PAY.name())
            .set(SearchAttributeKeys.AMOUNT_FEN, request.riskFund().amount().amountFen());
    String attention = row.getString("attention");
    if (attention != null) {
      attributes.set(SearchAttributeKeys.ATTENTION, attention);
    }
    return new WorkflowToStart(
        request.id().workflowId(),
        ServiceOrderWorkflow.class,
        request,
        request.summary(),
        attributes.build());
  }
}
