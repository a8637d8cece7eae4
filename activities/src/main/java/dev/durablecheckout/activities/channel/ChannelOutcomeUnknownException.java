package dev.durablecheckout.activities.channel;

/**
 * No usable answer: a timeout, an error page, a bad signature, a code that promises nothing. What
 * was asked may or may not have been done. The message names the call and the cause, and holds no
 * secrets.
 */
public final class ChannelOutcomeUnknownException extends Exception {
  public ChannelOutcomeUnknownException(String message) {
    super(message);
  }

  public ChannelOutcomeUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
