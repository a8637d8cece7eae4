package dev.durablecheckout.api.cashier;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import java.util.List;

/**
 * Somebody looks at the page.
 *
 * @param down the channels that do not answer right now
 * @param url of the page itself: what a code says that any app can scan
 * @param goesOn whether a way to pay has just been chosen, so that its page can be gone to at once
 */
record Visit(
    Device device,
    ImmutableSetMultimap<Channel, PayMethod> offers,
    ImmutableSet<Channel> down,
    String url,
    boolean goesOn) {
  List<Way> ways() {
    return Way.of(device, offers);
  }

  /** Whether the page, opened inside each app, can be paid there. */
  boolean takesAnyApp() {
    return offers.containsEntry(Channel.ALIPAY, PayMethod.WAP)
        && offers.containsEntry(Channel.WECHAT_PAY, PayMethod.JSAPI);
  }
}
