package dev.durablecheckout.activities.channel.alipay;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableTable;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.Refusal.Code;
import java.util.Optional;

/**
 * Which of Alipay's {@code sub_code}s (with code 40004) are a definite no to which call, and what
 * they mean. A code that is not here promises nothing: the outcome is unknown. {@code
 * ACQ.SYSTEM_ERROR} is left out on purpose, and so is {@code ACQ.TRADE_HAS_SUCCESS} as an answer to
 * a new trade: that one says that the money is there.
 */
final class AlipayRefusals {
  /** The calls that can be refused. */
  enum Call {
    PREPAY,
    /** At a till: creates the trade and pays it. */
    PAY,
    REFUND
  }

  static final ImmutableTable<Call, String, Code> TABLE =
      ImmutableTable.<Call, String, Code>builder()
          .putAll(row(Call.PREPAY, prepay()))
          .putAll(row(Call.PAY, pay()))
          .putAll(row(Call.REFUND, refund()))
          .buildOrThrow();

  /**
   * Refusals of {@link Call#PAY} that the repeat of a call gets because the call went through: the
   * code is used up, the number taken.
   */
  static final ImmutableSet<String> TOLD_TO_REPEATS =
      ImmutableSet.of("ACQ.PAYMENT_AUTH_CODE_INVALID", "ACQ.CONTEXT_INCONSISTENT");

  private AlipayRefusals() {}

  private static ImmutableMap<String, Code> prepay() {
    return ImmutableMap.<String, Code>builder()
        .put("ACQ.INVALID_PARAMETER", Code.OTHER)
        .put("ACQ.ACCESS_FORBIDDEN", Code.MERCHANT_ACCOUNT)
        .put("ACQ.EXIST_FORBIDDEN_WORD", Code.CONTENT)
        .put("ACQ.PARTNER_ERROR", Code.MERCHANT_ACCOUNT)
        .put("ACQ.TOTAL_FEE_EXCEED", Code.LIMIT)
        .put("ACQ.CONTEXT_INCONSISTENT", Code.CONFLICT)
        .put("ACQ.TRADE_HAS_CLOSE", Code.CONFLICT)
        .put("ACQ.BUYER_SELLER_EQUAL", Code.BUYER_ACCOUNT)
        .put("ACQ.TRADE_BUYER_NOT_MATCH", Code.BUYER_ACCOUNT)
        .put("ACQ.BUYER_ENABLE_STATUS_FORBID", Code.BUYER_ACCOUNT)
        .put("ACQ.APPLY_PC_MERCHANT_CODE_ERROR", Code.MERCHANT_ACCOUNT)
        .put("ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR", Code.EXPIRED)
        .put("ACQ.SELLER_NOT_EXIST", Code.MERCHANT_ACCOUNT)
        .put("ACQ.SELLER_BEEN_BLOCKED", Code.MERCHANT_ACCOUNT)
        .put("ACQ.INVALID_RECEIVE_ACCOUNT", Code.MERCHANT_ACCOUNT)
        .put("ACQ.MERCHANT_STATUS_NOT_NORMAL", Code.MERCHANT_ACCOUNT)
        .put("ACQ.RISK_MERCHANT_IP_NOT_EXIST", Code.MERCHANT_ACCOUNT)
        .put("ACQ.SUB_GOODS_SIZE_MAX_COUNT", Code.LIMIT)
        .buildOrThrow();
  }

  private static ImmutableMap<String, Code> pay() {
    return ImmutableMap.<String, Code>builder()
        .put("ACQ.INVALID_PARAMETER", Code.OTHER)
        .put("ACQ.ACCESS_FORBIDDEN", Code.MERCHANT_ACCOUNT)
        .put("ACQ.EXIST_FORBIDDEN_WORD", Code.CONTENT)
        .put("ACQ.PARTNER_ERROR", Code.MERCHANT_ACCOUNT)
        .put("ACQ.TOTAL_FEE_EXCEED", Code.LIMIT)
        .put("ACQ.PAYMENT_AUTH_CODE_INVALID", Code.PAYER)
        .put("ACQ.CONTEXT_INCONSISTENT", Code.CONFLICT)
        .put("ACQ.TRADE_HAS_CLOSE", Code.CONFLICT)
        .put("ACQ.BUYER_BALANCE_NOT_ENOUGH", Code.INSUFFICIENT_BALANCE)
        .put("ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH", Code.INSUFFICIENT_BALANCE)
        .put("ACQ.ERROR_BALANCE_PAYMENT_DISABLE", Code.BUYER_ACCOUNT)
        .put("ACQ.BUYER_SELLER_EQUAL", Code.BUYER_ACCOUNT)
        .put("ACQ.TRADE_BUYER_NOT_MATCH", Code.BUYER_ACCOUNT)
        .put("ACQ.BUYER_ENABLE_STATUS_FORBID", Code.BUYER_ACCOUNT)
        .put("ACQ.PULL_MOBILE_CASHIER_FAIL", Code.BUYER_ACCOUNT)
        .put("ACQ.MOBILE_PAYMENT_SWITCH_OFF", Code.BUYER_ACCOUNT)
        .put("ACQ.USER_FACE_PAYMENT_SWITCH_OFF", Code.BUYER_ACCOUNT)
        .put("ACQ.PAYMENT_FAIL", Code.OTHER)
        .put("ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR", Code.DAILY_LIMIT)
        .put("ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR", Code.LIMIT)
        .put("ACQ.BEYOND_PAY_RESTRICTION", Code.MERCHANT_ACCOUNT)
        .put("ACQ.BEYOND_PER_RECEIPT_RESTRICTION", Code.MERCHANT_ACCOUNT)
        .put("ACQ.SELLER_BEEN_BLOCKED", Code.MERCHANT_ACCOUNT)
        .put("ACQ.ERROR_BUYER_CERTIFY_LEVEL_LIMIT", Code.BUYER_ACCOUNT)
        .put("ACQ.PAYMENT_REQUEST_HAS_RISK", Code.RISK)
        .put("ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE", Code.BUYER_ACCOUNT)
        .put("ACQ.INVALID_STORE_ID", Code.MERCHANT_ACCOUNT)
        .put("ACQ.SUB_MERCHANT_CREATE_FAIL", Code.MERCHANT_ACCOUNT)
        .put("ACQ.SUB_MERCHANT_TYPE_INVALID", Code.MERCHANT_ACCOUNT)
        .put("ACQ.AGREEMENT_NOT_EXIST", Code.MERCHANT_ACCOUNT)
        .put("ACQ.AGREEMENT_INVALID", Code.MERCHANT_ACCOUNT)
        .put("ACQ.AGREEMENT_STATUS_NOT_NORMAL", Code.MERCHANT_ACCOUNT)
        .put("ACQ.MERCHANT_AGREEMENT_NOT_EXIST", Code.MERCHANT_ACCOUNT)
        .put("ACQ.MERCHANT_AGREEMENT_INVALID", Code.MERCHANT_ACCOUNT)
        .put("ACQ.MERCHANT_STATUS_NOT_NORMAL", Code.MERCHANT_ACCOUNT)
        .put("ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR", Code.EXPIRED)
        .put("ACQ.SELLER_NOT_EXIST", Code.MERCHANT_ACCOUNT)
        .put("ACQ.INVALID_RECEIVE_ACCOUNT", Code.MERCHANT_ACCOUNT)
        .put("ACQ.SUB_GOODS_SIZE_MAX_COUNT", Code.LIMIT)
        .buildOrThrow();
  }

  private static ImmutableMap<String, Code> refund() {
    return ImmutableMap.<String, Code>builder()
        .put("ACQ.INVALID_PARAMETER", Code.OTHER)
        .put("ACQ.SELLER_BALANCE_NOT_ENOUGH", Code.MERCHANT_BALANCE)
        .put("ACQ.REASON_TRADE_BEEN_FREEZEN", Code.OTHER)
        .put("ACQ.TRADE_NOT_EXIST", Code.OTHER)
        .put("ACQ.TRADE_HAS_FINISHED", Code.CONFLICT)
        .put("ACQ.TRADE_STATUS_ERROR", Code.CONFLICT)
        .put("ACQ.TRADE_NOT_ALLOW_REFUND", Code.MERCHANT_ACCOUNT)
        .put("ACQ.REFUND_FEE_ERROR", Code.LIMIT)
        .put("ACQ.REASON_TRADE_REFUND_FEE_ERR", Code.LIMIT)
        .put("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", Code.LIMIT)
        .put("ACQ.TRADE_HAS_CLOSE", Code.CONFLICT)
        .put("ACQ.BUYER_NOT_EXIST", Code.BUYER_ACCOUNT)
        .put("ACQ.BUYER_ENABLE_STATUS_FORBID", Code.BUYER_ACCOUNT)
        .put("ACQ.REASON_TRADE_STATUS_INVALID", Code.CONFLICT)
        .put("ACQ.NOT_ALLOW_PARTIAL_REFUND", Code.MERCHANT_ACCOUNT)
        .put("ACQ.ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND", Code.OTHER)
        .put("ACQ.REFUND_ACCOUNT_NOT_EXIST", Code.BUYER_ACCOUNT)
        .put("ACQ.CUSTOMER_VALIDATE_ERROR", Code.MERCHANT_ACCOUNT)
        .put("ACQ.DISCORDANT_REPEAT_REQUEST", Code.CONFLICT)
        .buildOrThrow();
  }

  private static ImmutableTable<Call, String, Code> row(Call call, ImmutableMap<String, Code> row) {
    ImmutableTable.Builder<Call, String, Code> table = ImmutableTable.builder();
    row.forEach((subCode, code) -> table.put(call, subCode, code));
    return table.buildOrThrow();
  }

  /** The refusal that an answer amounts to; empty if it is not a definite no to this call. */
  static Optional<Refusal> of(Call call, AlipayAnswer answer) {
    if (!answer.isBusinessFailure()) {
      return Optional.empty();
    }
    return Optional.ofNullable(TABLE.get(call, answer.subCode()))
        .map(code -> new Refusal(code, answer.subCode(), answer.message()));
  }
}
