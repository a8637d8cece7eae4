package dev.durablecheckout.api.checkout;

import dev.durablecheckout.activities.checkout.CheckoutReader;
import dev.durablecheckout.activities.checkout.TimelineEntry;
import dev.durablecheckout.api.auth.Caller;
import dev.durablecheckout.api.auth.ForMerchants;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.api.json.JsonBody;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutRequest;
import dev.durablecheckout.workflows.client.CheckoutClient;
import dev.durablecheckout.workflows.client.NotRunningException;
import dev.durablecheckout.workflows.client.OutcomeUnknownException;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens checkouts and shows them. */
@Path("/v1/checkouts")
@ForMerchants
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "checkouts")
public final class CheckoutResource {
  private final CheckoutRequests requests;
  private final Limits limits;
  private final CheckoutClient client;
  private final CheckoutAnswers answers;
  private final CheckoutReader books;
  private final Duration patience;

  public CheckoutResource(
      CheckoutRequests requests,
      Limits limits,
      CheckoutClient client,
      CheckoutAnswers answers,
      CheckoutReader books,
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
      operationId = "openCheckout",
      summary = "Open a checkout",
      description =
          "Idempotent on merchant_order_no: a repeat with the same body is answered 200 with the"
              + " current state, one with another body 409. A definite refusal by the channel is a"
              + " 201 whose payment has status failed and a refusal: pay again, in this way or"
              + " another. What is paid at once, as from a wallet, is a 201 with status paid.")
  @ApiResponse(
      responseCode = "201",
      description = "Opened: payment.credential is what the buyer needs, unless it is paid already",
      content = @Content(schema = @Schema(implementation = CheckoutRepresentation.class)))
  @ApiResponse(
      responseCode = "200",
      description = "A repeat: the checkout as it stands now",
      content = @Content(schema = @Schema(implementation = CheckoutRepresentation.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Taken, not answered yet: ask at Location, or repeat the request",
      content = @Content(schema = @Schema(implementation = PendingRepresentation.class)))
  public Response open(
      @Context SecurityContext security,
      @Parameter(
              description = "1 to 64 visible ASCII characters, unique per merchant",
              schema = @Schema(type = "string", maxLength = 64))
          @HeaderParam(IdempotencyKey.HEADER)
          @Nullable String idempotencyKey,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = CreateCheckoutBody.class)))
          JsonBody body) {
    CheckoutRequest request =
        requests.of(
            Caller.of(security).merchant(),
            CreateCheckoutBody.read(body, limits),
            IdempotencyKey.checked(idempotencyKey));
    try {
      return answers.opened(request, client.open(request, patience));
    } catch (OutcomeUnknownException e) {
      return answers.opening(request.checkoutId());
    } catch (NotRunningException e) {
      return answers.ended(request);
    }
  }

  @GET
  @Path("/{id}")
  @Operation(operationId = "getCheckout", summary = "A checkout as it stands now")
  @ApiResponse(
      responseCode = "200",
      description = "The checkout",
      content = @Content(schema = @Schema(implementation = CheckoutRepresentation.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Asked for, not stored yet: ask again",
      content = @Content(schema = @Schema(implementation = PendingRepresentation.class)))
  public Response get(@Context SecurityContext security, @PathParam("id") String id) {
    return answers.stored(CheckoutIds.of(security, id));
  }

  @GET
  @Path("/{id}/timeline")
  @Operation(operationId = "getTimeline", summary = "Everything that happened to a checkout")
  @ApiResponse(
      responseCode = "200",
      description = "Each notify, query, decision and delivery, in order",
      content = @Content(schema = @Schema(implementation = TimelineRepresentation.class)))
  public TimelineRepresentation timeline(
      @Context SecurityContext security, @PathParam("id") String id) {
    CheckoutId checkoutId = CheckoutIds.of(security, id);
    List<TimelineEntry> entries = books.timeline(checkoutId);
    if (entries.isEmpty()) {
      throw ProblemException.noSuchCheckout(id);
    }
    return TimelineRepresentation.of(checkoutId, entries);
  }
}
