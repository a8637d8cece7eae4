package dev.durablecheckout.activities.notify;

import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.VerifiedNotify;
import java.time.Duration;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/** The notify log, the one thing in the books that the API writes. */
public final class NotifyLogDao {
  private final Jdbi jdbi;

  public NotifyLogDao(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Logs a verified notify, in one statement. A resend of the same message adds to its count, not a
   * row.
   */
  public LoggedNotify logVerified(NotifyMessage message, VerifiedNotify verified) {
    throw new UnsupportedOperationException(jdbi.toString() + message.merchant() + verified);
  }

  /**
   * Logs a message that must not count, with the reason. It never stands in the way of a real one.
   */
  public void logInvalid(NotifyMessage message, InvalidNotifyException reason) {
    throw new UnsupportedOperationException(message.merchant().toString() + reason);
  }

  /**
   * Hands notifies that were logged at least {@code age} ago, and are neither applied nor relayed,
   * to {@code relay}, and marks each as relayed when that returns normally. Several processes may
   * do this at once: rows are locked, and locked rows skipped.
   *
   * @return how many were relayed
   */
  public int relay(Duration age, int limit, Consumer<UnrelayedNotify> relay) {
    throw new UnsupportedOperationException(age + " " + limit + relay);
  }
}
