package dev.durablecheckout.activities.channel.wechatpay;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.annotations.VisibleForTesting;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.wechat.pay.java.core.cipher.Signer;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.PayChannel;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.workflows.payment.CloseResult;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.Payer;
import dev.durablecheckout.workflows.payment.PayerIdentity;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundResult;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's account at WeChat Pay.
 *
 * <p>Where it differs from what one expects: {@code time_expire} stops payments but closes nothing,
 * so an expired payment stays NOTPAY until it is closed; and an error comes without a signature,
 * with codes that are spelled two ways. Only a known code is a no.
 */
public final class WechatPayChannel implements PayChannel {
  private static final String TRANSACTIONS = "/v3/pay/transactions/";
  private static final int MAX_ATTACH = 128;

  /** Our own, as it is our own books that lack the openid. */
  private static final String OPENID_NOT_KEPT = "OPENID_NOT_KEPT";

  private static final Pattern PREPAY_ID = Pattern.compile("[0-9A-Za-z_-]{1,64}");
  private static final Pattern WEB_URL = Pattern.compile("https?://[!-~]{1,2000}");

  /** A close was refused because of the state that the payment is in, which has to be asked for. */
  private static final ImmutableSet<String> NOT_TO_BE_CLOSED =
      ImmutableSet.of("ORDERPAID", "TRADEERROR", "INVALIDREQUEST");

  private final WechatPayAccount account;
  private final WechatPayApi api;
  private final WechatPayRefunds refunds;
  private final WechatLogin login;
  private final ClientSignatures clientSignatures;
  private final String notifyUrl;

  /**
   * Checks the configuration; calls nobody.
   *
   * @throws IllegalArgumentException naming the setting that is missing or cannot be read
   */
  public WechatPayChannel(
      WechatPayConfiguration configuration, BoundedHttpClient http, Clock clock) {
    this(configuration, http, clock, Nonces.random());
  }

  @VisibleForTesting
  WechatPayChannel(
      WechatPayConfiguration configuration,
      BoundedHttpClient http,
      Clock clock,
      Supplier<String> nonces) {
    account = new WechatPayAccount(configuration);
    Signer merchantKey = WechatPayKeys.merchantKey(configuration);
    URI notify = configuration.notifyUrl();
    checkArgument(notify != null, "notify_url is needed to make calls");
    notifyUrl = notify.toString();
    api =
        WechatPayApi.of(
            configuration, merchantKey, PlatformKeys.of(configuration, http, clock), http);
    refunds = new WechatPayRefunds(api, notifyUrl, clock);
    login = new WechatLogin(configuration, account, http);
    clientSignatures = new ClientSignatures(merchantKey, account.mchId(), clock, nonces);
  }

  @Override
  public PayerIdentity identify(PayMethod method, String loginCode)
      throws ChannelOutcomeUnknownException {
    return login.identify(method, loginCode);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A repeat gets a new credential for the same payment, and the one before it ends. ORDERPAID
   * says that the buyer has paid meanwhile, on a credential whose answer was lost. That is neither
   * a credential nor a refusal, so the outcome counts as unknown: the poll, the notify or the close
   * finds the money.
   */
  @Override
  public PrepayResult prepay(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    if (isPayerForgotten(payOrder)) {
      // Login codes are in no book, and what came of one is in the workflow that is gone.
      return PrepayResult.refused(new Refusal(Refusal.Code.PAYER, OPENID_NOT_KEPT, ""));
    }
    WechatPayCall call = new WechatPayCall("prepay", payOrder.outTradeNo().value());
    ImmutableMap.Builder<String, Object> order = order(payOrder);
    return switch (payOrder.method()) {
      case QR -> prepay(call, "native", order, answer -> qrCode(answer));
      case JSAPI, MINI_PROGRAM ->
          prepay(
              call,
              "jsapi",
              order.put("payer", ImmutableMap.of("openid", openid(payOrder))),
              answer ->
                  prepayId(answer)
                      .map(id -> clientSignatures.jsapi(account.appId(payOrder.method()), id)));
      case H5 ->
          prepay(
              call,
              "h5",
              order.put("scene_info", sceneInfo(payOrder)),
              answer -> h5Url(answer, payOrder.returnUrl()));
      case APP ->
          prepay(
              call,
              "app",
              order,
              answer ->
                  prepayId(answer)
                      .map(id -> clientSignatures.app(account.appId(PayMethod.APP), id)));
      default ->
          throw new IllegalArgumentException(payOrder.method() + " is no method of WeChat Pay");
    };
  }

  private ImmutableMap.Builder<String, Object> order(PayOrder payOrder) {
    ImmutableMap.Builder<String, Object> order =
        ImmutableMap.<String, Object>builder()
            .put("appid", account.appId(payOrder.method()))
            .put("mchid", account.mchId())
            .put("description", WechatPayDescription.of(payOrder))
            .put("out_trade_no", payOrder.outTradeNo().value())
            .put("time_expire", WechatPayTimes.format(payOrder.timeExpire()))
            .put("notify_url", notifyUrl)
            .put(
                "amount",
                ImmutableMap.of(
                    "total",
                    payOrder.amount().amountFen(),
                    "currency",
                    WechatPayTransaction.CURRENCY));
    // Echoed in the notify, which then finds its workflow while the books are away.
    String checkoutId = payOrder.checkoutId().value();
    return checkoutId.length() <= MAX_ATTACH ? order.put("attach", checkoutId) : order;
  }

  private static boolean isPayerForgotten(PayOrder payOrder) {
    Payer payer = payOrder.payer();
    return switch (payOrder.method()) {
      case JSAPI, MINI_PROGRAM -> payer == null;
      case QR, PAGE, WAP, APP, BARCODE, H5, BALANCE -> false;
    };
  }

  private static String openid(PayOrder payOrder) {
    Payer payer = payOrder.payer();
    String openid = payer == null ? null : payer.openid();
    checkArgument(openid != null, "%s needs an openid", payOrder.method());
    return openid;
  }

  private static ImmutableMap<String, Object> sceneInfo(PayOrder payOrder) {
    Payer payer = payOrder.payer();
    String clientIp = payer == null ? null : payer.clientIp();
    checkArgument(clientIp != null, "H5 needs the buyer's address");
    return ImmutableMap.of("payer_client_ip", clientIp, "h5_info", ImmutableMap.of("type", "Wap"));
  }

  /** Makes the buyer's credential of an answer; empty if it holds none. */
  @FunctionalInterface
  private interface CredentialReader {
    Optional<PayCredential> read(WechatPayMessage answer);
  }

  private PrepayResult prepay(
      WechatPayCall call,
      String product,
      ImmutableMap.Builder<String, Object> order,
      CredentialReader credential)
      throws ChannelOutcomeUnknownException {
    WechatPayAnswer answer = api.post(call, TRANSACTIONS + product, order.buildOrThrow());
    if (answer.isSuccess()) {
      return credential
          .read(answer.content())
          .map(PrepayResult::ready)
          .orElseThrow(() -> call.unknown("answered without a credential that can be read"));
    }
    Optional<Refusal> refusal = WechatPayRefusals.of(WechatPayRefusals.Call.PREPAY, answer);
    if (refusal.isPresent()) {
      return PrepayResult.refused(refusal.get());
    }
    throw answer.code().equals("ORDERPAID")
        ? call.unknown("it is paid already; the next query will say so")
        : call.unknown(answer);
  }

  private static Optional<PayCredential> qrCode(WechatPayMessage answer) {
    return answer
        .text("code_url")
        .map(codeUrl -> new PayCredential(PayCredential.Type.QR_CODE, codeUrl));
  }

  private static Optional<String> prepayId(WechatPayMessage answer) {
    return answer.text("prepay_id").filter(PREPAY_ID.asMatchPredicate());
  }

  private static Optional<PayCredential> h5Url(
      WechatPayMessage answer, @Nullable String returnUrl) {
    String back =
        returnUrl == null
            ? ""
            : "&redirect_url=" + URLEncoder.encode(returnUrl, StandardCharsets.UTF_8);
    return answer
        .text("h5_url")
        .filter(WEB_URL.asMatchPredicate())
        .map(h5Url -> new PayCredential(PayCredential.Type.REDIRECT_URL, h5Url + back));
  }

  @Override
  public TradeResult query(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    WechatPayCall call = new WechatPayCall("query", payOrder.outTradeNo().value());
    WechatPayAnswer answer =
        api.get(call, outTradeNo(payOrder.outTradeNo()) + "?mchid=" + account.mchId());
    if (isNotCreated(answer)) {
      return new TradeResult(payOrder.outTradeNo(), TradeState.NOT_CREATED, null, null, null);
    }
    if (!answer.isSuccess()) {
      throw call.unknown(answer);
    }
    // In case a signed answer is replayed.
    if (!account.owns(answer.content())) {
      throw call.unknown("the answer is about another account");
    }
    TradeResult trade;
    try {
      trade = WechatPayTransaction.trade(answer.content());
    } catch (IllegalArgumentException e) {
      throw call.unknown("the answer cannot be read: " + e.getMessage());
    }
    if (!trade.outTradeNo().equals(payOrder.outTradeNo())) {
      throw call.unknown("the answer is about another payment");
    }
    return trade;
  }

  private static String outTradeNo(OutTradeNo outTradeNo) {
    return TRANSACTIONS + "out-trade-no/" + outTradeNo;
  }

  private static boolean isNotCreated(WechatPayAnswer answer) {
    return answer.isRefusal() && answer.code().equals("ORDERNOTEXIST");
  }

  @Override
  public CloseResult close(PayOrder payOrder) throws ChannelOutcomeUnknownException {
    WechatPayCall call = new WechatPayCall("close", payOrder.outTradeNo().value());
    WechatPayAnswer answer =
        api.post(
            call,
            outTradeNo(payOrder.outTradeNo()) + "/close",
            ImmutableMap.of("mchid", account.mchId()));
    if (answer.isSuccess() || (answer.isRefusal() && answer.code().equals("ORDERCLOSED"))) {
      return new CloseResult(CloseResult.Outcome.CLOSED, null);
    }
    if (isNotCreated(answer)) {
      return new CloseResult(CloseResult.Outcome.NOT_CREATED, null);
    }
    if (!answer.isRefusal() || !NOT_TO_BE_CLOSED.contains(answer.code())) {
      throw call.unknown(answer);
    }
    return CloseResult.asFound(query(payOrder))
        .orElseThrow(() -> call.unknown("refused with " + answer.channelCode() + ", yet unpaid"));
  }

  /**
   * {@inheritDoc}
   *
   * <p>NOT_ENOUGH is a refusal as well: no retry helps until the merchant has paid in, so a person
   * must know.
   */
  @Override
  public RefundResult refund(RefundOrder refund) throws ChannelOutcomeUnknownException {
    return refunds.refund(refund);
  }
}
