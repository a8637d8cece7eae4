package dev.durablecheckout.activities.payment;

import static java.util.stream.Collectors.joining;

import dev.durablecheckout.workflows.payment.Channel;
import java.util.Arrays;
import java.util.stream.Stream;

/** What {@link Channel} says, for statements over rows that hold a channel's code. */
public final class ChannelSql {
  /** The codes of the channels that hold money outside of our books, as a list in brackets. */
  public static final String OUTSIDE =
      outside().map(channel -> String.valueOf(channel.code())).collect(joining(", ", "(", ")"));

  private ChannelSql() {}

  private static Stream<Channel> outside() {
    return Arrays.stream(Channel.values()).filter(Channel::isOutside);
  }

  /** The name of the channel outside whose code is in a column. */
  public static String nameOf(String column) {
    return outside()
        .map(channel -> "when %d then '%s'".formatted(channel.code(), channel))
        .collect(joining(" ", "case " + column + " ", " end"));
  }
}
