package dev.durablecheckout.activities.stock;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.order.Item;
import dev.durablecheckout.workflows.temporal.FailureType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Stock and its reservations. Rows are always taken in the order of their sku, so that checkouts
 * cannot deadlock.
 */
public final class StockDao {
  private static final String RESERVE =
      """
      update stock set available = available - :quantity, reserved = reserved + :quantity
      where merchant = :merchant and sku = :sku and available >= :quantity
      """;
  private static final String EXISTS =
      "select exists (select 1 from stock where merchant = :merchant and sku = :sku)";
  private static final String REMEMBER =
      """
      insert into stock_reservations (checkout_id, sku, quantity, status)
      values (:checkout, :sku, :quantity, 'RESERVED')
      """;
  private static final String END =
      "update stock_reservations set status = :status where checkout_id = :checkout and sku = :sku";
  private static final String RESERVED =
      """
      select sku, quantity from stock_reservations
      where checkout_id = :checkout and status = 'RESERVED' order by sku for update
      """;
  private static final String COMMIT =
      """
      update stock set reserved = reserved - :quantity, sold = sold + :quantity
      where merchant = :merchant and sku = :sku
      """;
  private static final String RELEASE =
      """
      update stock set reserved = reserved - :quantity, available = available + :quantity
      where merchant = :merchant and sku = :sku
      """;
  private static final String RETURN =
      """
      update stock_reservations set returned = returned + :quantity
      where checkout_id = :checkout and sku = :sku and status = 'COMMITTED'
      """;
  private static final String UNSELL =
      """
      update stock set sold = sold - :quantity, available = available + :quantity
      where merchant = :merchant and sku = :sku
      """;
  private static final String SET =
      """
      insert into stock (merchant, sku, available) values (:merchant, :sku, :available)
      on conflict (merchant, sku) do update set available = excluded.available
      """;

  private StockDao() {}

  /** Says how many of an article can be sold from now on; begins to track it. */
  public static void set(Handle handle, MerchantId merchant, String sku, long available) {
    handle
        .createUpdate(SET)
        .bind("merchant", merchant.value())
        .bind("sku", sku)
        .bind("available", available)
        .execute();
  }

  /**
   * Reserves all items or fails for good with OUT_OF_STOCK, and then the transaction must be rolled
   * back.
   */
  public static void reserve(Handle handle, CheckoutId checkout, List<Item> items) {
    Map<String, Long> quantities = new TreeMap<>();
    items.forEach(item -> quantities.merge(item.sku(), (long) item.quantity(), Math::addExact));
    quantities.forEach((sku, quantity) -> reserve(handle, checkout, sku, quantity));
  }

  private static void reserve(Handle handle, CheckoutId checkout, String sku, long quantity) {
    String merchant = checkout.merchant().value();
    int reserved =
        handle
            .createUpdate(RESERVE)
            .bind("merchant", merchant)
            .bind("sku", sku)
            .bind("quantity", quantity)
            .execute();
    if (reserved == 1) {
      handle
          .createUpdate(REMEMBER)
          .bind("checkout", checkout.value())
          .bind("sku", sku)
          .bind("quantity", quantity)
          .execute();
      return;
    }
    boolean tracked =
        handle
            .createQuery(EXISTS)
            .bind("merchant", merchant)
            .bind("sku", sku)
            .mapTo(Boolean.class)
            .one();
    if (tracked) {
      throw FailureType.OUT_OF_STOCK.verdict("there are not " + quantity + " of " + sku + " left");
    }
  }

  /** What was reserved is sold. Does nothing the second time. */
  public static void commit(Handle handle, CheckoutId checkout) {
    end(handle, checkout, COMMIT, "COMMITTED");
  }

  /** What was reserved can be sold again. Does nothing the second time. */
  public static void release(Handle handle, CheckoutId checkout) {
    end(handle, checkout, RELEASE, "RELEASED");
  }

  /**
   * What was sold can be sold again; what is not tracked is passed over. Each call counts: whoever
   * calls it does so once. The database refuses more than was sold.
   */
  public static void giveBack(Handle handle, CheckoutId checkout, Map<String, Long> quantities) {
    new TreeMap<>(quantities)
        .forEach(
            (sku, quantity) -> {
              int returned =
                  handle
                      .createUpdate(RETURN)
                      .bind("checkout", checkout.value())
                      .bind("sku", sku)
                      .bind("quantity", quantity)
                      .execute();
              if (returned == 1) {
                handle
                    .createUpdate(UNSELL)
                    .bind("merchant", checkout.merchant().value())
                    .bind("sku", sku)
                    .bind("quantity", quantity)
                    .execute();
              }
            });
  }

  private static void end(Handle handle, CheckoutId checkout, String move, String status) {
    Map<String, Long> reserved = new TreeMap<>();
    handle
        .createQuery(RESERVED)
        .bind("checkout", checkout.value())
        .map((row, context) -> Map.entry(row.getString("sku"), row.getLong("quantity")))
        .forEach(entry -> reserved.put(entry.getKey(), entry.getValue()));
    reserved.forEach(
        (sku, quantity) -> {
          handle
              .createUpdate(move)
              .bind("merchant", checkout.merchant().value())
              .bind("sku", sku)
              .bind("quantity", quantity)
              .execute();
          handle
              .createUpdate(END)
              .bind("checkout", checkout.value())
              .bind("sku", sku)
              .bind("status", status)
              .execute();
        });
  }
}
