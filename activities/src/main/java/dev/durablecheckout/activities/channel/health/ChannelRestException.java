package dev.durablecheckout.activities.channel.health;

/** The channel was not asked: it has not answered lately. */
public final class ChannelRestException extends Exception {
  ChannelRestException(String message) {
    super(message);
  }
}
