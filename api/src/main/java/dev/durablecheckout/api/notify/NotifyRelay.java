package dev.durablecheckout.api.notify;

import dev.durablecheckout.activities.notify.NotifyLogDao;
import dev.durablecheckout.workflows.client.OutcomeUnknownException;
import io.dropwizard.lifecycle.Managed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings notifies that were logged, and of which it is not known that a workflow has them, to their
 * workflow: after Temporal was away, or after this process died between the two. Any number of
 * processes may do so at once.
 */
public final class NotifyRelay implements Managed {
  private static final Logger log = LoggerFactory.getLogger(NotifyRelay.class);

  private final NotifyLogDao notifyLog;
  private final NotifyDelivery delivery;
  private final NotifyRelayConfiguration configuration;
  private final ScheduledExecutorService executor;

  public NotifyRelay(
      NotifyLogDao notifyLog,
      NotifyDelivery delivery,
      NotifyRelayConfiguration configuration,
      ScheduledExecutorService executor) {
    this.notifyLog = notifyLog;
    this.delivery = delivery;
    this.configuration = configuration;
    this.executor = executor;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // relay() lets nothing out that would end it.
  public void start() {
    long interval = configuration.interval().toMillis();
    executor.scheduleWithFixedDelay(this::relay, interval, interval, TimeUnit.MILLISECONDS);
  }

  private int relayBatch() {
    int payments =
        notifyLog.relay(
            configuration.age(),
            configuration.batch(),
            unrelayed -> delivery.deliver(unrelayed.checkoutId(), unrelayed.notified(), false));
    int refunds =
        notifyLog.relayRefunds(
            configuration.age(),
            configuration.batch(),
            unrelayed -> delivery.deliver(unrelayed.outRefundNo(), unrelayed.notified()));
    return payments
        + refunds
        + notifyLog.relayServiceOrders(
            configuration.age(),
            configuration.batch(),
            unrelayed -> delivery.deliver(unrelayed.serviceOrderId(), unrelayed.notified()));
  }

  /** One round. Whatever stops it, the next round goes on. */
  void relay() {
    try {
      int relayed;
      do {
        relayed = relayBatch();
        if (relayed > 0) {
          log.info("relayed {} notifies", relayed);
        }
      } while (relayed >= configuration.batch());
    } catch (OutcomeUnknownException | JdbiException e) {
      log.warn("notifies wait to be relayed: {}", e.getMessage());
    } catch (RuntimeException e) {
      // The edge of a thread: an exception that got out would end the schedule for good.
      log.error("the relay of notifies failed", e);
    }
  }
}
