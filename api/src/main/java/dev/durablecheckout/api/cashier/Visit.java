package dev.durablecheckout.api.cashier;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody looks at the page.
 *
 * @param down the channels that do not answer right now
 * @param url of the page itself
 */
record Visit(
    Device device,
    ImmutableSetMultimap<Channel, PayMethod> offers,
    ImmutableSet<Channel> down,
    String url,
    Arrival arrival) {
  /** How the buyer came here. */
  enum Arrival {
    LOOKS,
    /** By a scan, or by choosing a way: what comes next comes at once. */
    GOES_ON,
    /** From the channel: has it been paid there? */
    COMES_BACK;

    static Arrival of(@Nullable String go, @Nullable String back) {
      if ("1".equals(go)) {
        return GOES_ON;
      }
      return "1".equals(back) ? COMES_BACK : LOOKS;
    }
  }

  List<Way> ways() {
    return Way.of(device, offers);
  }

  boolean goesOn() {
    return arrival == Arrival.GOES_ON;
  }

  boolean comesBack() {
    return arrival == Arrival.COMES_BACK;
  }

  /** What a code says that any app can scan: whoever scans it wants to pay at once. */
  String scanned() {
    return url + "?go=1";
  }

  /** Whether the page, opened inside each app, can be paid there. */
  boolean takesAnyApp() {
    return offers.containsEntry(Channel.ALIPAY, PayMethod.WAP)
        && offers.containsEntry(Channel.WECHAT_PAY, PayMethod.JSAPI);
  }
}
