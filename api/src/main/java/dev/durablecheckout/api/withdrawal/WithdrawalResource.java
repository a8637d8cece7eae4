package dev.durablecheckout.api.withdrawal;

import dev.durablecheckout.api.auth.ForMerchants;
import dev.durablecheckout.api.checkout.IdempotencyKey;
import dev.durablecheckout.api.json.JsonBody;
import dev.durablecheckout.workflows.client.WithdrawalClient;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Shows withdrawals, and takes them back. The id in a path is the merchant's own number. */
@Path("/v1/withdrawals")
@ForMerchants
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "withdrawals")
public final class WithdrawalResource {
  private final WithdrawalClient client;
  private final WithdrawalAnswers answers;
  private final Duration patience;

  public WithdrawalResource(WithdrawalClient client, WithdrawalAnswers answers, Duration patience) {
    this.client = client;
    this.answers = answers;
    this.patience = patience;
  }

  @GET
  @Path("/{id}")
  @Operation(operationId = "getWithdrawal", summary = "A withdrawal as it stands now")
  @ApiResponse(
      responseCode = "200",
      description = "The withdrawal",
      content = @Content(schema = @Schema(implementation = WithdrawalRepresentation.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Asked for, not stored yet: ask again",
      content = @Content(schema = @Schema(implementation = PendingWithdrawal.class)))
  public Response get(
      @Context SecurityContext security,
      @Parameter(description = "the merchant's withdrawal_no") @PathParam("id") String id) {
    MerchantOrderNo number = WithdrawalAnswers.number(id);
    return answers.stored(WithdrawalAnswers.no(security, number), number);
  }

  @POST
  @Path("/{id}/cancel")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "cancelWithdrawal",
      summary = "Take a withdrawal back, unless the channel pays it",
      description =
          "The money is in the wallet again once it is certain that the channel has not paid and"
              + " will not, which can take ten minutes. Of one that has failed: 200.")
  @ApiResponse(
      responseCode = "200",
      description = "Failed: the money is in the wallet again",
      content = @Content(schema = @Schema(implementation = WithdrawalRepresentation.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Taken, not answered yet: ask at Location",
      content = @Content(schema = @Schema(implementation = PendingWithdrawal.class)))
  public Response cancel(
      @Context SecurityContext security,
      @Parameter(description = "the merchant's withdrawal_no") @PathParam("id") String id,
      @Parameter(
              description =
                  "1 to 64 visible ASCII characters; a repeat under the same key does nothing again")
          @HeaderParam(IdempotencyKey.HEADER)
          @Nullable String idempotencyKey,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = CancelWithdrawalBody.class)))
          JsonBody body) {
    String reason = CancelWithdrawalBody.read(body);
    MerchantOrderNo number = WithdrawalAnswers.number(id);
    WithdrawalNo no = WithdrawalAnswers.no(security, number);
    String updateId = IdempotencyKey.updateId("cancel", idempotencyKey);
    return answers.cancelled(no, number, () -> client.cancel(no, reason, updateId, patience));
  }
}
