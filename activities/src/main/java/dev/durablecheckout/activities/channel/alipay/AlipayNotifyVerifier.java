package dev.durablecheckout.activities.channel.alipay;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.InvalidNotifyException.Reason;
import dev.durablecheckout.activities.channel.NotifiedRefund;
import dev.durablecheckout.activities.channel.NotifyReply;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.VerifiedPayment;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells Alipay's notifies to one account from everything else: signature first, then the account,
 * then the fields. It does not stop replays: a repeat has the same {@code notify_id} and changes
 * nothing.
 *
 * <p>A refund is notified too, under the payment's URL: a partial one as TRADE_SUCCESS with {@code
 * refund_fee}, which is still PAID with the amount that was paid; a full one as TRADE_CLOSED. Its
 * number is in {@code out_biz_no}. A TRADE_CLOSED with a time of payment went back whole as well,
 * whatever it says of refunds: by a cancel, for instance.
 */
public final class AlipayNotifyVerifier implements NotifyVerifier {
  /**
   * {@code success} is the only body that Alipay takes for an acknowledgement; after anything else
   * the message is sent again.
   */
  private static final NotifyReply REPLY = new NotifyReply("text/plain", 200, "success", "failure");

  private static final int MAX_NOTIFY_ID = 128;

  private final AlipayAccount account;
  private final NotifySignature signature;

  /**
   * Reads the key or, in certificate mode, Alipay's certificate.
   *
   * @throws IllegalArgumentException naming the setting that is missing or cannot be read
   */
  public AlipayNotifyVerifier(AlipayConfiguration configuration) {
    account = AlipayAccount.of(configuration);
    signature = new NotifySignature(AlipayKeys.of(configuration).alipayKey());
  }

  @Override
  public NotifyReply reply() {
    return REPLY;
  }

  @Override
  public VerifiedPayment verify(byte[] rawBody, ImmutableListMultimap<String, String> headers)
      throws InvalidNotifyException {
    NotifyForm form = NotifyForm.parse(rawBody);
    if (!signature.fits(form.parameters(), form.charset())) {
      throw new InvalidNotifyException(Reason.BAD_SIGNATURE, "the signature is not Alipay's");
    }
    String appId = form.required("app_id");
    String sellerId = form.required("seller_id");
    if (!account.owns(appId, sellerId)) {
      throw new InvalidNotifyException(
          Reason.FOREIGN_ACCOUNT, "for app_id " + appId + ", seller_id " + sellerId);
    }
    String notifyId = form.required("notify_id");
    if (notifyId.length() > MAX_NOTIFY_ID) {
      throw NotifyForm.malformed("notify_id is too long");
    }
    return new VerifiedPayment(notifyId, checkoutId(form), trade(form), refund(form));
  }

  private static @Nullable CheckoutId checkoutId(NotifyForm form) {
    Optional<String> passback = form.text("passback_params");
    try {
      return passback
          .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
          .map(CheckoutId::parse)
          .orElse(null);
    } catch (IllegalArgumentException e) {
      // The books find the checkout by out_trade_no as well.
      return null;
    }
  }

  private static TradeResult trade(NotifyForm form) throws InvalidNotifyException {
    String outTradeNo = form.required("out_trade_no");
    String tradeNo = form.required("trade_no");
    String tradeStatus = form.required("trade_status");
    String totalAmount = form.required("total_amount");
    try {
      @Nullable Instant paidAt = form.text("gmt_payment").map(AlipayTimes::parse).orElse(null);
      TradeState state =
          AlipayTradeStatus.of(tradeStatus)
              .orElseThrow(() -> new IllegalArgumentException("unknown trade_status"))
              .state(refundFee(form).isPresent() || paidAt != null);
      return new TradeResult(
          OutTradeNo.of(outTradeNo),
          state,
          TradeNo.of(tradeNo),
          AlipayAmounts.parse(totalAmount),
          paidAt);
    } catch (IllegalArgumentException e) {
      throw NotifyForm.malformed("a field cannot be read: " + e.getMessage());
    }
  }

  private static @Nullable NotifiedRefund refund(NotifyForm form) {
    return refundFee(form)
        .map(fee -> NotifiedRefund.of(form.text("out_biz_no").orElse(null), fee))
        .orElse(null);
  }

  private static Optional<Money> refundFee(NotifyForm form) {
    return form.text("refund_fee").map(AlipayAmounts::parse).filter(fee -> fee.amountFen() > 0);
  }
}
