package dev.durablecheckout.activities.channel.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.errorprone.annotations.Immutable;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.channel.PayChannel;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import java.net.URI;
import java.time.Duration;

/** Each call that goes over the network. */
enum NetworkCall {
  PREPAY((channel, payOrder) -> channel.prepay(payOrder)),
  QUERY((channel, payOrder) -> channel.query(payOrder)),
  CLOSE((channel, payOrder) -> channel.close(payOrder)),
  REFUND((channel, payOrder) -> channel.refund(AlipayFixtures.refund()));

  @Immutable
  @FunctionalInterface
  private interface Call {
    Object on(PayChannel channel, PayOrder payOrder) throws ChannelOutcomeUnknownException;
  }

  private final Call call;

  NetworkCall(Call call) {
    this.call = call;
  }

  Object on(PayChannel channel) throws ChannelOutcomeUnknownException {
    return call.on(channel, AlipayFixtures.payOrder(PayMethod.QR));
  }

  void assertUnknown(URI url, Duration readTimeout, String why) {
    assertUnknown(AlipayFixtures.channel(url, readTimeout), why);
  }

  void assertUnknown(PayChannel channel, String why) {
    ChannelOutcomeUnknownException unknown =
        catchThrowableOfType(ChannelOutcomeUnknownException.class, () -> on(channel));
    assertThat(unknown)
        .as("a known outcome was returned")
        .isNotNull()
        .hasMessageContaining(why)
        .hasMessageContaining(AlipayFixtures.OUT_TRADE_NO.value())
        .hasNoCause();
    assertThat(unknown.getMessage())
        .doesNotContain("sign=", "biz_content", TestKeys.base64(TestKeys.ALIPAY.getPublic()))
        .hasSizeLessThan(300);
  }
}
