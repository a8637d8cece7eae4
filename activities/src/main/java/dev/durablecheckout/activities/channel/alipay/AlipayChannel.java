package dev.durablecheckout.activities.channel.alipay;

import static com.google.common.base.Preconditions.checkArgument;

import com.alipay.api.domain.AlipayTradeCloseModel;
import com.alipay.api.domain.AlipayTradePagePayModel;
import com.alipay.api.domain.AlipayTradePrecreateModel;
import com.alipay.api.domain.AlipayTradeQueryModel;
import com.alipay.api.request.AlipayTradeCloseRequest;
import com.alipay.api.request.AlipayTradePagePayRequest;
import com.alipay.api.request.AlipayTradePrecreateRequest;
import com.alipay.api.request.AlipayTradeQueryRequest;
import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.PayChannel;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayerIdentity;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundResult;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's account at Alipay.
 *
 * <p>Where it differs from what one expects: a trade begins to exist only when the buyer scans or
 * signs in, so a query or a close before that finds nothing, while the credential can still be paid
 * until its expiry. And only code 10000 is a yes, only a known {@code sub_code} is a no.
 */
public final class AlipayChannel implements PayChannel {
  private static final String TRADE_NOT_EXIST = "ACQ.TRADE_NOT_EXIST";

  /** A close was refused because of the state that the trade is in, which has to be asked for. */
  private static final ImmutableSet<String> NOT_TO_BE_CLOSED =
      ImmutableSet.of(
          "ACQ.TRADE_STATUS_ERROR", "ACQ.REASON_TRADE_STATUS_INVALID", "ACQ.REASON_ILLEGAL_STATUS");

  private final AlipayGateway gateway;
  private final AlipayRefunds refunds;
  private final String sellerId;
  private final String notifyUrl;

  /**
   * Checks the configuration; calls nobody.
   *
   * @throws IllegalArgumentException naming the setting that is missing or cannot be read
   */
  public AlipayChannel(AlipayConfiguration configuration, BoundedHttpClient http, Clock clock) {
    gateway = new AlipayGateway(configuration, http);
    refunds = new AlipayRefunds(gateway, clock);
    sellerId = configuration.sellerId();
    URI notify = configuration.notifyUrl();
    checkArgument(notify != null, "notifyUrl is needed to make calls");
    notifyUrl = notify.toString();
  }

  @Override
  public PayerIdentity identify(PayMethod method, String loginCode) {
    throw new IllegalArgumentException("no method of Alipay takes a login code");
  }

  /**
   * {@inheritDoc}
   *
   * <p>{@code ACQ.TRADE_HAS_SUCCESS} says that the buyer has paid meanwhile, on a credential of an
   * earlier attempt whose answer was lost. That is neither a credential nor a refusal, so the
   * outcome counts as unknown: the poll, the notify or the close finds the money.
   */
  @Override
  public PrepayResult prepay(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    return switch (payOrder.method()) {
      case QR -> precreate(payOrder);
      case PAGE -> page(payOrder);
      default -> throw new IllegalArgumentException(payOrder.method() + " is no method of Alipay");
    };
  }

  private PrepayResult precreate(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    AlipayTradePrecreateModel model = new AlipayTradePrecreateModel();
    model.setOutTradeNo(payOrder.outTradeNo().value());
    model.setTotalAmount(AlipayAmounts.format(payOrder.amount()));
    model.setSubject(AlipaySubject.of(payOrder));
    model.setSellerId(sellerId);
    model.setTimeExpire(AlipayTimes.format(payOrder.timeExpire()));
    model.setPassbackParams(passbackParams(payOrder));
    AlipayTradePrecreateRequest request = new AlipayTradePrecreateRequest();
    request.setBizModel(model);
    request.setNotifyUrl(notifyUrl);
    AlipayCall call = new AlipayCall(request.getApiMethodName(), payOrder.outTradeNo());
    AlipayAnswer answer = gateway.call(request, request::putOtherTextParam, payOrder.outTradeNo());
    if (answer.isSuccess()) {
      return answer
          .text("qr_code")
          .map(qrCode -> new PayCredential(PayCredential.Type.QR_CODE, qrCode))
          .map(PrepayResult::ready)
          .orElseThrow(() -> call.unknown("answered without a qr_code"));
    }
    Optional<Refusal> refusal = AlipayRefusals.of(AlipayRefusals.Call.PREPAY, answer);
    if (refusal.isPresent()) {
      return PrepayResult.refused(refusal.get());
    }
    throw "ACQ.TRADE_HAS_SUCCESS".equals(answer.subCode())
        ? call.unknown("the trade is paid already; the next query will say so")
        : call.unknown(answer);
  }

  private PrepayResult page(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    AlipayTradePagePayModel model = new AlipayTradePagePayModel();
    model.setOutTradeNo(payOrder.outTradeNo().value());
    model.setTotalAmount(AlipayAmounts.format(payOrder.amount()));
    model.setSubject(AlipaySubject.of(payOrder));
    model.setProductCode("FAST_INSTANT_TRADE_PAY");
    model.setTimeExpire(AlipayTimes.format(payOrder.timeExpire()));
    model.setPassbackParams(passbackParams(payOrder));
    AlipayTradePagePayRequest request = new AlipayTradePagePayRequest();
    request.setBizModel(model);
    request.setNotifyUrl(notifyUrl);
    String returnUrl = payOrder.returnUrl();
    if (returnUrl != null) {
      request.setReturnUrl(returnUrl);
    }
    return PrepayResult.ready(
        new PayCredential(
            PayCredential.Type.REDIRECT_URL,
            gateway.url(request, request::putOtherTextParam, payOrder.outTradeNo())));
  }

  private static String passbackParams(PayOrder payOrder) {
    return URLEncoder.encode(payOrder.checkoutId().value(), StandardCharsets.UTF_8);
  }

  @Override
  public TradeResult query(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    AlipayTradeQueryModel model = new AlipayTradeQueryModel();
    model.setOutTradeNo(payOrder.outTradeNo().value());
    AlipayTradeQueryRequest request = new AlipayTradeQueryRequest();
    request.setBizModel(model);
    AlipayCall call = new AlipayCall(request.getApiMethodName(), payOrder.outTradeNo());
    AlipayAnswer answer = gateway.call(request, request::putOtherTextParam, payOrder.outTradeNo());
    if (isNotCreated(answer)) {
      return notCreated(payOrder.outTradeNo());
    }
    if (!answer.isSuccess()) {
      throw call.unknown(answer);
    }
    answer.checkIsAbout(call, true);
    try {
      return trade(payOrder.outTradeNo(), answer);
    } catch (IllegalArgumentException e) {
      throw call.unknown("the answer cannot be read: " + e.getMessage());
    }
  }

  private static boolean isNotCreated(AlipayAnswer answer) {
    return answer.isBusinessFailure() && TRADE_NOT_EXIST.equals(answer.subCode());
  }

  private static TradeResult notCreated(OutTradeNo outTradeNo) {
    return new TradeResult(outTradeNo, TradeState.NOT_CREATED, null, null, null);
  }

  private static TradeResult trade(OutTradeNo outTradeNo, AlipayAnswer answer) {
    AlipayTradeStatus status =
        answer
            .text("trade_status")
            .flatMap(AlipayTradeStatus::of)
            .orElseThrow(() -> new IllegalArgumentException("unknown trade_status"));
    @Nullable Instant paidAt = answer.text("send_pay_date").map(AlipayTimes::parse).orElse(null);
    @Nullable TradeNo tradeNo = answer.text("trade_no").map(TradeNo::of).orElse(null);
    @Nullable Money amount = answer.text("total_amount").map(AlipayAmounts::parse).orElse(null);
    TradeState state = status.state(paidAt != null);
    checkArgument(
        state != TradeState.PAID || (tradeNo != null && amount != null),
        "paid, without trade_no or total_amount");
    return new TradeResult(outTradeNo, state, tradeNo, amount, paidAt);
  }

  @Override
  public CloseResult close(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    AlipayTradeCloseModel model = new AlipayTradeCloseModel();
    model.setOutTradeNo(payOrder.outTradeNo().value());
    AlipayTradeCloseRequest request = new AlipayTradeCloseRequest();
    request.setBizModel(model);
    AlipayCall call = new AlipayCall(request.getApiMethodName(), payOrder.outTradeNo());
    AlipayAnswer answer = gateway.call(request, request::putOtherTextParam, payOrder.outTradeNo());
    if (answer.isSuccess()) {
      return new CloseResult(CloseResult.Outcome.CLOSED, null);
    }
    if (isNotCreated(answer)) {
      return new CloseResult(CloseResult.Outcome.NOT_CREATED, null);
    }
    if (!answer.isBusinessFailure() || !NOT_TO_BE_CLOSED.contains(answer.subCode())) {
      throw call.unknown(answer);
    }
    TradeResult trade = query(payOrder);
    return switch (trade.state()) {
      case PAID -> new CloseResult(CloseResult.Outcome.ALREADY_PAID, trade);
      case CLOSED, REFUNDED -> new CloseResult(CloseResult.Outcome.CLOSED, null);
      case NOT_CREATED -> new CloseResult(CloseResult.Outcome.NOT_CREATED, null);
      case UNPAID -> throw call.unknown("refused with " + answer.subCode() + ", yet unpaid");
    };
  }

  /**
   * {@inheritDoc}
   *
   * <p>{@code SELLER_BALANCE_NOT_ENOUGH} is a refusal as well: no retry helps until the merchant
   * has paid in, so a person must know.
   */
  @Override
  public RefundResult refund(RefundOrder refund) throws ChannelOutcomeUnknownException {
    return refunds.refund(refund);
  }
}
