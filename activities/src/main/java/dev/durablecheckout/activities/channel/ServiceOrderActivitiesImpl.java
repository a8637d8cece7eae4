package dev.durablecheckout.activities.channel;

import dev.durablecheckout.activities.channel.health.ChannelBreakers;
import dev.durablecheckout.activities.channel.health.ChannelRestException;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.serviceorder.ServiceBill;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderActivities;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderAnswer;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRequest;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.function.Supplier;

/** Calls to service orders as activities. */
public final class ServiceOrderActivitiesImpl implements ServiceOrderActivities {
  @FunctionalInterface
  private interface Call<T> {
    T on(ServiceOrderChannel channel) throws ChannelOutcomeUnknownException;
  }

  private final Supplier<ServiceOrderChannels> channels;
  private final ChannelBreakers breakers;

  public ServiceOrderActivitiesImpl(
      Supplier<ServiceOrderChannels> channels, ChannelBreakers breakers) {
    this.channels = channels;
    this.breakers = breakers;
  }

  @Override
  public ServiceOrderAnswer create(ServiceOrderRequest request) {
    return call(request.id(), channel -> channel.create(request));
  }

  @Override
  public ServiceOrderResult awaitChange(ServiceOrderId id, ServiceOrderResult.State from) {
    if (ChannelFailures.isFirstTry()) {
      throw notChangedYet("not asked yet: nothing changes within a moment");
    }
    ServiceOrderResult order = query(id);
    if (order.state() == from) {
      throw notChangedYet("it is still " + from);
    }
    return order;
  }

  private static ApplicationFailure notChangedYet(String message) {
    return ChannelFailures.notYet(FailureType.NOT_CHANGED_YET, message);
  }

  @Override
  public ServiceOrderResult query(ServiceOrderId id) {
    return call(id, channel -> channel.query(id));
  }

  @Override
  public ServiceOrderAnswer complete(ServiceOrderId id, ServiceBill bill, Instant endedAt) {
    return call(id, channel -> channel.complete(id, bill, endedAt));
  }

  @Override
  public ServiceOrderAnswer modify(ServiceOrderId id, ServiceBill bill, String reason) {
    return call(id, channel -> channel.modify(id, bill, reason));
  }

  @Override
  public ServiceOrderAnswer cancel(ServiceOrderId id, String reason) {
    return call(id, channel -> channel.cancel(id, reason));
  }

  @Override
  public ServiceOrderAnswer sync(ServiceOrderId id, Instant paidAt) {
    return call(id, channel -> channel.sync(id, paidAt));
  }

  private <T> T call(ServiceOrderId id, Call<T> call) {
    ServiceOrderChannel channel = channels.get().get(id.merchant());
    try {
      return breakers.call(id.merchant(), Channel.WECHAT_PAY, () -> call.on(channel));
    } catch (ChannelRestException e) {
      throw ChannelFailures.resting(e);
    } catch (ChannelOutcomeUnknownException e) {
      throw ChannelFailures.outcomeUnknown(e);
    }
  }
}
