package dev.durablecheckout.api.notify;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.channel.NoSuchAccountException;
import dev.durablecheckout.activities.channel.NotifyReply;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.NotifyVerifiers;
import dev.durablecheckout.activities.notify.NotifyMessage;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the channels send their notifies. Each is answered in its own words, also in trouble; it is
 * acknowledged only if it is durable, since it never comes again then.
 */
@Path("/v1/notify/{channel}/{merchant}")
@Tag(name = "notifies")
public final class NotifyResource {
  private static final int MAX_BYTES = 64 * 1024;

  private final Supplier<NotifyVerifiers> verifiers;
  private final NotifyReceiver receiver;

  public NotifyResource(Supplier<NotifyVerifiers> verifiers, NotifyReceiver receiver) {
    this.verifiers = verifiers;
    this.receiver = receiver;
  }

  @POST
  @Operation(
      operationId = "notify",
      summary = "An asynchronous notify of a channel",
      description = "For the channels alone: verified by its signature over the raw body")
  @ApiResponse(
      responseCode = "200",
      description = "It is durable: for Alipay, exactly the seven bytes success",
      content =
          @Content(
              mediaType = MediaType.TEXT_PLAIN,
              schema = @Schema(type = "string", example = "success")))
  @ApiResponse(responseCode = "204", description = "It is durable: for WeChat Pay")
  @ApiResponse(responseCode = "400", description = "Not the channel's, or not for this account")
  @ApiResponse(responseCode = "404", description = "No such merchant, or it has no account there")
  @ApiResponse(responseCode = "413", description = "Longer than 64 KiB")
  @ApiResponse(responseCode = "503", description = "It could not be kept: send it again")
  public Response receive(
      @Parameter(schema = @Schema(allowableValues = {"alipay", "wechatpay"})) @PathParam("channel")
          String channel,
      @PathParam("merchant") String merchant,
      @Context HttpHeaders headers,
      @RequestBody(
              required = true,
              content = {
                @Content(
                    mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                    schema = @Schema(type = "object")),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object"))
              })
          InputStream body)
      throws IOException {
    Optional<Account> account = account(channel, merchant);
    return account.isPresent()
        ? receive(account.get(), headers, body)
        : Response.status(Status.NOT_FOUND).build();
  }

  private Response receive(Account account, HttpHeaders headers, InputStream body)
      throws IOException {
    NotifyReply reply = account.verifier().reply();
    byte[] rawBody = body.readNBytes(MAX_BYTES + 1);
    if (rawBody.length > MAX_BYTES) {
      return refused(Status.REQUEST_ENTITY_TOO_LARGE, reply);
    }
    NotifyMessage message =
        new NotifyMessage(account.merchant(), account.channel(), rawBody, lowerCase(headers));
    return switch (receiver.receive(message, account.verifier())) {
      case TAKEN -> taken(reply);
      case INVALID -> refused(Status.BAD_REQUEST, reply);
      case NOT_DURABLE -> refused(Status.SERVICE_UNAVAILABLE, reply);
    };
  }

  private static Response taken(NotifyReply reply) {
    Response.ResponseBuilder response = Response.status(reply.takenStatus());
    return reply.taken().isEmpty()
        ? response.build()
        : response.type(reply.mediaType()).entity(reply.taken()).build();
  }

  private static Response refused(Status status, NotifyReply reply) {
    return Response.status(status).type(reply.mediaType()).entity(reply.refused()).build();
  }

  private record Account(MerchantId merchant, Channel channel, NotifyVerifier verifier) {}

  private Optional<Account> account(String channelWord, String merchantId) {
    Optional<Channel> channel =
        Arrays.stream(Channel.values()).filter(one -> word(one).equals(channelWord)).findFirst();
    if (channel.isEmpty()) {
      return Optional.empty();
    }
    try {
      MerchantId merchant = MerchantId.of(merchantId);
      return Optional.of(
          new Account(merchant, channel.get(), verifiers.get().get(merchant, channel.get())));
    } catch (IllegalArgumentException | NoSuchAccountException e) {
      return Optional.empty();
    }
  }

  private static String word(Channel channel) {
    return channel.name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  private static ImmutableListMultimap<String, String> lowerCase(HttpHeaders headers) {
    ImmutableListMultimap.Builder<String, String> lower = ImmutableListMultimap.builder();
    headers
        .getRequestHeaders()
        .forEach((name, values) -> lower.putAll(name.toLowerCase(Locale.ROOT), values));
    return lower.build();
  }
}
