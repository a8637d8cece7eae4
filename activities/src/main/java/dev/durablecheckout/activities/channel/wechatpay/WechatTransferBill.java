package dev.durablecheckout.activities.channel.wechatpay;

import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.Refusal.Code;
import dev.durablecheckout.workflows.withdrawal.PayoutConfirmation;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A payout as WeChat tells of it, the same in answers and notifies. */
final class WechatTransferBill {
  /** What a payout failed for, where it is worth telling apart. */
  private static final ImmutableMap<String, Code> REASONS =
      ImmutableMap.<String, Code>builder()
          .put("ACCOUNT_FROZEN", Code.BUYER_ACCOUNT)
          .put("ACCOUNT_NOT_EXIST", Code.BUYER_ACCOUNT)
          .put("REAL_NAME_CHECK_FAIL", Code.BUYER_ACCOUNT)
          .put("NAME_NOT_CORRECT", Code.BUYER_ACCOUNT)
          .put("OPENID_INVALID", Code.BUYER_ACCOUNT)
          .put("PAYEE_ACCOUNT_ABNORMAL", Code.BUYER_ACCOUNT)
          .put("REALNAME_ACCOUNT_RECEIVED_QUOTA_EXCEED", Code.BUYER_ACCOUNT)
          .put("TRANSFER_QUOTA_EXCEED", Code.LIMIT)
          .put("DAY_RECEIVED_QUOTA_EXCEED", Code.DAILY_LIMIT)
          .put("DAY_RECEIVED_COUNT_EXCEED", Code.DAILY_LIMIT)
          .put("MONTH_RECEIVED_QUOTA_EXCEED", Code.LIMIT)
          .put("PAYER_ACCOUNT_ABNORMAL", Code.MERCHANT_ACCOUNT)
          .put("PRODUCT_AUTH_CHECK_FAIL", Code.MERCHANT_ACCOUNT)
          .put("TRANSFER_RISK", Code.RISK)
          // The buyer let the day pass.
          .put("OVERDUE_CLOSE", Code.EXPIRED)
          .buildOrThrow();

  private static final Pattern CODE = Pattern.compile("[0-9A-Za-z._-]{1,64}");

  private WechatTransferBill() {}

  /**
   * What the state amounts to. FAIL is for ever, whatever the reason: the number is used up.
   *
   * @param mchId and
   * @param appId for the buyer's confirmation; absent where there is none
   * @throws IllegalArgumentException if it does not say, or says it in a way that is not known here
   */
  static PayoutResult result(
      WechatPayMessage bill, @Nullable String mchId, @Nullable String appId, Clock clock) {
    @Nullable String billNo = bill.text("transfer_bill_no").orElse(null);
    Instant at = bill.time("update_time").orElseGet(clock::instant);
    return switch (bill.required("state")) {
      // TRANSFERING, which WeChat spells so: the buyer has confirmed, or has to once more.
      case "ACCEPTED", "PROCESSING", "TRANSFERING", "CANCELING" -> PayoutResult.processing(billNo);
      case "WAIT_USER_CONFIRM" ->
          PayoutResult.awaitingBuyer(billNo, confirmation(bill, mchId, appId));
      case "SUCCESS" -> PayoutResult.succeeded(billNo, at, null);
      case "FAIL" -> PayoutResult.refused(billNo, refusal(bill));
      case "CANCELLED" -> PayoutResult.cancelled(billNo, at);
      default -> throw new IllegalArgumentException("unknown state");
    };
  }

  private static @Nullable PayoutConfirmation confirmation(
      WechatPayMessage bill, @Nullable String mchId, @Nullable String appId) {
    return mchId == null || appId == null
        ? null
        : bill.text("package_info")
            .map(packageInfo -> new PayoutConfirmation(mchId, appId, packageInfo))
            .orElse(null);
  }

  private static Refusal refusal(WechatPayMessage bill) {
    String reason = bill.text("fail_reason").filter(CODE.asMatchPredicate()).orElse("FAIL");
    return new Refusal(REASONS.getOrDefault(reason, Code.OTHER), reason, "");
  }
}
