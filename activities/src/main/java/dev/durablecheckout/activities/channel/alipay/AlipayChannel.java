package dev.durablecheckout.activities.channel.alipay;

import static com.google.common.base.Preconditions.checkArgument;

import com.alipay.api.domain.AlipayTradePrecreateModel;
import com.alipay.api.request.AlipayTradePrecreateRequest;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.PayChannel;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayerIdentity;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundResult;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/**
 * A merchant's account at Alipay.
 *
 * <p>Where it differs from what one expects: a trade begins to exist only when the buyer scans,
 * signs in or, on a phone, has entered the right password; so a query or a close before that finds
 * nothing, while the credential can still be paid until its expiry. And only code 10000 is a yes,
 * only a known {@code sub_code} is a no.
 */
public final class AlipayChannel implements PayChannel {
  private final AlipayGateway gateway;
  private final AlipayTrades trades;
  private final AlipayCredentials credentials;
  private final AlipayTill till;
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
    trades = new AlipayTrades(gateway);
    credentials = new AlipayCredentials(gateway, sellerId, notifyUrl);
    till = new AlipayTill(gateway, trades, sellerId, notifyUrl);
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
      case PAGE -> PrepayResult.ready(credentials.page(payOrder));
      case WAP -> PrepayResult.ready(credentials.wap(payOrder));
      case APP -> PrepayResult.ready(credentials.app(payOrder));
      case BARCODE -> till.pay(payOrder);
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
    model.setPassbackParams(AlipayCredentials.passbackParams(payOrder));
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

  @Override
  public TradeResult query(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    return trades.query(payOrder);
  }

  @Override
  public CloseResult close(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    return payOrder.method() == PayMethod.BARCODE ? till.close(payOrder) : trades.close(payOrder);
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
