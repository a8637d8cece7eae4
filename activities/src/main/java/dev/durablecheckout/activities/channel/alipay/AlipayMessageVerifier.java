package dev.durablecheckout.activities.channel.alipay;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.InvalidNotifyException.Reason;
import dev.durablecheckout.activities.channel.NotifyReply;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.VerifiedNotify;
import dev.durablecheckout.activities.channel.VerifiedPayout;
import dev.durablecheckout.activities.channel.alipay.AlipayPayouts.Facts;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import java.time.Clock;
import java.time.Instant;

/**
 * Everything that Alipay sends to one account: notifies of trades, and messages to the application
 * (消息服务), which name what they are in {@code msg_method} and which the merchant directs to the same
 * URL. Of these, {@code alipay.fund.trans.order.changed} tells of payouts.
 */
final class AlipayMessageVerifier implements NotifyVerifier {
  private static final String PAYOUT = "alipay.fund.trans.order.changed";
  private static final int MAX_NOTIFY_ID = 128;

  private final AlipayNotifyVerifier trades;
  private final NotifySignature signature;
  private final String appId;
  private final Clock clock;

  /**
   * Reads the key or, in certificate mode, Alipay's certificate.
   *
   * @throws IllegalArgumentException naming the setting that is missing or cannot be read
   */
  AlipayMessageVerifier(AlipayConfiguration configuration, Clock clock) {
    trades = new AlipayNotifyVerifier(configuration);
    signature = new NotifySignature(AlipayKeys.of(configuration).alipayKey());
    appId = configuration.appId();
    this.clock = clock;
  }

  @Override
  public NotifyReply reply() {
    return trades.reply();
  }

  @Override
  public VerifiedNotify verify(byte[] rawBody, ImmutableListMultimap<String, String> headers)
      throws InvalidNotifyException {
    NotifyForm form = NotifyForm.parse(rawBody);
    return form.parameters().containsKey("msg_method")
        ? message(form)
        : trades.verify(rawBody, headers);
  }

  private VerifiedPayout message(NotifyForm form) throws InvalidNotifyException {
    if (!signature.fitsMessage(form.parameters(), form.charset())) {
      throw new InvalidNotifyException(Reason.BAD_SIGNATURE, "the signature is not Alipay's");
    }
    String messageAppId = form.required("app_id");
    if (!appId.equals(messageAppId)) {
      throw new InvalidNotifyException(Reason.FOREIGN_ACCOUNT, "for app_id " + messageAppId);
    }
    String notifyId = form.required("notify_id");
    if (notifyId.length() > MAX_NOTIFY_ID) {
      throw NotifyForm.malformed("notify_id is too long");
    }
    if (!form.required("msg_method").equals(PAYOUT)) {
      throw NotifyForm.malformed("a message that is not known here");
    }
    try {
      return payout(notifyId, AlipayAnswer.object(form.required("biz_content")));
    } catch (IllegalArgumentException e) {
      throw NotifyForm.malformed("biz_content cannot be read: " + e.getMessage());
    }
  }

  private VerifiedPayout payout(String notifyId, AlipayAnswer content) {
    Instant at = content.text("pay_date").map(AlipayTimes::parse).orElseGet(clock::instant);
    return new VerifiedPayout(
        notifyId,
        WithdrawalNo.of(content.required("out_biz_no")),
        AlipayAmounts.parse(content.required("trans_amount")),
        AlipayPayouts.result(
            null,
            new Facts(
                content.required("status"),
                content.text("order_id").orElse(null),
                at,
                null,
                content.text("error_code").orElse(""),
                content.text("fail_reason").orElse(""))));
  }
}
