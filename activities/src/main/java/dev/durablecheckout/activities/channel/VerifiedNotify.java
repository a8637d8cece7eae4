package dev.durablecheckout.activities.channel;

/** A notify whose signature and account were found right. */
public sealed interface VerifiedNotify
    permits VerifiedPayment, VerifiedServiceOrder, VerifiedPayout {
  /** The channel's id of the message, the same in each resend. */
  String notifyId();
}
