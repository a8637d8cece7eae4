package dev.durablecheckout.worker;

import dev.durablecheckout.activities.channel.BillChannels;
import dev.durablecheckout.activities.channel.ChannelActivitiesImpl;
import dev.durablecheckout.activities.channel.ChannelConnections;
import dev.durablecheckout.activities.channel.PayChannels;
import dev.durablecheckout.activities.channel.PayoutActivitiesImpl;
import dev.durablecheckout.activities.channel.PayoutChannels;
import dev.durablecheckout.activities.channel.ServiceOrderActivitiesImpl;
import dev.durablecheckout.activities.channel.ServiceOrderChannels;
import dev.durablecheckout.activities.channel.health.ChannelBreakers;
import dev.durablecheckout.activities.channel.health.ChannelHealth;
import dev.durablecheckout.activities.checkout.ChannelQueryLog;
import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.event.EventActivitiesImpl;
import dev.durablecheckout.activities.event.EventLog;
import dev.durablecheckout.activities.limit.PayLimits;
import dev.durablecheckout.activities.merchant.Merchants;
import dev.durablecheckout.activities.reconciliation.ReconciliationActivitiesImpl;
import dev.durablecheckout.activities.refund.RefundBooksImpl;
import dev.durablecheckout.activities.serviceorder.ServiceOrderBooksImpl;
import dev.durablecheckout.activities.withdrawal.WithdrawalBooksImpl;
import dev.durablecheckout.activities.withdrawal.WithdrawalLimits;
import dev.durablecheckout.workflows.checkout.CheckoutWorkflowImpl;
import dev.durablecheckout.workflows.checkout.LatePaymentWorkflowImpl;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.reconciliation.ReconciliationStarterImpl;
import dev.durablecheckout.workflows.reconciliation.ReconciliationWorkflowImpl;
import dev.durablecheckout.workflows.recovery.LostOrderSweepWorkflowImpl;
import dev.durablecheckout.workflows.refund.RefundWorkflowImpl;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderWorkflowImpl;
import dev.durablecheckout.workflows.temporal.TaskQueues;
import dev.durablecheckout.workflows.withdrawal.WithdrawalWorkflowImpl;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The one list of what runs where: task queue, workflow types, activity objects. Starts at once,
 * drains at close.
 */
public final class Workers implements AutoCloseable {
  private static final long DRAIN_SECONDS = 20;
  private static final int RECONCILIATIONS_AT_ONCE = 2;

  private final WorkerFactory factory;
  private final LostOrders lostOrders;

  private Workers(WorkerFactory factory, LostOrders lostOrders) {
    this.factory = factory;
    this.lostOrders = lostOrders;
  }

  /** Registers everything and begins to poll. */
  public static Workers start(
      WorkflowClient client,
      Jdbi jdbi,
      Merchants merchants,
      Supplier<BillChannels> bills,
      Map<Channel, ChannelRateConfiguration> rates,
      Clock clock) {
    WorkerFactory factory = WorkerFactory.newInstance(client, factoryOptions());
    Worker checkouts = factory.newWorker(TaskQueues.CHECKOUT, workerOptions());
    checkouts.registerWorkflowImplementationTypes(
        CheckoutWorkflowImpl.class,
        LatePaymentWorkflowImpl.class,
        RefundWorkflowImpl.class,
        ServiceOrderWorkflowImpl.class,
        LostOrderSweepWorkflowImpl.class,
        ReconciliationWorkflowImpl.class,
        ReconciliationStarterImpl.class,
        WithdrawalWorkflowImpl.class);
    checkouts.registerActivitiesImplementations(
        new CheckoutBooksImpl(jdbi, clock),
        new RefundBooksImpl(jdbi, clock),
        new ServiceOrderBooksImpl(jdbi, clock),
        new WithdrawalBooksImpl(jdbi, clock, merchants.derive(WithdrawalLimits::new)));
    ChannelBreakers breakers = new ChannelBreakers(new ChannelHealth(jdbi, clock), clock);
    ChannelActivitiesImpl channels =
        new ChannelActivitiesImpl(
            merchants.derive(
                configured -> PayChannels.of(configured, new ChannelConnections(clock, jdbi))),
            merchants.derive(configured -> new PayLimits(jdbi, configured)),
            breakers,
            new ChannelQueryLog(jdbi, clock));
    ServiceOrderActivitiesImpl serviceOrders =
        new ServiceOrderActivitiesImpl(
            merchants.derive(
                configured ->
                    ServiceOrderChannels.of(configured, new ChannelConnections(clock, jdbi))),
            breakers);
    PayoutActivitiesImpl payouts =
        new PayoutActivitiesImpl(
            merchants.derive(
                configured -> PayoutChannels.of(configured, new ChannelConnections(clock, jdbi))),
            breakers);
    for (Channel channel : Channel.values()) {
      factory
          .newWorker(TaskQueues.of(channel), channelOptions(rates.get(channel)))
          .registerActivitiesImplementations(
              channel == Channel.WECHAT_PAY
                  ? new Object[] {channels, payouts, serviceOrders}
                  : new Object[] {channels, payouts});
    }
    factory
        .newWorker(TaskQueues.EVENTS, workerOptions())
        .registerActivitiesImplementations(
            new EventActivitiesImpl(merchants, new EventLog(jdbi, clock), clock));
    LostOrders lostOrders = LostOrders.of(client, jdbi, clock);
    factory
        .newWorker(TaskQueues.RECOVERY, workerOptions())
        .registerActivitiesImplementations(lostOrders.activities());
    factory
        .newWorker(TaskQueues.RECONCILIATION, reconciliationOptions())
        .registerActivitiesImplementations(new ReconciliationActivitiesImpl(bills, jdbi, clock));
    factory.start();
    return new Workers(factory, lostOrders);
  }

  /** Virtual threads where the JVM has them: thousands of open checkouts then need few threads. */
  private static WorkerFactoryOptions factoryOptions() {
    return WorkerFactoryOptions.newBuilder()
        .setUsingVirtualWorkflowThreads(hasVirtualThreads())
        .build();
  }

  private static WorkerOptions workerOptions() {
    return WorkerOptions.newBuilder().setUsingVirtualThreads(hasVirtualThreads()).build();
  }

  /** A queue for each channel: one that answers slowly fills its own slots and nobody else's. */
  private static WorkerOptions channelOptions(@Nullable ChannelRateConfiguration rate) {
    WorkerOptions.Builder options = WorkerOptions.newBuilder(workerOptions());
    if (rate != null && rate.callsPerSecond() != null) {
      options.setMaxTaskQueueActivitiesPerSecond(rate.callsPerSecond());
    }
    if (rate != null && rate.callsAtOnce() != null) {
      options.setMaxConcurrentActivityExecutionSize(rate.callsAtOnce());
    }
    return options.build();
  }

  /** Each holds a connection to the database for minutes: payments need the others. */
  private static WorkerOptions reconciliationOptions() {
    return WorkerOptions.newBuilder(workerOptions())
        .setMaxConcurrentActivityExecutionSize(RECONCILIATIONS_AT_ONCE)
        .build();
  }

  private static boolean hasVirtualThreads() {
    return Runtime.version().feature() >= 21;
  }

  /**
   * Takes no new work, lets what is under way finish for a while, then interrupts it: it is retried
   * elsewhere.
   */
  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS);
    factory.shutdownNow();
    lostOrders.close();
  }
}
