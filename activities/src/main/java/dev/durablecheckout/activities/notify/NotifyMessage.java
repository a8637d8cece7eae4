package dev.durablecheckout.activities.notify;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;

/** A message as it came in on a notify URL. */
public final class NotifyMessage {
  private final MerchantId merchant;
  private final Channel channel;
  private final byte[] rawBody;
  private final ImmutableListMultimap<String, String> headers;

  public NotifyMessage(
      MerchantId merchant,
      Channel channel,
      byte[] rawBody,
      ImmutableListMultimap<String, String> headers) {
    this.merchant = merchant;
    this.channel = channel;
    this.rawBody = rawBody.clone();
    this.headers = headers;
  }

  public MerchantId merchant() {
    return merchant;
  }

  public Channel channel() {
    return channel;
  }

  public byte[] rawBody() {
    return rawBody.clone();
  }

  public ImmutableListMultimap<String, String> headers() {
    return headers;
  }
}
