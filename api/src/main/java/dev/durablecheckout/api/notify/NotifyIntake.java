package dev.durablecheckout.api.notify;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.channel.NoSuchAccountException;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.NotifyVerifiers;
import dev.durablecheckout.activities.notify.NotifyMessage;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/** Takes a notify off the wire, whichever channel's it is; each channel has its own words back. */
public final class NotifyIntake {
  private static final int MAX_BYTES = 64 * 1024;

  private final NotifyVerifiers verifiers;
  private final NotifyReceiver receiver;

  public NotifyIntake(NotifyVerifiers verifiers, NotifyReceiver receiver) {
    this.verifiers = verifiers;
    this.receiver = receiver;
  }

  /**
   * What became of it: OK only if it is durable, SERVICE_UNAVAILABLE if it must be sent again, else
   * what is wrong with it.
   *
   * @param merchant as the path has it
   */
  Response.Status take(Channel channel, String merchant, HttpHeaders headers, InputStream body)
      throws IOException {
    Optional<MerchantId> id = merchantId(merchant);
    Optional<NotifyVerifier> verifier = id.flatMap(known -> verifier(known, channel));
    if (verifier.isEmpty()) {
      return Response.Status.NOT_FOUND;
    }
    byte[] rawBody = body.readNBytes(MAX_BYTES + 1);
    if (rawBody.length > MAX_BYTES) {
      return Response.Status.REQUEST_ENTITY_TOO_LARGE;
    }
    NotifyMessage message =
        new NotifyMessage(id.orElseThrow(), channel, rawBody, lowerCase(headers));
    return switch (receiver.receive(message, verifier.get())) {
      case TAKEN -> Response.Status.OK;
      case INVALID -> Response.Status.BAD_REQUEST;
      case NOT_DURABLE -> Response.Status.SERVICE_UNAVAILABLE;
    };
  }

  private static Optional<MerchantId> merchantId(String path) {
    try {
      return Optional.of(MerchantId.of(path));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<NotifyVerifier> verifier(MerchantId merchant, Channel channel) {
    try {
      return Optional.of(verifiers.get(merchant, channel));
    } catch (NoSuchAccountException e) {
      return Optional.empty();
    }
  }

  private static ImmutableListMultimap<String, String> lowerCase(HttpHeaders headers) {
    ImmutableListMultimap.Builder<String, String> lower = ImmutableListMultimap.builder();
    headers
        .getRequestHeaders()
        .forEach((name, values) -> lower.putAll(name.toLowerCase(Locale.ROOT), values));
    return lower.build();
  }
}
