package dev.durablecheckout.api.cashier;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSetMultimap;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.Payer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A way to pay from a page. The wallet is none: whoever has the link of a page could spend the
 * buyer's money with it. Nor are those that begin in an app or at a till.
 */
record Way(Channel channel, PayMethod method) {
  /** Alipay takes no longer return_url. */
  private static final int MAX_RETURN_URL = 256;

  private static final ImmutableMap<Device, ImmutableList<Way>> BY_DEVICE =
      ImmutableMap.of(
          Device.DESKTOP,
          ImmutableList.of(
              new Way(Channel.ALIPAY, PayMethod.QR),
              new Way(Channel.WECHAT_PAY, PayMethod.QR),
              new Way(Channel.ALIPAY, PayMethod.PAGE)),
          Device.PHONE,
          ImmutableList.of(
              new Way(Channel.ALIPAY, PayMethod.WAP), new Way(Channel.WECHAT_PAY, PayMethod.H5)),
          Device.ALIPAY,
          ImmutableList.of(new Way(Channel.ALIPAY, PayMethod.WAP)),
          Device.WECHAT,
          ImmutableList.of(new Way(Channel.WECHAT_PAY, PayMethod.JSAPI)));

  /**
   * What the merchant offers and the device can do; what a large screen can, if a phone's browser
   * can do none of it. An app has no such way out: it opens no other app, and scans no code that it
   * shows itself.
   */
  static List<Way> of(Device device, ImmutableSetMultimap<Channel, PayMethod> offers) {
    List<Way> ways = offered(device, offers);
    return ways.isEmpty() && !device.isApp() ? offered(Device.DESKTOP, offers) : ways;
  }

  private static List<Way> offered(Device device, ImmutableSetMultimap<Channel, PayMethod> offers) {
    return BY_DEVICE.getOrDefault(device, ImmutableList.of()).stream()
        .filter(way -> offers.containsEntry(way.channel(), way.method()))
        .toList();
  }

  /** As the page's form sends it. */
  String word() {
    return (channel + " " + method).toLowerCase(Locale.ROOT);
  }

  /** Whether it has to be known who pays: the buyer then goes by WeChat, instead of the form. */
  boolean asksWhoPays() {
    return method == PayMethod.JSAPI;
  }

  /** Whether it leads to a phone's app, which a large screen has not. */
  boolean isForPhones() {
    return method == PayMethod.WAP || method == PayMethod.H5;
  }

  /**
   * @param clientIp of the buyer's phone, as far as we can see
   * @param returnUrl of the page on which it was chosen
   * @param again whether the buyer could not use what was got before
   */
  PayChoice choice(String clientIp, String returnUrl, boolean again) {
    return new PayChoice(
        channel,
        method,
        method == PayMethod.H5 ? Payer.ofClientIp(clientIp) : null,
        returnUrl(returnUrl),
        // Only WeChat's link lives shorter than its payment.
        (again && method == PayMethod.H5) ? true : null);
  }

  private @Nullable String returnUrl(String url) {
    return switch (method) {
      case PAGE, WAP, H5 -> url.length() <= MAX_RETURN_URL ? url : null;
      default -> null;
    };
  }

  /** As in the keys of the texts. */
  String key() {
    return (channel + "_" + method).toLowerCase(Locale.ROOT);
  }
}
