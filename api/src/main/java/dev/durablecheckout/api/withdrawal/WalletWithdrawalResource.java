package dev.durablecheckout.api.withdrawal;

import dev.durablecheckout.activities.merchant.Merchants;
import dev.durablecheckout.activities.withdrawal.WithdrawalLimits;
import dev.durablecheckout.api.auth.Caller;
import dev.durablecheckout.api.auth.ForMerchants;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.api.json.JsonBody;
import dev.durablecheckout.api.wallet.WalletResource;
import dev.durablecheckout.workflows.client.NotRunningException;
import dev.durablecheckout.workflows.client.OutcomeUnknownException;
import dev.durablecheckout.workflows.client.WithdrawalClient;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/** Takes money out of wallets. */
@Path("/v1/wallets")
@ForMerchants
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "withdrawals")
public final class WalletWithdrawalResource {
  private final Supplier<WithdrawalLimits> limits;
  private final WithdrawalClient client;
  private final WithdrawalAnswers answers;
  private final Supplier<UUID> requestIds;
  private final Duration patience;

  public WalletWithdrawalResource(
      Merchants merchants,
      WithdrawalClient client,
      WithdrawalAnswers answers,
      Supplier<UUID> requestIds,
      Duration patience) {
    this.limits = merchants.derive(WithdrawalLimits::new);
    this.client = client;
    this.answers = answers;
    this.requestIds = requestIds;
    this.patience = patience;
  }

  @POST
  @Path("/{buyer_id}/withdrawals")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "openWithdrawal",
      summary = "Pay money of a wallet out to the buyer",
      description =
          "The money leaves the wallet before the channel hears of it. Idempotent on"
              + " withdrawal_no: a repeat with the same body is answered 200 with the current state,"
              + " one with another body 409. A wallet that holds too little is a 409, for good: take"
              + " another number. A definite refusal by the channel is a 201 with status failed, and"
              + " the money is in the wallet again.")
  @ApiResponse(
      responseCode = "201",
      description = "Held, and the channel has answered, or has been asked for a while",
      content = @Content(schema = @Schema(implementation = WithdrawalRepresentation.class)))
  @ApiResponse(
      responseCode = "200",
      description = "A repeat: the withdrawal as it stands now",
      content = @Content(schema = @Schema(implementation = WithdrawalRepresentation.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Taken, not answered yet: ask at Location, or repeat the request",
      content = @Content(schema = @Schema(implementation = PendingWithdrawal.class)))
  public Response open(
      @Context SecurityContext security,
      @PathParam("buyer_id") String buyerId,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = CreateWithdrawalBody.class)))
          JsonBody body) {
    WalletResource.checkBuyerId(buyerId);
    MerchantId merchant = Caller.of(security).merchant();
    CreateWithdrawalBody wish = CreateWithdrawalBody.read(body);
    if (!limits.get().channels(merchant).contains(wish.payoutChannel())) {
      throw ProblemException.of(
          ProblemCode.METHOD_NOT_OFFERED,
          "this merchant pays no wallets out through " + wish.channel());
    }
    WithdrawalRequest request = wish.request(merchant, buyerId, requestIds.get());
    try {
      return answers.opened(request, client.open(request, patience));
    } catch (OutcomeUnknownException e) {
      return answers.pending(request.merchantNo());
    } catch (NotRunningException e) {
      return answers.ended(request);
    }
  }
}
