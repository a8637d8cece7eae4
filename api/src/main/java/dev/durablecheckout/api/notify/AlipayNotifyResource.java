package dev.durablecheckout.api.notify;

import dev.durablecheckout.activities.channel.alipay.AlipayNotifyVerifier;
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

/** Where Alipay sends its asynchronous notifies. Answers in Alipay's own words, also in trouble. */
@Path("/v1/notify/alipay/{merchant}")
@Tag(name = "notifies")
public final class AlipayNotifyResource {
  private static final String FAILURE = "failure";

  private final NotifyIntake intake;

  public AlipayNotifyResource(NotifyIntake intake) {
    this.intake = intake;
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
    Response.Status taken = intake.take(Channel.ALIPAY, merchant, headers, body);
    return Response.status(taken)
        .type(MediaType.TEXT_PLAIN_TYPE)
        .entity(taken == Response.Status.OK ? AlipayNotifyVerifier.ACKNOWLEDGEMENT : FAILURE)
        .build();
  }
}
