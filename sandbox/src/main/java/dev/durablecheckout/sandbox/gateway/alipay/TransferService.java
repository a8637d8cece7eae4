package dev.durablecheckout.sandbox.gateway.alipay;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Carries out the calls about money that goes out, and says what became of them. */
final class TransferService {
  private static final String PRODUCT = "TRANS_ACCOUNT_NO_PWD";
  private static final String SCENE = "DIRECT_TRANSFER";
  private static final int MAX_TITLE = 128;
  private static final int MAX_REMARK = 200;

  private final TransferRegister register;
  private final AlipayTransfers messages;
  private final boolean hasCertificates;

  /**
   * @param hasCertificates as Alipay demands of who pays out
   */
  TransferService(TransferRegister register, AlipayTransfers messages, boolean hasCertificates) {
    this.register = register;
    this.messages = messages;
    this.hasCertificates = hasCertificates;
  }

  Answer perform(MerchantCall call) {
    if (!hasCertificates) {
      return Answer.failure(
          "40006", "Insufficient Permissions", "isv.insufficient-isv-permissions", "ISV权限不足");
    }
    try {
      return call.method() == MerchantCall.Method.TRANSFER ? transfer(call) : query(call);
    } catch (TransferRefusedException e) {
      return Answer.failure("40004", "Business Failed", e.refusal().name(), e.refusal().text());
    }
  }

  private Answer transfer(MerchantCall call) {
    TransferRegister.Asked asked = register.ask(order(call));
    Transfer transfer = asked.transfer();
    if (asked.isNew()) {
      messages.changed(transfer);
    }
    Map<String, Object> members = numbers(transfer);
    members.put("status", transfer.status().name());
    members.put("trans_date", AlipayTime.seconds(transfer.at()));
    return Answer.success(members);
  }

  private static TransferOrder order(MerchantCall call) {
    String name = Strings.nullToEmpty(payee(call, "name"));
    String type = required(payee(call, "identity_type"));
    OptionalLong amount = Yuan.parse(required(call.member("trans_amount")));
    String title = required(call.member("order_title"));
    String remark = Strings.nullToEmpty(call.member("remark"));
    boolean right =
        amount.isPresent()
            && PRODUCT.equals(call.member("product_code"))
            && SCENE.equals(call.member("biz_scene"))
            && title.length() <= MAX_TITLE
            && remark.length() <= MAX_REMARK
            && (!type.equals("ALIPAY_LOGON_ID") || !name.isEmpty());
    if (!right) {
      throw new TransferRefusedException(TransferRefusal.INVALID_PARAMETER);
    }
    return new TransferOrder(
        call.app().appId(),
        call.app().sellerId(),
        required(call.member("out_biz_no")),
        amount.getAsLong(),
        type,
        required(payee(call, "identity")),
        name,
        title,
        remark,
        PRODUCT,
        SCENE);
  }

  private static @Nullable String payee(MerchantCall call, String member) {
    return Strings.emptyToNull(call.business().path("payee_info").path(member).asText(""));
  }

  private static String required(@Nullable String value) {
    if (value == null) {
      throw new TransferRefusedException(TransferRefusal.INVALID_PARAMETER);
    }
    return value;
  }

  private Answer query(MerchantCall call) {
    Transfer transfer =
        register
            .find(call.app().sellerId(), required(call.member("out_biz_no")))
            .orElseThrow(() -> new TransferRefusedException(TransferRefusal.ORDER_NOT_EXIST));
    Map<String, Object> members = numbers(transfer);
    members.putAll(facts(transfer));
    members.put("order_fee", "0.00");
    if (transfer.order().identityType().equals("ALIPAY_USER_ID")) {
      members.put("receiver_user_id", transfer.order().identity());
    }
    return Answer.success(members);
  }

  private static Map<String, Object> numbers(Transfer transfer) {
    return new LinkedHashMap<>(
        ImmutableMap.of(
            "order_id", transfer.orderId(),
            "out_biz_no", transfer.order().outBizNo(),
            "pay_fund_order_id", transfer.orderId()));
  }

  /** What queries and messages say of it. */
  static ImmutableMap<String, Object> facts(Transfer transfer) {
    ImmutableMap.Builder<String, Object> facts = ImmutableMap.builder();
    facts
        .put("status", transfer.status().name())
        .put("trans_amount", Yuan.print(transfer.order().amountFen()))
        .put("pay_date", AlipayTime.seconds(transfer.at()));
    if (!transfer.errorCode().isEmpty()) {
      facts.put("error_code", transfer.errorCode()).put("fail_reason", "银行退回");
    }
    return facts.buildOrThrow();
  }
}
