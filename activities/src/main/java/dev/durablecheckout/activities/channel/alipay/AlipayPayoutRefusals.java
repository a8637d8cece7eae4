package dev.durablecheckout.activities.channel.alipay;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.Refusal.Code;
import dev.durablecheckout.workflows.withdrawal.Payee;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of Alipay's {@code sub_code}s (with code 40004) are a definite no to a payout, and which of
 * these pass. A code that is not here promises nothing: {@code SYSTEM_ERROR} is left out on
 * purpose.
 */
final class AlipayPayoutRefusals {
  /** For the same payout later: there is nothing wrong with it. */
  static final ImmutableMap<String, Code> PASSING =
      ImmutableMap.of(
          "PAYER_BALANCE_NOT_ENOUGH", Code.INSUFFICIENT_BALANCE,
          "BALANCE_IS_NOT_ENOUGH", Code.INSUFFICIENT_BALANCE,
          "EXCEED_LIMIT_DM_AMOUNT", Code.DAILY_LIMIT,
          "EXCEED_LIMIT_MM_AMOUNT", Code.LIMIT);

  static final ImmutableMap<String, Code> FINAL =
      ImmutableMap.<String, Code>builder()
          .put("INVALID_PARAMETER", Code.OTHER)
          .put("EXCEED_LIMIT_SM_AMOUNT", Code.LIMIT)
          .put("EXCEED_LIMIT_SM_MIN_AMOUNT", Code.LIMIT)
          .put("EXCEED_LIMIT_PERSONAL_SM_AMOUNT", Code.LIMIT)
          .put("EXCEED_LIMIT_ENT_SM_AMOUNT", Code.LIMIT)
          .put("PAYEE_NOT_EXIST", Code.BUYER_ACCOUNT)
          .put("PAYEE_ACCOUNT_NOT_EXSIT", Code.BUYER_ACCOUNT)
          .put("PAYEE_USER_INFO_ERROR", Code.BUYER_ACCOUNT)
          .put("PAYEE_USERINFO_ERROR", Code.BUYER_ACCOUNT)
          .put("PAYEE_ACC_OCUPIED", Code.BUYER_ACCOUNT)
          .put("PAYEE_CERT_INFO_ERROR", Code.BUYER_ACCOUNT)
          .put("NO_ACCOUNT_RECEIVE_PERMISSION", Code.BUYER_ACCOUNT)
          .put("NO_ACCOUNT_USER_FORBBIDEN_RECIEVE", Code.BUYER_ACCOUNT)
          .put("RELEASE_USER_FORBBIDEN_RECIEVE", Code.BUYER_ACCOUNT)
          .put("PERMIT_LIMIT_PAYEE", Code.BUYER_ACCOUNT)
          .put("PERMIT_NON_BANK_LIMIT_PAYEE", Code.BUYER_ACCOUNT)
          .put("PERMIT_CHECK_RECEIVE_LIMIT", Code.BUYER_ACCOUNT)
          .put("PAYER_PAYEE_CANNOT_SAME", Code.BUYER_ACCOUNT)
          .put("PAYER_NOT_EXIST", Code.MERCHANT_ACCOUNT)
          .put("PAYER_STATUS_ERROR", Code.MERCHANT_ACCOUNT)
          .put("PAYER_CERTIFY_CHECK_FAIL", Code.MERCHANT_ACCOUNT)
          .put("PERMIT_PAYER_FORBIDDEN", Code.MERCHANT_ACCOUNT)
          .put("PERMIT_PAYER_LOWEST_FORBIDDEN", Code.MERCHANT_ACCOUNT)
          .put("PERMIT_CHECK_PERM_LIMITED", Code.MERCHANT_ACCOUNT)
          .put("PRODUCT_NOT_SIGN", Code.MERCHANT_ACCOUNT)
          .put("MONEY_PAY_CLOSED", Code.MERCHANT_ACCOUNT)
          .put("SECURITY_CHECK_FAILED", Code.RISK)
          .put("ILLEGAL_OPERATION", Code.RISK)
          .put("REMARK_IS_ILLEGAL", Code.CONTENT)
          .put("MEMO_REQUIRED_IN_TRANSFER_ERROR", Code.CONTENT)
          .buildOrThrow();

  /**
   * Alipay has something under this number: a query says what. None of them is a no, because the
   * money may have gone.
   */
  static final ImmutableSet<String> ASK_WHAT_IS_THERE =
      ImmutableSet.of(
          "REQUEST_PROCESSING",
          "TRANS_ORDER_DEALING",
          "PAYMENT_INFO_INCONSISTENCY",
          "BIZ_UNIQUE_EXCEPTION");

  /** Also said of a payout that Alipay took and could not make. */
  private static final ImmutableMap<String, Code> ALL =
      ImmutableMap.<String, Code>builder().putAll(PASSING).putAll(FINAL).buildOrThrow();

  private AlipayPayoutRefusals() {}

  /** The no that an answer amounts to; empty if it is none. */
  static Optional<Refusal> of(Payee payee, AlipayAnswer answer) {
    return answer.isBusinessFailure() && ALL.containsKey(answer.subCode())
        ? Optional.of(refusal(payee, answer.subCode(), answer.message()))
        : Optional.empty();
  }

  /**
   * In our words; Alipay's message only if it tells nothing of the payee.
   *
   * @param payee absent if not known: then without the message
   */
  static Refusal refusal(@Nullable Payee payee, String code, String message) {
    return new Refusal(
        ALL.getOrDefault(code, Code.OTHER),
        code,
        payee == null || payee.isNamedIn(message) ? "" : message);
  }
}
