package dev.durablecheckout.activities.channel.wechatpay;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.InvalidNotifyException.Reason;
import dev.durablecheckout.activities.channel.NotifiedRefund;
import dev.durablecheckout.activities.channel.NotifyReply;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.VerifiedNotify;
import dev.durablecheckout.activities.channel.VerifiedPayment;
import dev.durablecheckout.activities.channel.VerifiedPayout;
import dev.durablecheckout.activities.channel.VerifiedServiceOrder;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells WeChat Pay's notifies to one account from everything else: signature over the raw bytes
 * first, then age, then the account, then the fields. Needs the platform's keys and the API v3 key,
 * and neither the merchant's private key nor an app secret.
 *
 * <p>A message older than five minutes is refused; within them a repeat has the same {@code id} and
 * changes nothing. A resend is signed anew, so it is never too old.
 */
public final class WechatPayNotifyVerifier implements NotifyVerifier {
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_NOTIFY_ID = 128;
  private static final Duration MAX_AGE = Duration.ofMinutes(5);
  private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{1,12}");
  private static final String SIGNATURE_TYPE = "WECHATPAY2-SHA256-RSA2048";

  /** WeChat sends wrong signatures on purpose, to see that they are refused. */
  private static final String PROBE_PREFIX = "WECHATPAY/SIGNTEST/";

  /** Any 2xx ends the resends. */
  private static final NotifyReply REPLY =
      new NotifyReply(
          "application/json;charset=utf-8", 204, "", "{\"code\":\"FAIL\",\"message\":\"失败\"}");

  private static final String PAID = "TRANSACTION.SUCCESS";
  private static final String REFUND_PREFIX = "REFUND.";
  private static final String REFUNDED = "REFUND.SUCCESS";
  private static final ImmutableSet<String> SERVICE_ORDER =
      ImmutableSet.of("PAYSCORE.USER_CONFIRM", "PAYSCORE.USER_PAID");

  private static final String PAID_OUT = "MCHTRANSFER.BILL.FINISHED";

  private final WechatPayAccount account;
  private final PlatformKeys keys;
  private final ApiV3Cipher cipher;
  private final Clock clock;

  /**
   * Reads the keys; calls nobody.
   *
   * @param http for certificates, in a process that has the private key to ask for them
   * @throws IllegalArgumentException naming the setting that is missing or cannot be read
   */
  public WechatPayNotifyVerifier(
      WechatPayConfiguration configuration, BoundedHttpClient http, Clock clock) {
    account = new WechatPayAccount(configuration);
    keys = PlatformKeys.of(configuration, http, clock);
    cipher = new ApiV3Cipher(configuration);
    this.clock = clock;
  }

  @Override
  public NotifyReply reply() {
    return REPLY;
  }

  @Override
  public VerifiedNotify verify(byte[] rawBody, ImmutableListMultimap<String, String> headers)
      throws InvalidNotifyException {
    String body = text(rawBody);
    checkSigned(body, headers);
    try {
      WechatPayMessage envelope = WechatPayMessage.parse(body);
      String notifyId = envelope.required("id");
      if (notifyId.length() > MAX_NOTIFY_ID) {
        throw malformed("id is too long");
      }
      WechatPayMessage content = WechatPayMessage.parse(cipher.open(envelope.object("resource")));
      return read(notifyId, envelope.required("event_type"), content);
    } catch (IllegalArgumentException e) {
      throw malformed("it cannot be read: " + e.getMessage());
    }
  }

  private static String text(byte[] rawBody) throws InvalidNotifyException {
    if (rawBody.length == 0 || rawBody.length > MAX_BYTES) {
      throw malformed("empty, or over " + MAX_BYTES + " bytes");
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(rawBody))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed("not text in UTF-8");
    }
  }

  private void checkSigned(String body, ImmutableListMultimap<String, String> headers)
      throws InvalidNotifyException {
    String signature = header(headers, "wechatpay-signature");
    if (signature.startsWith(PROBE_PREFIX)) {
      throw new InvalidNotifyException(Reason.PROBE, "WeChat Pay's probe with a wrong signature");
    }
    String timestamp = header(headers, "wechatpay-timestamp");
    String nonce = header(headers, "wechatpay-nonce");
    String serial = header(headers, "wechatpay-serial");
    ImmutableList<String> types = headers.get("wechatpay-signature-type");
    if (!types.isEmpty() && !types.equals(ImmutableList.of(SIGNATURE_TYPE))) {
      throw badSignature("a signature of another type");
    }
    if (!isFresh(timestamp)) {
      throw badSignature("its timestamp is not within five minutes of now");
    }
    if (!keys.verify(serial, timestamp + "\n" + nonce + "\n" + body + "\n", signature)) {
      throw badSignature("the signature is not WeChat Pay's");
    }
  }

  private static String header(ImmutableListMultimap<String, String> headers, String name)
      throws InvalidNotifyException {
    ImmutableList<String> values = headers.get(name);
    if (values.size() != 1) {
      throw badSignature(name + " is missing, or there are several");
    }
    return values.get(0);
  }

  private boolean isFresh(String timestamp) {
    if (!TIMESTAMP.matcher(timestamp).matches()) {
      return false;
    }
    long age = clock.instant().getEpochSecond() - Long.parseLong(timestamp);
    return Math.abs(age) <= MAX_AGE.toSeconds();
  }

  private VerifiedNotify read(String notifyId, String eventType, WechatPayMessage content)
      throws InvalidNotifyException {
    if (eventType.equals(PAID)) {
      checkForeign(account.owns(content), content);
      TradeResult trade = WechatPayTransaction.trade(content);
      if (trade.state() != TradeState.PAID) {
        throw malformed("a payment that is not paid");
      }
      return new VerifiedPayment(notifyId, checkoutId(content), trade);
    }
    if (eventType.startsWith(REFUND_PREFIX)) {
      checkForeign(account.isPaid(content), content);
      return new VerifiedPayment(
          notifyId,
          null,
          WechatPayTransaction.refunded(content, eventType.equals(REFUNDED)),
          NotifiedRefund.of(
              content.required("out_refund_no"), WechatPayTransaction.refundedAmount(content)));
    }
    if (SERVICE_ORDER.contains(eventType)) {
      checkForeign(account.owns(content), content);
      return new VerifiedServiceOrder(
          notifyId,
          content.required("out_order_no"),
          serviceOrderId(content),
          PayScoreOrder.order(content));
    }
    if (eventType.equals(PAID_OUT)) {
      checkForeign(account.paysOut(content), content);
      return new VerifiedPayout(
          notifyId,
          WithdrawalNo.of(content.required("out_bill_no")),
          content
              .fen("transfer_amount")
              .orElseThrow(() -> new IllegalArgumentException("transfer_amount is missing")),
          WechatTransferBill.result(content, null, null, clock));
    }
    throw malformed("an event that is not known here");
  }

  private static void checkForeign(boolean owned, WechatPayMessage content)
      throws InvalidNotifyException {
    if (!owned) {
      throw new InvalidNotifyException(
          Reason.FOREIGN_ACCOUNT,
          "for mchid %s, appid %s"
              .formatted(
                  content.text("mchid").or(() -> content.text("mch_id")).orElse(""),
                  content.text("appid").orElse("")));
    }
  }

  private static @Nullable CheckoutId checkoutId(WechatPayMessage content) {
    try {
      return content.text("attach").map(CheckoutId::parse).orElse(null);
    } catch (IllegalArgumentException e) {
      // The books find the checkout by out_trade_no as well.
      return null;
    }
  }

  private static @Nullable ServiceOrderId serviceOrderId(WechatPayMessage content) {
    try {
      return content.text("attach").map(ServiceOrderId::parse).orElse(null);
    } catch (IllegalArgumentException e) {
      // The books find the order by out_order_no as well.
      return null;
    }
  }

  private static InvalidNotifyException malformed(String message) {
    return new InvalidNotifyException(Reason.MALFORMED, message);
  }

  private static InvalidNotifyException badSignature(String message) {
    return new InvalidNotifyException(Reason.BAD_SIGNATURE, message);
  }
}
