package dev.durablecheckout.activities.channel.health;

import static com.google.common.collect.Sets.toImmutableEnumSet;

import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/**
 * What the workers found of the channels, for whoever offers them to a buyer. A report is good for
 * a while only: a worker that has died must not keep a channel closed.
 */
public final class ChannelHealth {
  private static final String DOWN =
      """
      insert into channel_health (merchant, channel, expires_at) values (:merchant, :channel, :until)
      on conflict (merchant, channel) do update set expires_at = excluded.expires_at
      """;
  private static final String UP =
      "delete from channel_health where merchant = :merchant and channel = :channel";
  private static final String FIND =
      "select channel from channel_health where merchant = :merchant and expires_at > :now";

  private final Jdbi jdbi;
  private final Clock clock;

  public ChannelHealth(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** It does not answer, and will not be asked for this long. */
  void down(MerchantId merchant, Channel channel, Duration rest) {
    Instant until = clock.instant().plus(rest);
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(DOWN)
                .bind("merchant", merchant.value())
                .bind("channel", channel.code())
                .bind("until", until)
                .execute());
  }

  /** It answers again. */
  void up(MerchantId merchant, Channel channel) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(UP)
                .bind("merchant", merchant.value())
                .bind("channel", channel.code())
                .execute());
  }

  /** The channels on which this merchant cannot be paid right now. */
  public ImmutableSet<Channel> down(MerchantId merchant) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("merchant", merchant.value())
                .bind("now", clock.instant())
                .map((row, context) -> Channel.ofCode(row.getInt("channel")))
                .stream()
                .collect(toImmutableEnumSet()));
  }
}
