package dev.durablecheckout.api.notify;

import dev.durablecheckout.activities.channel.InvalidNotifyException;
import dev.durablecheckout.activities.channel.VerifiedNotify;
import dev.durablecheckout.activities.notify.LoggedNotify;
import dev.durablecheckout.activities.notify.NotifyLogDao;
import dev.durablecheckout.activities.notify.NotifyMessage;
import dev.durablecheckout.activities.notify.UnrelayedNotify;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The notify log as the API uses it. Each method throws JdbiException while the database is away.
 */
public interface NotifyLog {
  /** See {@link NotifyLogDao#logVerified}. */
  LoggedNotify logVerified(NotifyMessage message, VerifiedNotify verified);

  /** See {@link NotifyLogDao#logInvalid}. */
  void logInvalid(NotifyMessage message, InvalidNotifyException reason);

  /** See {@link NotifyLogDao#relay}. */
  int relay(Duration age, int limit, Consumer<UnrelayedNotify> relay);

  /** The log in the real books. */
  static NotifyLog in(NotifyLogDao dao) {
    return new NotifyLog() {
      @Override
      public LoggedNotify logVerified(NotifyMessage message, VerifiedNotify verified) {
        return dao.logVerified(message, verified);
      }

      @Override
      public void logInvalid(NotifyMessage message, InvalidNotifyException reason) {
        dao.logInvalid(message, reason);
      }

      @Override
      public int relay(Duration age, int limit, Consumer<UnrelayedNotify> relay) {
        return dao.relay(age, limit, relay);
      }
    };
  }
}
