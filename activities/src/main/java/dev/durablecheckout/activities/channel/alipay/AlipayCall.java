package dev.durablecheckout.activities.channel.alipay;

import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.workflows.payment.OutTradeNo;

/**
 * One call, and what to say when nothing is known of its outcome.
 *
 * @param number of ours that it is about
 */
record AlipayCall(String method, String number) {
  /** A call about a trade. */
  AlipayCall(String method, OutTradeNo outTradeNo) {
    this(method, outTradeNo.value());
  }

  /**
   * The outcome is not known.
   *
   * @param why no part of a key, a signature or a signed URL: this is shown and kept
   */
  ChannelOutcomeUnknownException unknown(String why) {
    return new ChannelOutcomeUnknownException(method + " of " + number + ": " + why);
  }

  /** The outcome is not known, from an answer that promises nothing. */
  ChannelOutcomeUnknownException unknown(AlipayAnswer answer) {
    String code = (answer.code() + " " + answer.subCode()).strip();
    return switch (answer.code()) {
      case "20001", "40001", "40002", "40003", "40006" ->
          unknown("refused with " + code + ", which looks like a wrong configuration or a defect");
      case "40005" -> unknown("refused with " + code + ": too many calls");
      default -> unknown("answered " + code + ", which promises nothing");
    };
  }
}
