package dev.durablecheckout.api.scene;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.payment.ChannelActivities;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayerIdentity;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundResult;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A channel in memory. What it does with a new trade stands in the subject. */
public final class ScriptedChannel implements ChannelActivities {
  public static final String REFUSED = "refused by the channel";
  public static final String SLOW_REFUND = "the channel has it under way when first asked";
  public static final String SILENT = "the channel does not answer";

  private final Map<OutRefundNo, Integer> refunds = new ConcurrentHashMap<>();
  private final Map<OutTradeNo, Instant> paid = new ConcurrentHashMap<>();
  private final Map<OutTradeNo, PayOrder> begun = new ConcurrentHashMap<>();
  private final Queue<String> loginCodes = new ConcurrentLinkedQueue<>();
  private final Set<OutTradeNo> asked = ConcurrentHashMap.newKeySet();

  /** The buyer pays; nobody tells us. */
  public void pay(String outTradeNo) {
    paid.put(OutTradeNo.of(outTradeNo), Instant.now());
  }

  /** Whether the channel was asked what became of a trade, other than by a poll. */
  public boolean wasAsked(String outTradeNo) {
    return asked.contains(OutTradeNo.of(outTradeNo));
  }

  @Override
  public PayerIdentity identify(CheckoutId checkoutId, PayChoice choice) {
    loginCodes.add(choice.openLoginCode());
    return PayerIdentity.known("openid-of-" + choice.openLoginCode());
  }

  /** How often WeChat was asked whose code it is. */
  public long timesAsked(String loginCode) {
    return loginCodes.stream().filter(loginCode::equals).count();
  }

  /** What a trade was begun with. */
  public PayOrder begun(String outTradeNo) {
    return begun.get(OutTradeNo.of(outTradeNo));
  }

  @Override
  public PrepayResult prepay(PayOrder payOrder) {
    if (payOrder.subject().equals(SILENT)) {
      throw ApplicationFailure.newFailure("no answer", FailureType.CHANNEL_OUTCOME_UNKNOWN.name());
    }
    if (payOrder.subject().equals(REFUSED)) {
      return PrepayResult.refused(
          new Refusal(Refusal.Code.LIMIT, "ACQ.TOTAL_FEE_EXCEED", "total fee exceed"));
    }
    begun.put(payOrder.outTradeNo(), payOrder);
    if (payOrder.method() == PayMethod.JSAPI) {
      return PrepayResult.ready(
          PayCredential.of(
              PayCredential.Type.WECHAT_JSAPI,
              Map.of("appId", "wx1", "package", "prepay_id=" + payOrder.outTradeNo())));
    }
    return PrepayResult.ready(
        payOrder.method() == PayMethod.QR
            ? new PayCredential(
                PayCredential.Type.QR_CODE, "https://qr.alipay.com/" + payOrder.outTradeNo())
            : new PayCredential(
                PayCredential.Type.REDIRECT_URL,
                "https://alipay.example/pay?no=" + payOrder.outTradeNo()));
  }

  @Override
  public TradeResult awaitPayment(PayOrder payOrder) {
    throw ApplicationFailure.newBuilder()
        .setMessage("not paid yet")
        .setType(FailureType.NOT_PAID_YET.name())
        .setCategory(ApplicationErrorCategory.BENIGN)
        .build();
  }

  @Override
  public TradeResult query(PayOrder payOrder) {
    asked.add(payOrder.outTradeNo());
    return trade(payOrder);
  }

  @Override
  public CloseResult close(PayOrder payOrder) {
    return paid.containsKey(payOrder.outTradeNo())
        ? new CloseResult(CloseResult.Outcome.ALREADY_PAID, trade(payOrder))
        : new CloseResult(CloseResult.Outcome.CLOSED, null);
  }

  @Override
  public RefundResult refund(RefundOrder refund) {
    refunds.merge(refund.outRefundNo(), 1, Integer::sum);
    if (refund.note().equals(SLOW_REFUND) && refunds.get(refund.outRefundNo()) == 1) {
      return RefundResult.processing();
    }
    return RefundResult.succeeded(Instant.now());
  }

  /** How often it was asked for this refund. */
  public int timesAskedForRefund(String outRefundNo) {
    return refunds.getOrDefault(OutRefundNo.of(outRefundNo), 0);
  }

  private TradeResult trade(PayOrder payOrder) {
    Instant paidAt = paid.get(payOrder.outTradeNo());
    return new TradeResult(
        payOrder.outTradeNo(),
        paidAt == null ? TradeState.UNPAID : TradeState.PAID,
        TradeNo.of("2026" + payOrder.outTradeNo()),
        payOrder.amount(),
        paidAt);
  }
}
