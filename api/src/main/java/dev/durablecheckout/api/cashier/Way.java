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

/**
 * A way to pay from a page. The wallet is none: whoever has the link of a page could spend the
 * buyer's money with it. Nor are those that begin in an app or at a till.
 */
record Way(Channel channel, PayMethod method) {
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

  /** What the merchant offers and the device can do; what a large screen can, if that is none. */
  static List<Way> of(Device device, ImmutableSetMultimap<Channel, PayMethod> offers) {
    List<Way> ways = offered(device, offers);
    return ways.isEmpty() ? offered(Device.DESKTOP, offers) : ways;
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

  /**
   * @param clientIp of the buyer's phone, as far as we can see
   */
  PayChoice choice(String clientIp) {
    return new PayChoice(
        channel, method, method == PayMethod.H5 ? Payer.ofClientIp(clientIp) : null);
  }

  /** As in the keys of the texts. */
  String key() {
    return (channel + "_" + method).toLowerCase(Locale.ROOT);
  }
}
