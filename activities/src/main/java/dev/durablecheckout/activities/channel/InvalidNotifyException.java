package dev.durablecheckout.activities.channel;

/** A message on a notify URL that must not count. */
public final class InvalidNotifyException extends Exception {
  /** What is wrong with it; stored with the message in the notify log. */
  public enum Reason {
    BAD_SIGNATURE,
    /** Signed by the channel, for another application or seller. */
    FOREIGN_ACCOUNT,
    /** A field is missing or cannot be read. */
    MALFORMED,
    /** A wrong signature that the channel sends itself, to see that it is refused: no attack. */
    PROBE
  }

  private final Reason reason;

  public InvalidNotifyException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
