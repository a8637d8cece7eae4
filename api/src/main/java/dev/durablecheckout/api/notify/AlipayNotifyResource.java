package dev.durablecheckout.api.notify;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.channel.NoSuchAccountException;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.NotifyVerifiers;
import dev.durablecheckout.activities.channel.alipay.AlipayNotifyVerifier;
import dev.durablecheckout.activities.notify.NotifyMessage;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Where Alipay sends its asynchronous notifies. Answers in Alipay's own words, also in trouble. */
@Path("/v1/notify/alipay/{merchant}")
@Tag(name = "notifies")
public final class AlipayNotifyResource {
  private static final int MAX_BYTES = 64 * 1024;
  private static final String FAILURE = "failure";

  private final Supplier<NotifyVerifiers> verifiers;
  private final NotifyReceiver receiver;

  public AlipayNotifyResource(Supplier<NotifyVerifiers> verifiers, NotifyReceiver receiver) {
    this.verifiers = verifiers;
    this.receiver = receiver;
  }

  @POST
  @Operation(
      operationId = "alipayNotify",
      summary = "An asynchronous notify of Alipay",
      description = "For Alipay alone: verified by its signature over the raw body")
  @ApiResponse(
      responseCode = "200",
      description = "It is durable: exactly the seven bytes success",
      content =
          @Content(
              mediaType = MediaType.TEXT_PLAIN,
              schema = @Schema(type = "string", example = "success")))
  @ApiResponse(responseCode = "400", description = "Not Alipay's, or not for this account")
  @ApiResponse(responseCode = "404", description = "No such merchant, or it has no account there")
  @ApiResponse(responseCode = "413", description = "Longer than 64 KiB")
  @ApiResponse(responseCode = "503", description = "It could not be kept: send it again")
  public Response receive(
      @PathParam("merchant") String merchant,
      @Context HttpHeaders headers,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                      schema = @Schema(type = "object")))
          InputStream body)
      throws IOException {
    Optional<MerchantId> id = merchantId(merchant);
    Optional<NotifyVerifier> verifier = id.flatMap(this::verifier);
    if (verifier.isEmpty()) {
      return text(Response.Status.NOT_FOUND, FAILURE);
    }
    byte[] rawBody = body.readNBytes(MAX_BYTES + 1);
    if (rawBody.length > MAX_BYTES) {
      return text(Response.Status.REQUEST_ENTITY_TOO_LARGE, FAILURE);
    }
    NotifyMessage message =
        new NotifyMessage(id.orElseThrow(), Channel.ALIPAY, rawBody, lowerCase(headers));
    return switch (receiver.receive(message, verifier.get())) {
      case TAKEN -> text(Response.Status.OK, AlipayNotifyVerifier.ACKNOWLEDGEMENT);
      case INVALID -> text(Response.Status.BAD_REQUEST, FAILURE);
      case NOT_DURABLE -> text(Response.Status.SERVICE_UNAVAILABLE, FAILURE);
    };
  }

  private static Optional<MerchantId> merchantId(String path) {
    try {
      return Optional.of(MerchantId.of(path));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<NotifyVerifier> verifier(MerchantId merchant) {
    try {
      return Optional.of(verifiers.get().get(merchant, Channel.ALIPAY));
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

  private static Response text(Response.Status status, String body) {
    return Response.status(status).type(MediaType.TEXT_PLAIN_TYPE).entity(body).build();
  }
}
