package dev.durablecheckout.workflows.payment;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the buyer needs to pay.
 *
 * @param content for a type that is a text
 * @param parameters for a type that is an object
 */
public record PayCredential(
    Type type, @Nullable String content, @Nullable Map<String, String> parameters) {
  /** How it is to be used. */
  public enum Type {
    /** The text of a QR code. */
    QR_CODE,
    /** A URL to send the buyer to. */
    REDIRECT_URL,
    /** The order string for Alipay's app SDK. */
    ALIPAY_APP,
    /** The object for {@code WeixinJSBridge} or {@code wx.requestPayment}. */
    WECHAT_JSAPI,
    /** The object for WeChat's app SDK. */
    WECHAT_APP,
    /** The {@code extraData} of {@code wx.openBusinessView} for PayScore. */
    WECHAT_PAYSCORE,
    /** Nothing: the buyer confirms on the phone that the till has scanned. */
    NONE
  }

  public PayCredential(Type type, String content) {
    this(type, content, null);
  }

  public static PayCredential none() {
    return new PayCredential(Type.NONE, null, null);
  }

  public static PayCredential of(Type type, Map<String, String> parameters) {
    return new PayCredential(type, null, parameters);
  }
}
