package dev.durablecheckout.activities.channel.wechatpay;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.wechat.pay.java.core.cipher.RSAPrivacyEncryptor;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.PayoutChannel;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.Refusal.Code;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Payouts to users of WeChat (商家转账), who confirm each within a day. WeChat makes one payout per
 * {@code out_bill_no}, whatever is sent again; so a call without an answer is repeated unchanged,
 * and whoever needs {@code package_info} again asks for the same payout again.
 *
 * <p>WeChat itself says of this call that nobody must take another number because of a code that is
 * not documented. A no is believed only after WeChat has also said that it has nothing under the
 * number, because neither is signed.
 */
final class WechatPayouts implements PayoutChannel {
  private static final String BILLS = "/v3/fund-app/mch-transfer/transfer-bills";
  private static final String BY_OUR_NUMBER = BILLS + "/out-bill-no/";

  /** Below it WeChat takes no name: 0.3 yuan. */
  private static final Money NAME_ALLOWED_FROM = Money.ofFen(30);

  /** For the same payout later: there is nothing wrong with it. */
  static final ImmutableMap<String, Code> PASSING =
      ImmutableMap.of(
          "NOTENOUGH", Code.INSUFFICIENT_BALANCE,
          "QUOTAEXCEED", Code.DAILY_LIMIT);

  static final ImmutableMap<String, Code> FINAL =
      ImmutableMap.<String, Code>builder()
          .put("PARAMERROR", Code.OTHER)
          .put("INVALIDREQUEST", Code.OTHER)
          .put("NOAUTH", Code.MERCHANT_ACCOUNT)
          .put("APPIDMCHIDNOTMATCH", Code.MERCHANT_ACCOUNT)
          .put("MCHNOTEXISTS", Code.MERCHANT_ACCOUNT)
          .put("ACCOUNTERROR", Code.BUYER_ACCOUNT)
          .put("USERACCOUNTABNORMAL", Code.BUYER_ACCOUNT)
          .put("NAMEMISMATCH", Code.BUYER_ACCOUNT)
          .put("OPENIDMISMATCH", Code.BUYER_ACCOUNT)
          .put("RULELIMIT", Code.LIMIT)
          .buildOrThrow();

  private static final ImmutableSet<String> NOT_THERE =
      ImmutableSet.of("NOTFOUND", "RESOURCENOTEXISTS");

  private final WechatPayApi api;
  private final PlatformKeys platformKeys;
  private final WechatPayoutConfiguration settings;
  private final String mchId;
  private final String appId;
  private final String notifyUrl;
  private final Clock clock;

  /**
   * Checks the configuration; calls nobody.
   *
   * @throws IllegalArgumentException naming the setting that is missing or cannot be read
   */
  WechatPayouts(
      WechatPayConfiguration configuration,
      WechatPayoutConfiguration settings,
      BoundedHttpClient http,
      Clock clock) {
    WechatPayAccount account = new WechatPayAccount(configuration);
    mchId = account.mchId();
    appId = account.payoutAppId(settings.appId());
    URI notify = configuration.notifyUrl();
    checkArgument(notify != null, "notify_url is needed to make calls");
    notifyUrl = notify.toString();
    platformKeys = PlatformKeys.of(configuration, http, clock);
    api =
        WechatPayApi.of(
            configuration, WechatPayKeys.merchantKey(configuration), platformKeys, http);
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public PayoutResult pay(Payout payout) throws ChannelOutcomeUnknownException {
    Payee payee = payout.knownPayee();
    if (payee.name() == null && payee.needsName(payout.amount())) {
      return PayoutResult.refused(
          null, new Refusal(Code.OTHER, "NAME_REQUIRED", "the payee's name is needed"));
    }
    WechatPayCall call = call("payout", payout);
    WechatPayAnswer answer = api.post(call, BILLS, body(call, payout));
    if (answer.isSuccess()) {
      return read(call, payout, answer);
    }
    if (!answer.isRefusal()) {
      throw call.unknown(answer);
    }
    // It may refuse the repeat of a payout that it has made.
    PayoutResult known = query(payout);
    if (known.state() != PayoutResult.State.NOT_CREATED) {
      return known;
    }
    @Nullable Code passing = PASSING.get(answer.code());
    if (passing != null) {
      return PayoutResult.notNow(refusal(payout, passing, answer));
    }
    @Nullable Code forEver = FINAL.get(answer.code());
    if (forEver != null) {
      return PayoutResult.refused(null, refusal(payout, forEver, answer));
    }
    throw call.unknown(answer);
  }

  private static Refusal refusal(Payout payout, Code code, WechatPayAnswer answer) {
    String message = answer.message();
    return new Refusal(
        code, answer.channelCode(), payout.knownPayee().isNamedIn(message) ? "" : message);
  }

  private ImmutableMap<String, Object> body(WechatPayCall call, Payout payout)
      throws ChannelOutcomeUnknownException {
    ImmutableMap.Builder<String, Object> body = ImmutableMap.builder();
    body.put("appid", appId)
        .put("out_bill_no", payout.no().value())
        .put("transfer_scene_id", settings.transferSceneId())
        .put("openid", payout.knownPayee().account())
        .put("transfer_amount", payout.amount().amountFen())
        .put("transfer_remark", payout.remark())
        .put("notify_url", notifyUrl)
        .put(
            "transfer_scene_report_infos",
            settings.transferSceneReportInfos().stream()
                .map(
                    info ->
                        ImmutableMap.of(
                            "info_type", info.infoType(), "info_content", info.infoContent()))
                .collect(ImmutableList.toImmutableList()));
    @Nullable String perception = settings.userRecvPerception();
    if (perception != null) {
      body.put("user_recv_perception", perception);
    }
    @Nullable String name = payout.knownPayee().name();
    if (name != null && payout.amount().compareTo(NAME_ALLOWED_FROM) >= 0) {
      body.put("user_name", sealed(call, name));
    }
    return body.buildOrThrow();
  }

  /** Sealed for WeChat alone, under the key that each request names. */
  private String sealed(WechatPayCall call, String name) throws ChannelOutcomeUnknownException {
    try {
      return new RSAPrivacyEncryptor(platformKeys.sealingKey(), platformKeys.getSerialNumber())
          .encrypt(name);
    } catch (NoPlatformKeyException e) {
      throw call.unknown("nothing was sent: " + e.getMessage());
    }
  }

  @Override
  public PayoutResult query(Payout payout) throws ChannelOutcomeUnknownException {
    WechatPayCall call = call("payout query", payout);
    WechatPayAnswer answer = api.get(call, BY_OUR_NUMBER + payout.no());
    if (answer.isRefusal() && NOT_THERE.contains(answer.code())) {
      return PayoutResult.notCreated();
    }
    if (!answer.isSuccess()) {
      throw call.unknown(answer);
    }
    if (answer.content().text("mch_id").isEmpty()
        || !answer.content().content().has("transfer_amount")) {
      throw call.unknown("the answer does not say what it is about");
    }
    return read(call, payout, answer);
  }

  /** Taken back only as long as the buyer has not confirmed; the query tells which came first. */
  @Override
  public PayoutResult cancel(Payout payout) throws ChannelOutcomeUnknownException {
    WechatPayCall call = call("payout cancel", payout);
    WechatPayAnswer answer =
        api.post(call, BY_OUR_NUMBER + payout.no() + "/cancel", ImmutableMap.of());
    if (!answer.isSuccess() && !answer.isRefusal()) {
      throw call.unknown(answer);
    }
    return query(payout);
  }

  private PayoutResult read(WechatPayCall call, Payout payout, WechatPayAnswer answer)
      throws ChannelOutcomeUnknownException {
    try {
      checkIsAbout(payout, answer.content());
      return WechatTransferBill.result(answer.content(), mchId, appId, clock);
    } catch (IllegalArgumentException e) {
      throw call.unknown("the answer cannot be used: " + e.getMessage());
    }
  }

  /**
   * In case a signed answer is replayed, or the number was used for something else: whoever would
   * take that for a no would pay again under another number. Some answers name the number alone.
   */
  private void checkIsAbout(Payout payout, WechatPayMessage bill) {
    checkArgument(
        bill.required("out_bill_no").equals(payout.no().value()), "it is about another payout");
    checkArgument(is(bill.text("mch_id"), mchId), "it is about another account");
    checkArgument(is(bill.text("appid"), appId), "it is about another application");
    @Nullable Payee payee = payout.payee();
    checkArgument(
        payee == null || is(bill.text("openid"), payee.account()), "it is to somebody else");
    checkArgument(is(bill.fen("transfer_amount"), payout.amount()), "it is of another amount");
  }

  private static <T> boolean is(Optional<T> said, T wanted) {
    return said.isEmpty() || said.get().equals(wanted);
  }

  private static WechatPayCall call(String name, Payout payout) {
    return new WechatPayCall(name, payout.no().value());
  }
}
