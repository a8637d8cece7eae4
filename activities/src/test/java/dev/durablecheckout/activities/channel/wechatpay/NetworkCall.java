package dev.durablecheckout.activities.channel.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.errorprone.annotations.Immutable;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.PayChannel;
import dev.durablecheckout.activities.channel.wechatpay.WechatPayFixtures.AccountSettings;
import dev.durablecheckout.workflows.payment.PayMethod;

/** Each call that goes over the network, and how it begins. */
enum NetworkCall {
  PREPAY("POST", channel -> channel.prepay(WechatPayFixtures.payOrder(PayMethod.QR))),
  QUERY("GET", channel -> channel.query(WechatPayFixtures.payOrder(PayMethod.QR))),
  CLOSE("POST", channel -> channel.close(WechatPayFixtures.payOrder(PayMethod.QR))),
  REFUND("GET", channel -> channel.refund(WechatPayFixtures.refund())),
  LOGIN("GET", channel -> channel.identify(PayMethod.JSAPI, "code-1"));

  @Immutable
  @FunctionalInterface
  private interface Call {
    Object on(PayChannel channel) throws ChannelOutcomeUnknownException;
  }

  private final String method;
  private final Call call;

  NetworkCall(String method, Call call) {
    this.method = method;
    this.call = call;
  }

  boolean isPost() {
    return method.equals("POST");
  }

  Object on(PayChannel channel) throws ChannelOutcomeUnknownException {
    return call.on(channel);
  }

  void assertUnknown(AccountSettings settings, String why) {
    assertUnknown(WechatPayFixtures.channel(settings), why);
  }

  void assertUnknown(PayChannel channel, String why) {
    ChannelOutcomeUnknownException unknown =
        catchThrowableOfType(ChannelOutcomeUnknownException.class, () -> on(channel));
    assertThat(unknown)
        .as("a known outcome was returned")
        .isNotNull()
        .hasMessageContaining(why)
        .hasNoCause();
    assertThat(unknown.getMessage())
        .doesNotContain(
            "signature=", "secret", "session", "token", "code-1", WechatPayFixtures.API_V3_KEY)
        .hasSizeLessThan(300);
  }
}
