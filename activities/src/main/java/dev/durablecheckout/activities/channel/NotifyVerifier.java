package dev.durablecheckout.activities.channel;

import com.google.common.collect.ImmutableListMultimap;

/** Tells a channel's real notifies from everything else. One per merchant account. */
public interface NotifyVerifier {
  /**
   * Verifies the message over its raw bytes, then its account.
   *
   * @param headers names in lower case
   * @throws InvalidNotifyException if it is not the channel's, not this account's, or not
   *     understood
   */
  VerifiedNotify verify(byte[] rawBody, ImmutableListMultimap<String, String> headers)
      throws InvalidNotifyException;

  /** How the channel wants to be answered. */
  NotifyReply reply();
}
