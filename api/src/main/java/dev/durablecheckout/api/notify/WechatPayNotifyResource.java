package dev.durablecheckout.api.notify;

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

/**
 * Where WeChat Pay sends its notifies, and now and then a probe with a wrong signature, which must
 * be refused. Any 2xx ends the resends, so it is for what is durable alone.
 */
@Path("/v1/notify/wechatpay/{merchant}")
@Tag(name = "notifies")
public final class WechatPayNotifyResource {
  private static final MediaType JSON = MediaType.APPLICATION_JSON_TYPE.withCharset("utf-8");
  private static final String FAILURE = "{\"code\":\"FAIL\",\"message\":\"失败\"}";

  private final NotifyIntake intake;

  public WechatPayNotifyResource(NotifyIntake intake) {
    this.intake = intake;
  }

  @POST
  @Operation(
      operationId = "wechatPayNotify",
      summary = "A notify of WeChat Pay",
      description = "For WeChat Pay alone: verified by its signature over the raw body")
  @ApiResponse(responseCode = "204", description = "It is durable")
  @ApiResponse(responseCode = "400", description = "Not WeChat Pay's, or not for this account")
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
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(type = "object")))
          InputStream body)
      throws IOException {
    Response.Status taken = intake.take(Channel.WECHAT_PAY, merchant, headers, body);
    return taken == Response.Status.OK
        ? Response.noContent().build()
        : Response.status(taken).type(JSON).entity(FAILURE).build();
  }
}
