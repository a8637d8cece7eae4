package dev.durablecheckout.activities.checkout;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.activities.recovery.OpenRows;
import dev.durablecheckout.activities.recovery.OpenWork;
import dev.durablecheckout.activities.voucher.VoucherDao;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutPolicy;
import dev.durablecheckout.workflows.checkout.CheckoutPurpose;
import dev.durablecheckout.workflows.checkout.CheckoutRequest;
import dev.durablecheckout.workflows.checkout.CheckoutWorkflow;
import dev.durablecheckout.workflows.client.WorkflowToStart;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.Item;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import io.temporal.common.SearchAttributes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Checkouts that await payment, whose end the order system has not acknowledged, or by a pay order
 * of which money may still come.
 */
public final class OpenCheckouts implements OpenWork {
  // Each branch is one partial index, read from the key on.
  private static final String PAGE =
      """
      select checkout_id from (
        (select checkout_id from checkouts
          where status = 'AWAITING_PAYMENT' and checkout_id > :after and created_at < :before
          order by checkout_id limit :limit)
        union
        (select distinct checkout_id from events
          where delivered_at is null and not withheld and type in ('CHECKOUT_PAID', 'CHECKOUT_CLOSED')
            and checkout_id > :after and created_at < :before
          order by checkout_id limit :limit)
        union
        (select distinct checkout_id from pay_orders
          where status in ('PAYING', 'CLOSED') and dead_at is null and checkout_id > :after and updated_at < :before
          order by checkout_id limit :limit)) open
      order by checkout_id limit :limit
      """;
  private static final String FIND =
      """
      select c.*, o.items, v.voucher_no, v.discount_fen,
        (select p.channel from pay_orders p where p.checkout_id = c.checkout_id order by attempt desc limit 1) as channel
      from checkouts c join orders o using (checkout_id) left join voucher_uses v using (checkout_id) where checkout_id = :key order by o.order_no
      """;

  private final OpenRows books;

  public OpenCheckouts(Jdbi jdbi) {
    this.books = new OpenRows(jdbi);
  }

  @Override
  public String kind() {
    return "checkouts";
  }

  @Override
  public List<String> page(Instant before, String after, int limit) {
    return books.keys(PAGE, before, after, limit);
  }

  @Override
  public String workflowId(String key) {
    return CheckoutId.parse(key).workflowId();
  }

  @Override
  public Optional<WorkflowToStart> rebuild(String key) {
    return books.workflow(FIND, key, (row, context) -> workflow(row));
  }

  private static WorkflowToStart workflow(ResultSet row) throws SQLException {
    CheckoutRequest request = request(row);
    SearchAttributes.Builder attributes =
        SearchAttributes.newBuilder()
            .set(SearchAttributeKeys.CHECKOUT_STATUS, row.getString("status"))
            .set(SearchAttributeKeys.AMOUNT_FEN, request.amount().amountFen())
            .set(SearchAttributeKeys.PAY_DEADLINE, request.deadline().atOffset(ZoneOffset.UTC));
    int channel = row.getInt("channel");
    if (!row.wasNull()) {
      attributes.set(SearchAttributeKeys.PAY_CHANNEL, Channel.ofCode(channel).name());
    }
    String attention = row.getString("attention");
    if (attention != null) {
      attributes.set(SearchAttributeKeys.ATTENTION, attention);
    }
    return new WorkflowToStart(
        request.checkoutId().workflowId(),
        CheckoutWorkflow.class,
        request,
        request.summary(),
        attributes.build());
  }

  /**
   * The request as it was, but for the choice: what was chosen are pay orders by now, in the books
   * with all that may be kept.
   */
  private static CheckoutRequest request(ResultSet row) throws SQLException {
    Map<String, String> metadata =
        BookJson.read(row.getString("metadata"), new TypeReference<>() {});
    List<Item> items = BookJson.read(row.getString("items"), new TypeReference<>() {});
    String policy = row.getString("policy");
    return new CheckoutRequest(
        CheckoutId.parse(row.getString("checkout_id")),
        row.getString("request_id"),
        row.getString("fingerprint"),
        row.getString("idempotency_key"),
        row.getString("subject"),
        Money.ofFen(row.getLong("amount_fen")),
        row.getString("buyer_id"),
        items,
        null,
        Columns.instant(row, "deadline"),
        row.getString("return_url"),
        metadata,
        policy == null
            ? CheckoutPolicy.DEFAULT
            : BookJson.read(policy, new TypeReference<CheckoutPolicy>() {}),
        Columns.constant(row, "purpose", CheckoutPurpose.class),
        VoucherDao.voucher(row));
  }
}
