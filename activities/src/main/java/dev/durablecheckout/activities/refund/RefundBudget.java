package dev.durablecheckout.activities.refund;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.activities.voucher.VoucherDao;
import dev.durablecheckout.workflows.checkout.CheckoutPurpose;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.Item;
import dev.durablecheckout.workflows.refund.RefundItem;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundRequest;
import dev.durablecheckout.workflows.temporal.FailureType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What can still go back of a payment. Each refund holds its part from before the channel hears of
 * it, and until it is certain that it comes to nothing. All of this happens under the lock of the
 * checkout's row, so refunds are accepted one after the other; {@code refund_held_fen} and its
 * check hold, should that lock ever be forgotten.
 */
final class RefundBudget {
  private static final String LOCK =
      """
      select channel, amount_fen, paid_fen, settlement, refund_held_fen from pay_orders
      where out_trade_no = :payment and checkout_id = :checkout for no key update
      """;
  private static final String HOLD =
      "update pay_orders set refund_held_fen = refund_held_fen + :fen where out_trade_no = :payment";
  private static final String COUNT =
      "select count(*) from refunds where out_trade_no = :payment and status <> 'ABANDONED'";
  private static final String ORDER =
      """
      select o.amount_fen, o.items, (select coalesce(sum(r.amount_fen), 0) from refunds r
        where r.checkout_id = o.checkout_id and r.order_no = o.order_no and r.status <> 'ABANDONED') as held_fen
      from orders o where o.checkout_id = :checkout and o.order_no = :order
      """;
  private static final String VOUCHER_ASKED_FOR =
      """
      select exists (select 1 from refunds
        where checkout_id = :checkout and return_voucher and status <> 'ABANDONED')
      """;
  private static final String GIVEN_BACK =
      """
      select i.sku, sum(i.quantity) as quantity
      from refunds r cross join jsonb_to_recordset(r.items) as i (sku text, quantity bigint)
      where r.checkout_id = :checkout and r.order_no = :order and r.status <> 'ABANDONED' group by i.sku
      """;

  private final Handle handle;
  private final RefundOrder refund;

  RefundBudget(Handle handle, RefundOrder refund) {
    this.handle = handle;
    this.refund = refund;
  }

  /** Holds what the refund needs; fails for good, with the reason, if it cannot be asked for. */
  void hold() {
    RefundRequest request = refund.request();
    if (request != null) {
      checkIsSale();
      checkPayment();
      String orderNo = request.orderNo();
      if (orderNo != null) {
        checkOrder(orderNo, request.items());
      }
      if (request.returnVoucher()) {
        checkVoucher();
      }
    }
    add(refund.amount().amountFen());
  }

  /** What the refund held is free again. */
  void release() {
    add(-refund.amount().amountFen());
  }

  private void add(long fen) {
    handle
        .createUpdate(HOLD)
        .bind("payment", refund.outTradeNo().value())
        .bind("fen", fen)
        .execute();
  }

  /**
   * What filled a wallet may be spent by now, and is the buyer's: it goes out of the wallet by a
   * withdrawal, which takes it from there first.
   */
  private void checkIsSale() {
    if (CheckoutBooksImpl.purpose(handle, refund.checkoutId()) == CheckoutPurpose.WALLET_TOP_UP) {
      throw FailureType.TOP_UP_NOT_REFUNDABLE.verdict(
          refund.checkoutId() + " filled a wallet: pay it out by a withdrawal");
    }
  }

  private record Payment(short channel, long paidFen, long heldFen) {}

  private void checkPayment() {
    Payment payment = lockPayment();
    if (payment.channel() != refund.channel().code()
        || payment.paidFen() != refund.total().amountFen()) {
      throw new IllegalStateException(refund.outTradeNo() + " was paid otherwise");
    }
    int maxCount = RefundLimits.of(refund.channel()).maxCount();
    long count =
        handle
            .createQuery(COUNT)
            .bind("payment", refund.outTradeNo().value())
            .mapTo(Long.class)
            .one();
    if (count >= maxCount) {
      throw FailureType.TOO_MANY_REFUNDS.verdict(
          refund.channel() + " makes " + maxCount + " refunds of one payment, and all were used");
    }
    checkLeft(payment.paidFen() - payment.heldFen(), payment.paidFen(), "the payment's");
  }

  private Payment lockPayment() {
    return handle
        .createQuery(LOCK)
        .bind("payment", refund.outTradeNo().value())
        .bind("checkout", refund.checkoutId().value())
        .map(
            (row, context) ->
                "SETTLED".equals(row.getString("settlement"))
                    ? Optional.of(
                        new Payment(
                            row.getShort("channel"),
                            row.getLong("paid_fen"),
                            row.getLong("refund_held_fen")))
                    : Optional.<Payment>empty())
        .findOne()
        .flatMap(payment -> payment)
        .orElseThrow(
            () ->
                FailureType.CHECKOUT_NOT_PAID.verdict(
                    refund.checkoutId() + " is not paid by " + refund.outTradeNo()));
  }

  private void checkLeft(long leftFen, long ofFen, String whose) {
    if (refund.amount().amountFen() > leftFen) {
      throw FailureType.REFUND_EXCEEDS_LEFT.verdict(
          "%d fen are left of %s %d fen, less than the %d fen asked for"
              .formatted(leftFen, whose, ofFen, refund.amount().amountFen()));
    }
  }

  /** One refund at most gives the voucher back, as one at most can. */
  private void checkVoucher() {
    boolean asked =
        handle
            .createQuery(VOUCHER_ASKED_FOR)
            .bind("checkout", refund.checkoutId().value())
            .mapTo(Boolean.class)
            .one();
    if (asked || !VoucherDao.isRedeemed(handle, refund.checkoutId())) {
      throw FailureType.REFUND_ITEMS_MISMATCH.verdict(
          refund.checkoutId()
              + (asked
                  ? " gives its voucher back by another refund"
                  : " has no voucher to give back"));
    }
  }

  private record Order(Money amount, Money held, OrderedItems items) {}

  private void checkOrder(String orderNo, List<RefundItem> asked) {
    Order order =
        handle
            .createQuery(ORDER)
            .bind("checkout", refund.checkoutId().value())
            .bind("order", orderNo)
            .map(
                (row, context) ->
                    new Order(
                        Money.ofFen(row.getLong("amount_fen")),
                        Money.ofFen(row.getLong("held_fen")),
                        new OrderedItems(
                            BookJson.read(
                                row.getString("items"), new TypeReference<List<Item>>() {}))))
            .findOne()
            .orElseThrow(
                () ->
                    FailureType.REFUND_ITEMS_MISMATCH.verdict(
                        refund.checkoutId() + " has no order " + orderNo));
    long amountFen = order.amount().amountFen();
    checkLeft(amountFen - order.held().amountFen(), amountFen, "the order's");
    if (!asked.isEmpty()) {
      checkItems(orderNo, order.items(), asked);
    }
  }

  private void checkItems(String orderNo, OrderedItems ordered, List<RefundItem> asked) {
    Map<String, Long> givenBack = givenBack(orderNo);
    Map<String, Long> quantities = new LinkedHashMap<>();
    asked.forEach(item -> quantities.merge(item.sku(), (long) item.quantity(), Math::addExact));
    quantities.forEach(
        (sku, quantity) -> {
          long left = ordered.quantity(sku) - givenBack.getOrDefault(sku, 0L);
          if (quantity > left) {
            throw FailureType.REFUND_ITEMS_MISMATCH.verdict(
                "%d of %s are left in order %s, fewer than the %d given back"
                    .formatted(left, sku, orderNo, quantity));
          }
        });
    Money most = ordered.highestPrice(asked);
    if (refund.amount().compareTo(most) > 0) {
      throw FailureType.REFUND_ITEMS_MISMATCH.verdict(
          "the items cost " + most + ", less than the " + refund.amount() + " asked for");
    }
  }

  private Map<String, Long> givenBack(String orderNo) {
    Map<String, Long> quantities = new LinkedHashMap<>();
    handle
        .createQuery(GIVEN_BACK)
        .bind("checkout", refund.checkoutId().value())
        .bind("order", orderNo)
        .map((row, context) -> Map.entry(row.getString("sku"), row.getLong("quantity")))
        .forEach(entry -> quantities.put(entry.getKey(), entry.getValue()));
    return quantities;
  }
}
