package dev.durablecheckout.activities.checkout;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.activities.payment.PayOrderDao;
import dev.durablecheckout.activities.voucher.VoucherDao;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutRecord;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.Item;
import dev.durablecheckout.workflows.order.Voucher;
import dev.durablecheckout.workflows.payment.PayOrderRecord;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/** Reads the books for the API. Writes nothing. */
public final class CheckoutReader {
  private static final String ORDERS =
      """
      select o.checkout_id, o.items, v.voucher_no, v.discount_fen from orders o left join voucher_uses v using (checkout_id)
      where o.checkout_id = any(:ids) order by o.checkout_id, o.order_no
      """;
  private static final String REFUNDED =
      """
      select r.checkout_id, sum(r.amount_fen) as fen,
        coalesce(sum(r.amount_fen) filter (where p.settlement = 'SETTLED'), 0) as of_paid_fen
      from refunds r join pay_orders p using (out_trade_no)
      where r.checkout_id = any(:ids) and r.status = 'SUCCEEDED' group by r.checkout_id
      """;
  private static final String TIMELINE =
      """
      select at, kind, out_trade_no, detail, data, 1 as source, id from timeline where checkout_id = :id
      union all
      select received_at, 'NOTIFY', out_trade_no,
        'the channel notified ' || case when refund_fen is null then coalesce(trade_state, 'something')
          else 'a refund' || coalesce(', ' || out_refund_no, '') end || ', ' || lower(verdict),
        jsonb_build_object('verdict', verdict, 'trade_state', trade_state, 'notify_id', notify_id,
          'deliveries', deliveries, 'amount_fen', amount_fen, 'applied', applied_at is not null)
          || case when refund_fen is null then '{}' else jsonb_build_object('out_refund_no', out_refund_no,
            'refund_fen', refund_fen) end,
        0, id
      from notify_log where checkout_id = :id
      order by at, source, id
      """;

  private final Jdbi jdbi;

  public CheckoutReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** One checkout; empty if the books have never heard of it. */
  public Optional<CheckoutDetails> find(CheckoutId id) {
    return Optional.ofNullable(findAll(List.of(id)).get(id));
  }

  /**
   * Those of the given checkouts that exist: one snapshot for all the cashier pages that are open.
   */
  public Map<CheckoutId, CheckoutDetails> findAll(Collection<CheckoutId> ids) {
    return jdbi.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ, handle -> findAll(handle, ids));
  }

  private static Map<CheckoutId, CheckoutDetails> findAll(
      Handle handle, Collection<CheckoutId> ids) {
    Map<CheckoutId, List<PayOrderRecord>> payOrders =
        PayOrderDao.ofCheckouts(handle, ids).stream()
            .collect(groupingBy(payOrder -> payOrder.payOrder().checkoutId()));
    Map<CheckoutId, Order> orders = orders(handle, ids);
    Map<CheckoutId, Refunded> refunds = refunded(handle, ids);
    Map<CheckoutId, CheckoutDetails> found = new LinkedHashMap<>();
    for (CheckoutRow row : CheckoutDao.findAll(handle, ids)) {
      CheckoutRecord checkout =
          new CheckoutRecord(
              row.id(),
              row.status(),
              row.closeReason(),
              row.amount(),
              row.deadline(),
              row.attention(),
              payOrders.getOrDefault(row.id(), List.of()),
              null);
      Refunded refunded = refunds.getOrDefault(row.id(), Refunded.NOTHING);
      Order order = orders.getOrDefault(row.id(), Order.NOTHING);
      found.put(
          row.id(),
          new CheckoutDetails(
              checkout,
              row.requestId(),
              row.fingerprint(),
              row.subject(),
              row.buyerId(),
              order.items(),
              order.voucher(),
              row.returnUrl(),
              row.metadata(),
              row.purpose(),
              row.status() == CheckoutStatus.PAID ? row.amount() : Money.ZERO,
              refunded.all(),
              refunded.ofPaid(),
              row.createdAt()));
    }
    return found;
  }

  private record Order(List<Item> items, @Nullable Voucher voucher) {
    static final Order NOTHING = new Order(List.of(), null);
  }

  private static Map<CheckoutId, Order> orders(Handle handle, Collection<CheckoutId> ids) {
    Map<CheckoutId, Order> orders = new LinkedHashMap<>();
    handle
        .createQuery(ORDERS)
        .bindArray("ids", String.class, ids.stream().map(CheckoutId::value).toList())
        .map(
            (row, context) ->
                Map.entry(
                    CheckoutId.parse(row.getString("checkout_id")),
                    new Order(
                        BookJson.read(row.getString("items"), new TypeReference<List<Item>>() {}),
                        VoucherDao.voucher(row))))
        .forEach(entry -> orders.put(entry.getKey(), entry.getValue()));
    return orders;
  }

  private record Refunded(Money all, Money ofPaid) {
    static final Refunded NOTHING = new Refunded(Money.ZERO, Money.ZERO);
  }

  private static Map<CheckoutId, Refunded> refunded(Handle handle, Collection<CheckoutId> ids) {
    Map<CheckoutId, Refunded> refunded = new LinkedHashMap<>();
    handle
        .createQuery(REFUNDED)
        .bindArray("ids", String.class, ids.stream().map(CheckoutId::value).toList())
        .map(
            (row, context) ->
                Map.entry(
                    CheckoutId.parse(row.getString("checkout_id")),
                    new Refunded(
                        Money.ofFen(row.getLong("fen")), Money.ofFen(row.getLong("of_paid_fen")))))
        .forEach(entry -> refunded.put(entry.getKey(), entry.getValue()));
    return refunded;
  }

  /** Every notify, query, decision and delivery of a checkout, in order. */
  public List<TimelineEntry> timeline(CheckoutId id) {
    return jdbi.withHandle(handle -> TimelineDao.list(handle, TIMELINE, id.value()));
  }
}
