package dev.durablecheckout.activities.channel.wechatpay;

import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;

/**
 * One call, and what to say when nothing is known of its outcome.
 *
 * @param name of the call, for people
 * @param number of ours that it is about
 */
record WechatPayCall(String name, String number) {
  /**
   * The outcome is not known.
   *
   * @param why no part of a key, a signature or a secret: this is shown and kept
   */
  ChannelOutcomeUnknownException unknown(String why) {
    return new ChannelOutcomeUnknownException(name + " of " + number + ": " + why);
  }

  /** The outcome is not known, from an answer that promises nothing. */
  ChannelOutcomeUnknownException unknown(WechatPayAnswer answer) {
    String said = (answer.status() + " " + answer.channelCode()).strip();
    return switch (answer.status()) {
      case 400, 401, 403 ->
          unknown("refused with " + said + ", which looks like a wrong configuration or a defect");
      case 429 -> unknown("refused with " + said + ": too many calls");
      default -> unknown("answered " + said + ", which promises nothing");
    };
  }
}
