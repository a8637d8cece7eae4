package dev.durablecheckout.activities.notify;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;

/** A message as it came in on a notify URL. */
public record NotifyMessage(
    MerchantId merchant,
    Channel channel,
    byte[] rawBody,
    ImmutableListMultimap<String, String> headers) {}
