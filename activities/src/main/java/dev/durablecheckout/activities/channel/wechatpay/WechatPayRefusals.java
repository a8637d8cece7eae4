package dev.durablecheckout.activities.channel.wechatpay;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableTable;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.Refusal.Code;
import java.util.Optional;

/**
 * Which of WeChat Pay's error codes, without underscores, are a definite no to which call, and what
 * they mean. A code that is not here promises nothing: the outcome is unknown. Left out on purpose:
 * SYSTEMERROR, BANKERROR, SERVICEUNAVAILABLE (trouble of theirs), SIGNERROR (trouble of ours),
 * FREQUENCYLIMITED, RATELIMITEXCEEDED (not now), and ORDERPAID as an answer to a new payment: that
 * one says that the money is there.
 */
final class WechatPayRefusals {
  /** The calls that can be refused. */
  enum Call {
    PREPAY,
    REFUND,
    SERVICE_ORDER
  }

  static final ImmutableTable<Call, String, Code> TABLE =
      ImmutableTable.<Call, String, Code>builder()
          .putAll(row(Call.PREPAY, prepay()))
          .putAll(row(Call.REFUND, refund()))
          .putAll(row(Call.SERVICE_ORDER, serviceOrder()))
          .buildOrThrow();

  private WechatPayRefusals() {}

  private static ImmutableMap<String, Code> prepay() {
    return ImmutableMap.<String, Code>builder()
        .put("PARAMERROR", Code.OTHER)
        // Said of a number that comes again with other facts.
        .put("INVALIDREQUEST", Code.CONFLICT)
        .put("OUTTRADENOUSED", Code.CONFLICT)
        .put("ORDERCLOSED", Code.CONFLICT)
        .put("APPIDMCHIDNOTMATCH", Code.MERCHANT_ACCOUNT)
        .put("MCHNOTEXISTS", Code.MERCHANT_ACCOUNT)
        .put("NOAUTH", Code.MERCHANT_ACCOUNT)
        .put("RULELIMIT", Code.LIMIT)
        .put("TRADEERROR", Code.OTHER)
        .put("NOTENOUGH", Code.INSUFFICIENT_BALANCE)
        .put("ACCOUNTERROR", Code.BUYER_ACCOUNT)
        .put("USERACCOUNTABNORMAL", Code.BUYER_ACCOUNT)
        .put("OPENIDMISMATCH", Code.PAYER)
        .buildOrThrow();
  }

  private static ImmutableMap<String, Code> refund() {
    return ImmutableMap.<String, Code>builder()
        .put("PARAMERROR", Code.OTHER)
        // Said of a payment that is not one, and of more than is left of it.
        .put("INVALIDREQUEST", Code.CONFLICT)
        .put("RESOURCENOTEXISTS", Code.OTHER)
        .put("ORDERNOTEXIST", Code.OTHER)
        .put("MCHNOTEXISTS", Code.MERCHANT_ACCOUNT)
        .put("APPIDMCHIDNOTMATCH", Code.MERCHANT_ACCOUNT)
        .put("NOAUTH", Code.MERCHANT_ACCOUNT)
        .put("NOTENOUGH", Code.MERCHANT_BALANCE)
        .put("USERACCOUNTABNORMAL", Code.BUYER_ACCOUNT)
        .put("RULELIMIT", Code.LIMIT)
        .put("TRADEERROR", Code.OTHER)
        .buildOrThrow();
  }

  /** A state that does not allow a command is no refusal: the order is asked for then. */
  private static ImmutableMap<String, Code> serviceOrder() {
    return ImmutableMap.<String, Code>builder()
        .put("PARAMERROR", Code.OTHER)
        .put("INVALIDREQUEST", Code.CONFLICT)
        .put("NOAUTH", Code.MERCHANT_ACCOUNT)
        .put("APPIDMCHIDNOTMATCH", Code.MERCHANT_ACCOUNT)
        .put("MCHNOTEXISTS", Code.MERCHANT_ACCOUNT)
        .put("RULELIMIT", Code.LIMIT)
        .put("OUTTRADENOUSED", Code.CONFLICT)
        .put("ORDERNOTEXIST", Code.OTHER)
        .put("RESOURCENOTEXISTS", Code.OTHER)
        .buildOrThrow();
  }

  private static ImmutableTable<Call, String, Code> row(Call call, ImmutableMap<String, Code> row) {
    ImmutableTable.Builder<Call, String, Code> table = ImmutableTable.builder();
    row.forEach((code, meaning) -> table.put(call, code, meaning));
    return table.buildOrThrow();
  }

  /** The refusal that an answer amounts to; empty if it is not a definite no to this call. */
  static Optional<Refusal> of(Call call, WechatPayAnswer answer) {
    if (!answer.isRefusal()) {
      return Optional.empty();
    }
    return Optional.ofNullable(TABLE.get(call, answer.code()))
        .map(code -> new Refusal(code, answer.channelCode(), answer.message()));
  }
}
