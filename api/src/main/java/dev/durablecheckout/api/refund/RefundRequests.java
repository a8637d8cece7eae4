package dev.durablecheckout.api.refund;

import dev.durablecheckout.activities.checkout.CheckoutReader;
import dev.durablecheckout.activities.refund.OrderedItems;
import dev.durablecheckout.activities.refund.RefundReader;
import dev.durablecheckout.activities.refund.RefundablePayment;
import dev.durablecheckout.api.error.FieldFault;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundItem;
import dev.durablecheckout.workflows.refund.RefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.refund.RefundRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a workflow's input of a request that was checked. Whether there is enough left to give back
 * is not decided here: the books do, one refund after the other.
 */
public final class RefundRequests {
  private final CheckoutReader checkouts;
  private final RefundReader refunds;
  private final Supplier<UUID> requestIds;

  public RefundRequests(CheckoutReader checkouts, RefundReader refunds, Supplier<UUID> requestIds) {
    this.checkouts = checkouts;
    this.refunds = refunds;
    this.requestIds = requestIds;
  }

  /** Which checkout is meant. Another merchant's is as unknown as one that never was. */
  static CheckoutId checkoutId(MerchantId merchant, CreateRefundBody body) {
    String orderNo = body.merchantOrderNo();
    if (orderNo != null) {
      return new CheckoutId(merchant, MerchantOrderNo.of(orderNo));
    }
    return checkoutId(merchant, String.valueOf(body.checkoutId()));
  }

  static CheckoutId checkoutId(MerchantId merchant, String value) {
    try {
      CheckoutId id = CheckoutId.parse(value);
      if (id.merchant().equals(merchant)) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // No id at all.
    }
    throw ProblemException.noSuchCheckout(value);
  }

  RefundOrder of(CheckoutId checkout, CreateRefundBody body) {
    RefundablePayment payment =
        refunds.refundable(checkout).orElseThrow(() -> notRefundable(checkout));
    List<RefundItem> items = body.items().stream().map(RefundItemBody::item).toList();
    String orderNo = orderNo(payment, body);
    RefundNo refundNo = RefundNo.of(body.refundNo());
    return new RefundOrder(
        OutRefundNo.requested(checkout.merchant(), refundNo),
        checkout,
        payment.outTradeNo(),
        payment.channel(),
        amount(payment, orderNo, items, body),
        payment.paid(),
        RefundReason.REQUESTED,
        new RefundRequest(
            refundNo,
            requestIds.get().toString(),
            body.fingerprint(checkout),
            body.reason(),
            orderNo,
            items,
            body.returnStock(),
            body.returnVoucher()));
  }

  private ProblemException notRefundable(CheckoutId checkout) {
    return checkouts.find(checkout).isEmpty()
        ? ProblemException.noSuchCheckout(checkout.value())
        : ProblemException.of(
            ProblemCode.CHECKOUT_NOT_PAID,
            checkout + " is not paid: there is nothing to give back");
  }

  /** The only order of a checkout need not be named. */
  private static @Nullable String orderNo(RefundablePayment payment, CreateRefundBody body) {
    String named = body.orderNo();
    if (named != null) {
      if (!payment.orders().containsKey(named)) {
        throw ProblemException.of(
            ProblemCode.REFUND_ITEMS_MISMATCH, payment.checkoutId() + " has no order " + named);
      }
      return named;
    }
    if (payment.orders().size() == 1) {
      return payment.orders().keySet().iterator().next();
    }
    if (!body.items().isEmpty()) {
      throw fault("order_no", "is needed with items: the checkout has several orders");
    }
    return null;
  }

  private static Money amount(
      RefundablePayment payment,
      @Nullable String orderNo,
      List<RefundItem> items,
      CreateRefundBody body) {
    Long given = body.amountFen();
    if (given != null) {
      return Money.ofFen(given);
    }
    OrderedItems ordered = orderNo == null ? null : payment.orders().get(orderNo);
    if (ordered == null) {
      throw fault("amount_fen", "is needed");
    }
    if (payment.voucher() != null) {
      throw fault("amount_fen", "is needed: a voucher paid a part of what the items cost");
    }
    for (RefundItem item : items) {
      if (ordered.quantity(item.sku()) == 0) {
        throw ProblemException.of(
            ProblemCode.REFUND_ITEMS_MISMATCH, "order " + orderNo + " has no " + item.sku());
      }
    }
    Money price =
        ordered
            .price(items)
            .orElseThrow(
                () -> fault("amount_fen", "is needed: an article was bought at several prices"));
    if (price.equals(Money.ZERO)) {
      throw ProblemException.of(ProblemCode.REFUND_ITEMS_MISMATCH, "the items cost nothing");
    }
    return price;
  }

  private static ProblemException fault(String field, String detail) {
    return ProblemException.of(List.of(new FieldFault(field, "required", detail)));
  }
}
