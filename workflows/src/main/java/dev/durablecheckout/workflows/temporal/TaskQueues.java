package dev.durablecheckout.workflows.temporal;

import dev.durablecheckout.workflows.payment.Channel;
import java.util.Locale;

/** Every task queue. */
public final class TaskQueues {
  /** Workflows, and the database steps that run beside them. */
  public static final String CHECKOUT = "checkout";

  /** Deliveries to order systems: a slow one must not hold up payments. */
  public static final String EVENTS = "events";

  /** Comparing the books with what Temporal runs: never in the way of anything else. */
  public static final String RECOVERY = "recovery";

  /** Bills, and their comparison with the books: long work, which must not hold up payments. */
  public static final String RECONCILIATION = "reconciliation";

  private TaskQueues() {}

  /** Calls to one channel: a slow channel must not hold up another. */
  public static String of(Channel channel) {
    return "channel-" + channel.name().toLowerCase(Locale.ROOT);
  }
}
