package dev.durablecheckout.activities.channel.alipay;

import static com.google.common.base.Preconditions.checkArgument;

import com.alipay.api.domain.AlipayFundTransCommonQueryModel;
import com.alipay.api.domain.AlipayFundTransUniTransferModel;
import com.alipay.api.domain.Participant;
import com.alipay.api.domain.TransferSceneReportInfo;
import com.alipay.api.request.AlipayFundTransCommonQueryRequest;
import com.alipay.api.request.AlipayFundTransUniTransferRequest;
import com.google.common.collect.ImmutableList;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.PayoutChannel;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Payouts to accounts at Alipay. Alipay makes one payout per {@code out_biz_no}, whatever is sent
 * again; so a call without an answer is repeated unchanged.
 *
 * <p>A no is believed only after Alipay has also said that it has nothing under the number: it may
 * be said to the repeat of a payout that went through, and the SDK does not check the signature of
 * a no.
 */
final class AlipayPayouts implements PayoutChannel {
  private static final String PRODUCT = "TRANS_ACCOUNT_NO_PWD";
  private static final String SCENE = "DIRECT_TRANSFER";
  private static final String NOT_THERE = "ORDER_NOT_EXIST";
  private static final Pattern CODE = Pattern.compile("[0-9A-Za-z._-]{1,64}");

  private final AlipayGateway gateway;
  private final AlipayPayoutConfiguration settings;
  private final Clock clock;

  AlipayPayouts(AlipayGateway gateway, AlipayPayoutConfiguration settings, Clock clock) {
    this.gateway = gateway;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public PayoutResult pay(Payout payout) throws ChannelOutcomeUnknownException {
    Payee payee = payout.knownPayee();
    if (payee.name() == null && payee.needsName(payout.amount())) {
      return PayoutResult.refused(null, nameMissing());
    }
    AlipayFundTransUniTransferRequest request = new AlipayFundTransUniTransferRequest();
    request.setBizModel(model(payout));
    AlipayCall call = new AlipayCall(request.getApiMethodName(), payout.no().value());
    AlipayAnswer answer = gateway.call(request, request::putOtherTextParam, call);
    if (answer.isSuccess()) {
      PayoutResult result = read(call, payout, answer, "amount", "trans_date");
      return switch (result.state()) {
        case SUCCEEDED, PROCESSING -> result;
        // This answer does not say why.
        default -> known(call, query(payout));
      };
    }
    Optional<Refusal> refusal = AlipayPayoutRefusals.of(payee, answer);
    boolean there =
        answer.isBusinessFailure()
            && AlipayPayoutRefusals.ASK_WHAT_IS_THERE.contains(answer.subCode());
    if (refusal.isEmpty()) {
      if (there) {
        return known(call, query(payout));
      }
      throw call.unknown(answer);
    }
    PayoutResult known = query(payout);
    if (known.state() != PayoutResult.State.NOT_CREATED) {
      return known;
    }
    return AlipayPayoutRefusals.PASSING.containsKey(answer.subCode())
        ? PayoutResult.notNow(refusal.get())
        : PayoutResult.refused(null, refusal.get());
  }

  private static Refusal nameMissing() {
    return new Refusal(Refusal.Code.OTHER, "NAME_REQUIRED", "the payee's name is needed");
  }

  private static PayoutResult known(AlipayCall call, PayoutResult result)
      throws ChannelOutcomeUnknownException {
    if (result.state() == PayoutResult.State.NOT_CREATED) {
      throw call.unknown("Alipay has it, and a query does not find it");
    }
    return result;
  }

  private AlipayFundTransUniTransferModel model(Payout payout) {
    Participant payee = new Participant();
    payee.setIdentity(payout.knownPayee().account());
    payee.setIdentityType(identityType(payout.knownPayee()));
    payee.setName(payout.knownPayee().name());
    AlipayFundTransUniTransferModel model = new AlipayFundTransUniTransferModel();
    model.setOutBizNo(payout.no().value());
    model.setTransAmount(AlipayAmounts.format(payout.amount()));
    model.setProductCode(PRODUCT);
    model.setBizScene(SCENE);
    model.setOrderTitle(payout.remark());
    model.setRemark(payout.remark());
    model.setPayeeInfo(payee);
    model.setTransferSceneName(settings.transferSceneName());
    if (!settings.transferSceneReportInfos().isEmpty()) {
      model.setTransferSceneReportInfos(
          settings.transferSceneReportInfos().stream()
              .map(AlipayPayouts::reportInfo)
              .collect(ImmutableList.toImmutableList()));
    }
    return model;
  }

  private static TransferSceneReportInfo reportInfo(AlipayReportInfo info) {
    TransferSceneReportInfo report = new TransferSceneReportInfo();
    report.setInfoType(info.infoType());
    report.setInfoContent(info.infoContent());
    return report;
  }

  private static String identityType(Payee payee) {
    return switch (payee.kind()) {
      case ALIPAY_USER_ID, ALIPAY_OPEN_ID, ALIPAY_LOGON_ID -> payee.kind().name();
      case WECHAT_OPENID -> throw new IllegalArgumentException(payee + " is nobody at Alipay");
    };
  }

  @Override
  public PayoutResult query(Payout payout) throws ChannelOutcomeUnknownException {
    AlipayFundTransCommonQueryModel model = new AlipayFundTransCommonQueryModel();
    model.setOutBizNo(payout.no().value());
    model.setProductCode(PRODUCT);
    model.setBizScene(SCENE);
    AlipayFundTransCommonQueryRequest request = new AlipayFundTransCommonQueryRequest();
    request.setBizModel(model);
    AlipayCall call = new AlipayCall(request.getApiMethodName(), payout.no().value());
    AlipayAnswer answer = gateway.call(request, request::putOtherTextParam, call);
    if (answer.isBusinessFailure() && NOT_THERE.equals(answer.subCode())) {
      return PayoutResult.notCreated();
    }
    if (!answer.isSuccess()) {
      throw call.unknown(answer);
    }
    return read(call, payout, answer, "trans_amount", "pay_date");
  }

  /** Alipay takes nothing back: it has paid, or refused, by the time that it answers. */
  @Override
  public PayoutResult cancel(Payout payout) throws ChannelOutcomeUnknownException {
    return query(payout);
  }

  private PayoutResult read(
      AlipayCall call, Payout payout, AlipayAnswer answer, String amountMember, String timeMember)
      throws ChannelOutcomeUnknownException {
    try {
      checkIsAbout(payout, answer, amountMember);
      Instant at = answer.text(timeMember).map(AlipayTimes::parse).orElseGet(clock::instant);
      return result(
          payout.payee(),
          new Facts(
              answer.required("status"),
              answer.text("order_id").orElse(null),
              at,
              answer.text("order_fee").map(AlipayAmounts::parse).orElse(null),
              answer.text("error_code").orElse(""),
              answer.text("fail_reason").orElse("")));
    } catch (IllegalArgumentException e) {
      throw call.unknown("the answer cannot be used: " + e.getMessage());
    }
  }

  /**
   * In case a signed answer is replayed, or the number was used for something else: whoever would
   * take that for a no would pay again under another number.
   */
  private static void checkIsAbout(Payout payout, AlipayAnswer answer, String amountMember) {
    checkArgument(
        answer.text("out_biz_no").filter(payout.no().value()::equals).isPresent(),
        "it is about another payout");
    Optional<Money> amount = answer.text(amountMember).map(AlipayAmounts::parse);
    checkArgument(
        amount.isEmpty() || amount.get().equals(payout.amount()), "it is of another amount");
    Optional<String> receiver = answer.text("receiver_user_id");
    @Nullable Payee payee = payout.payee();
    checkArgument(
        receiver.isEmpty()
            || payee == null
            || payee.kind() != Payee.Kind.ALIPAY_USER_ID
            || receiver.get().equals(payee.account()),
        "it is to somebody else");
  }

  /** What an answer or a message says of a payout. */
  record Facts(
      String status,
      @Nullable String orderId,
      Instant at,
      @Nullable Money fee,
      String errorCode,
      String failReason) {
    boolean hasReason() {
      return !errorCode.isEmpty() || !failReason.isEmpty();
    }
  }

  /**
   * What the status amounts to. FAIL and CLOSED are for ever, whatever the reason: the number is
   * used up.
   *
   * @throws IllegalArgumentException if it is not known here
   */
  static PayoutResult result(@Nullable Payee payee, Facts facts) {
    return switch (facts.status()) {
      case "SUCCESS" -> PayoutResult.succeeded(facts.orderId(), facts.at(), facts.fee());
      case "DEALING", "WAIT_PAY", "INIT" -> PayoutResult.processing(facts.orderId());
      case "FAIL", "CLOSED" -> PayoutResult.refused(facts.orderId(), refusal(payee, facts));
      case "REFUND" ->
          PayoutResult.returned(
              facts.orderId(), facts.at(), facts.hasReason() ? refusal(payee, facts) : null);
      default -> throw new IllegalArgumentException("unknown status");
    };
  }

  private static Refusal refusal(@Nullable Payee payee, Facts facts) {
    boolean named = CODE.matcher(facts.errorCode()).matches();
    return AlipayPayoutRefusals.refusal(
        payee, named ? facts.errorCode() : facts.status(), AlipayAnswer.shown(facts.failReason()));
  }
}
