package dev.durablecheckout.activities.checkout;

import dev.durablecheckout.workflows.checkout.CheckoutClosing;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutPolicy;
import dev.durablecheckout.workflows.checkout.CheckoutPurpose;
import dev.durablecheckout.workflows.checkout.CheckoutRequest;
import dev.durablecheckout.workflows.checkout.CloseReason;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.Item;
import dev.durablecheckout.workflows.order.Voucher;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.PaymentArrived;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A checkout over 700 fen, due in 2030, and what happens to it. */
public record SampleCheckout(CheckoutId id) {
  public static final Instant DEADLINE = Instant.parse("2030-01-01T00:00:00Z");
  public static final Money AMOUNT = new Money(700);

  public static SampleCheckout of(String id) {
    return new SampleCheckout(CheckoutId.parse(id));
  }

  public CheckoutRequest request(Item... items) {
    return request("A book", List.of(items), CheckoutPurpose.SALE, null);
  }

  /** The same price for the buyer's wallet. */
  public CheckoutRequest topUp() {
    return request("Top-up", List.of(), CheckoutPurpose.WALLET_TOP_UP, null);
  }

  /** Articles for more than that, of which a voucher pays the rest. */
  public CheckoutRequest request(Voucher voucher, Item... items) {
    return request("A book", List.of(items), CheckoutPurpose.SALE, voucher);
  }

  private CheckoutRequest request(
      String subject, List<Item> items, CheckoutPurpose purpose, @Nullable Voucher voucher) {
    return new CheckoutRequest(
        id,
        "request",
        "fingerprint",
        null,
        subject,
        AMOUNT,
        "buyer",
        items,
        new PayChoice(Channel.ALIPAY, PayMethod.QR),
        DEADLINE,
        null,
        Map.of(),
        CheckoutPolicy.DEFAULT,
        purpose,
        voucher);
  }

  public static Item item(String sku, int quantity) {
    return new Item(sku, "Article " + sku, quantity, new Money(100));
  }

  public OutTradeNo outTradeNo(int attempt) {
    return OutTradeNo.of(id, attempt);
  }

  public PayOrder payOrder(int attempt) {
    return new PayOrder(
        outTradeNo(attempt),
        id,
        attempt,
        Channel.ALIPAY,
        PayMethod.QR,
        AMOUNT,
        "A book",
        DEADLINE.minusSeconds(60),
        null,
        "buyer",
        null);
  }

  /** What a channel says of an attempt. */
  public TradeResult trade(int attempt, TradeState state) {
    boolean paid = state == TradeState.PAID;
    return new TradeResult(
        outTradeNo(attempt),
        state,
        TradeNo.of("T" + outTradeNo(attempt)),
        AMOUNT,
        paid ? DEADLINE.minusSeconds(9) : null);
  }

  public PaymentArrived paid(int attempt, @Nullable Long notifyLogId) {
    return new PaymentArrived(
        id,
        trade(attempt, TradeState.PAID),
        notifyLogId == null ? PaySource.QUERY : PaySource.NOTIFY,
        notifyLogId);
  }

  public CheckoutClosing closing() {
    return new CheckoutClosing(id, CloseReason.EXPIRED, List.of());
  }

  /** The refund of an attempt that was paid too late. */
  public RefundOrder refund(int attempt) {
    return new RefundOrder(
        OutRefundNo.automatic(outTradeNo(attempt)),
        id,
        outTradeNo(attempt),
        Channel.ALIPAY,
        AMOUNT,
        AMOUNT,
        RefundReason.LATE);
  }
}
