package dev.durablecheckout.activities.channel;

import dev.durablecheckout.workflows.serviceorder.ServiceBill;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderAnswer;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRequest;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult;
import java.time.Instant;

/**
 * Calls to one merchant's service orders. A method returns what the channel definitely said;
 * whatever else happens is thrown as {@link ChannelOutcomeUnknownException}. Each is idempotent on
 * the order's out_order_no.
 */
public interface ServiceOrderChannel {
  ServiceOrderAnswer create(ServiceOrderRequest request) throws ChannelOutcomeUnknownException;

  ServiceOrderResult query(ServiceOrderId id) throws ChannelOutcomeUnknownException;

  ServiceOrderAnswer complete(ServiceOrderId id, ServiceBill bill, Instant endedAt)
      throws ChannelOutcomeUnknownException;

  ServiceOrderAnswer modify(ServiceOrderId id, ServiceBill bill, String reason)
      throws ChannelOutcomeUnknownException;

  ServiceOrderAnswer cancel(ServiceOrderId id, String reason) throws ChannelOutcomeUnknownException;

  ServiceOrderAnswer sync(ServiceOrderId id, Instant paidAt) throws ChannelOutcomeUnknownException;
}
