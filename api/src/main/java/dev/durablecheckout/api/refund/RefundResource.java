package dev.durablecheckout.api.refund;

import static java.util.Objects.requireNonNull;

import dev.durablecheckout.activities.refund.RefundDetails;
import dev.durablecheckout.activities.refund.RefundReader;
import dev.durablecheckout.api.auth.Caller;
import dev.durablecheckout.api.auth.ForMerchants;
import dev.durablecheckout.api.checkout.Limits;
import dev.durablecheckout.api.json.JsonBody;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.client.NotRunningException;
import dev.durablecheckout.workflows.client.OutcomeUnknownException;
import dev.durablecheckout.workflows.client.RefundClient;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.refund.RefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.util.Optional;

/** Asks for refunds and shows them. */
@Path("/v1/refunds")
@ForMerchants
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "refunds")
public final class RefundResource {
  private final RefundRequests requests;
  private final Limits limits;
  private final RefundClient client;
  private final RefundAnswers answers;
  private final RefundReader books;
  private final Duration patience;

  public RefundResource(
      RefundRequests requests,
      Limits limits,
      RefundClient client,
      RefundAnswers answers,
      RefundReader books,
      Duration patience) {
    this.requests = requests;
    this.limits = limits;
    this.client = client;
    this.answers = answers;
    this.books = books;
    this.patience = patience;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "createRefund",
      summary = "Give money back",
      description =
          "Whole or in part, as often as the payment has something left and the channel allows:"
              + " WeChat Pay makes 50 refunds of one payment. Idempotent on refund_no: a repeat with"
              + " the same body is answered 200 with the current state, one with another body 409."
              + " Accepted means that its part of the payment is held for it; the channel is asked"
              + " afterwards, and the event payment.refunded tells when the money has gone back. A"
              + " refund that the books refused stays refused: take another refund_no.")
  @ApiResponse(
      responseCode = "201",
      description = "Accepted",
      content = @Content(schema = @Schema(implementation = RefundRepresentation.class)))
  @ApiResponse(
      responseCode = "200",
      description = "A repeat: the refund as it stands now",
      content = @Content(schema = @Schema(implementation = RefundRepresentation.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Taken, not answered yet: ask at Location, or repeat the request",
      content = @Content(schema = @Schema(implementation = PendingRefund.class)))
  public Response create(
      @Context SecurityContext security,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = CreateRefundBody.class)))
          JsonBody json) {
    MerchantId merchant = Caller.of(security).merchant();
    CreateRefundBody body = CreateRefundBody.read(json, limits);
    RefundNo refundNo = RefundNo.of(body.refundNo());
    CheckoutId checkout = RefundRequests.checkoutId(merchant, body);
    Optional<RefundDetails> before = books.find(merchant, refundNo);
    if (before.isPresent()) {
      return answers.repeated(refundNo, before.get(), body.fingerprint(checkout));
    }
    RefundOrder refund = requests.of(checkout, body);
    try {
      return answers.accepted(
          refund, requireNonNull(refund.request()), client.refund(refund, patience));
    } catch (OutcomeUnknownException e) {
      return answers.pending(refundNo);
    } catch (NotRunningException e) {
      return answers.ended(refund, requireNonNull(refund.request()));
    }
  }

  @GET
  @Path("/{id}")
  @Operation(operationId = "getRefund", summary = "A refund as it stands now")
  @ApiResponse(
      responseCode = "200",
      description = "The refund",
      content = @Content(schema = @Schema(implementation = RefundRepresentation.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Asked for, not stored yet: ask again",
      content = @Content(schema = @Schema(implementation = PendingRefund.class)))
  public Response get(
      @Context SecurityContext security,
      @Parameter(description = "refund_no, or out_refund_no") @PathParam("id") String id) {
    return answers.stored(Caller.of(security).merchant(), id);
  }
}
