package dev.durablecheckout.activities.channel.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A channel that does not answer is left in peace, is tried again, and the cashier is told. */
final class ChannelBreakersTest {
  private static final MerchantId SHOP = MerchantId.of("shop");
  private static final MerchantId OTHER = MerchantId.of("other");

  private final TestDatabase database = TestDatabase.create();
  private final SettableClock clock = new SettableClock();
  private final ChannelHealth health = new ChannelHealth(database.jdbi(), clock);
  private final ChannelBreakers breakers = new ChannelBreakers(health, clock);

  private static final class SettableClock extends Clock {
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void fail(MerchantId merchant, Channel channel, int times) {
    for (int i = 0; i < times; i++) {
      assertThatThrownBy(
              () ->
                  breakers.call(
                      merchant,
                      channel,
                      () -> {
                        throw new ChannelOutcomeUnknownException("no answer");
                      }))
          .isInstanceOf(ChannelOutcomeUnknownException.class);
    }
  }

  private void assertAsked(MerchantId merchant, Channel channel) throws Exception {
    assertThat(breakers.call(merchant, channel, () -> "an answer")).isEqualTo("an answer");
  }

  private void assertResting(MerchantId merchant, Channel channel) {
    assertThatThrownBy(
            () ->
                breakers.call(
                    merchant,
                    channel,
                    () -> {
                      throw new AssertionError("it was asked");
                    }))
        .isInstanceOf(ChannelRestException.class)
        .hasMessage(channel + " has not answered lately and is not asked for a moment");
  }

  @Test
  void leavesAChannelInPeaceThatDoesNotAnswer() {
    fail(SHOP, Channel.ALIPAY, 10);

    assertResting(SHOP, Channel.ALIPAY);
    assertThat(health.down(SHOP)).containsExactly(Channel.ALIPAY);
  }

  @Test
  void aFewFailuresAreNothing() throws Exception {
    for (int i = 0; i < 11; i++) {
      assertAsked(SHOP, Channel.ALIPAY);
    }
    fail(SHOP, Channel.ALIPAY, 9);

    assertAsked(SHOP, Channel.ALIPAY);
    assertThat(health.down(SHOP)).isEmpty();
  }

  @Test
  void otherAccountsAndChannelsGoOn() throws Exception {
    fail(SHOP, Channel.ALIPAY, 10);

    assertAsked(OTHER, Channel.ALIPAY);
    assertAsked(SHOP, Channel.WECHAT_PAY);
    assertThat(health.down(OTHER)).isEmpty();
  }

  @Test
  void triesAgainAfterAWhileAndGoesOnIfThereIsAnAnswer() throws Exception {
    fail(SHOP, Channel.ALIPAY, 10);
    clock.pass(ChannelBreakers.REST.plusMillis(1));

    for (int i = 0; i < 3; i++) {
      assertAsked(SHOP, Channel.ALIPAY);
    }

    assertThat(health.down(SHOP)).isEmpty();
    fail(SHOP, Channel.ALIPAY, 9);
    assertAsked(SHOP, Channel.ALIPAY);
  }

  @Test
  void restsAgainIfThereIsNone() {
    fail(SHOP, Channel.ALIPAY, 10);
    clock.pass(ChannelBreakers.REST.plusMillis(1));
    fail(SHOP, Channel.ALIPAY, 3);

    assertResting(SHOP, Channel.ALIPAY);
    clock.pass(ChannelBreakers.REST.plusMillis(1));
    assertThat(health.down(SHOP)).containsExactly(Channel.ALIPAY);
  }

  @Test
  void aReportIsForgottenIfItsWorkerDies() {
    fail(SHOP, Channel.ALIPAY, 10);
    clock.pass(ChannelBreakers.REST.multipliedBy(2));

    assertThat(health.down(SHOP)).isEmpty();
  }

  @Test
  void aDefectOfOursIsNotTheChannelsFault() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(
              () ->
                  breakers.call(
                      SHOP,
                      Channel.ALIPAY,
                      () -> {
                        throw new IllegalStateException("ours");
                      }))
          .isInstanceOf(IllegalStateException.class);
    }

    assertAsked(SHOP, Channel.ALIPAY);
  }

  @Test
  void theWalletIsAlwaysAsked() throws Exception {
    fail(SHOP, Channel.WALLET, 20);

    assertAsked(SHOP, Channel.WALLET);
  }

  @Test
  void aDatabaseThatIsAwayDoesNotStopACall() {
    database.close();

    fail(SHOP, Channel.ALIPAY, 10);

    assertResting(SHOP, Channel.ALIPAY);
  }
}
