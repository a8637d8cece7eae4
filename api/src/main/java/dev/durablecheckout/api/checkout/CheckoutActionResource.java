package dev.durablecheckout.api.checkout;

import dev.durablecheckout.activities.checkout.CheckoutDetails;
import dev.durablecheckout.api.auth.ForMerchants;
import dev.durablecheckout.api.error.FieldFault;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.api.json.JsonBody;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.checkout.CheckoutView;
import dev.durablecheckout.workflows.checkout.CloseReason;
import dev.durablecheckout.workflows.client.CheckoutClient;
import dev.durablecheckout.workflows.client.NotRunningException;
import dev.durablecheckout.workflows.client.OutcomeUnknownException;
import dev.durablecheckout.workflows.client.RefusedException;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PaymentView;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
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

/** What can be done with a checkout that is open. */
@Path("/v1/checkouts")
@ForMerchants
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "checkouts")
public final class CheckoutActionResource {
  private final CheckoutClient client;
  private final CheckoutAnswers answers;
  private final PayOffers offers;
  private final Duration patience;

  public CheckoutActionResource(
      CheckoutClient client, CheckoutAnswers answers, PayOffers offers, Duration patience) {
    this.offers = offers;
    this.client = client;
    this.answers = answers;
    this.patience = patience;
  }

  @POST
  @Path("/{id}/payments")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "pay",
      summary = "Pay again, or in another way",
      description =
          "The same channel and method give the credential that lives; another one closes the"
              + " first attempt and begins the next.")
  @ApiResponse(
      responseCode = "200",
      description = "The checkout with the credential, or paid if that is what the close found",
      content = @Content(schema = @Schema(implementation = CheckoutRepresentation.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Taken, not answered yet: ask at Location, or repeat under the same key",
      content =
          @Content(
              schema =
                  @Schema(oneOf = {CheckoutRepresentation.class, PendingRepresentation.class})))
  public Response pay(
      @Context SecurityContext security,
      @PathParam("id") String id,
      @Parameter(description = IdempotencyKey.DESCRIPTION) @HeaderParam(IdempotencyKey.HEADER)
          @Nullable String idempotencyKey,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = PayBody.class)))
          JsonBody body) {
    CheckoutId checkoutId = CheckoutIds.of(security, id);
    PayChoice choice = PayBody.read(body);
    offers.check(checkoutId.merchant(), choice);
    if (choice.channel() == Channel.WALLET && answers.fillsWallet(checkoutId)) {
      throw ProblemException.of(
          List.of(new FieldFault("channel", "unsupported", "a wallet is not filled from itself")));
    }
    String updateId = IdempotencyKey.updateId("pay", idempotencyKey);
    try {
      CheckoutView view = client.pay(checkoutId, choice, updateId, patience);
      if (isAnotherRequestsAnswer(view, choice)) {
        throw ProblemException.of(
            ProblemCode.IDEMPOTENCY_KEY_REUSED,
            "this Idempotency-Key was used to pay in another way; take another key");
      }
      return answers.done(view);
    } catch (OutcomeUnknownException e) {
      return answers.unknown(checkoutId);
    } catch (NotRunningException e) {
      return switch (answers.ended(checkoutId).checkout().status()) {
        case AWAITING_PAYMENT -> answers.unknown(checkoutId);
        case PAID -> throw alreadyPaid();
        case CLOSED -> throw alreadyClosed();
      };
    }
  }

  /**
   * Temporal answers an update id that it has seen with its stored answer, whatever is asked now.
   */
  private static boolean isAnotherRequestsAnswer(CheckoutView view, PayChoice asked) {
    PaymentView payment = view.payment();
    return view.status() == CheckoutStatus.AWAITING_PAYMENT
        && payment != null
        && (payment.channel() != asked.channel() || payment.method() != asked.method());
  }

  @POST
  @Path("/{id}/confirm")
  @Operation(
      operationId = "confirm",
      summary = "The buyer came back: ask the channel now",
      description = "Answers with what is known then. Of a checkout that has ended: how it ended.")
  @ApiResponse(
      responseCode = "200",
      description = "The checkout as it stands now",
      content = @Content(schema = @Schema(implementation = CheckoutRepresentation.class)))
  @ApiResponse(
      responseCode = "202",
      description = "No answer yet",
      content =
          @Content(
              schema =
                  @Schema(oneOf = {CheckoutRepresentation.class, PendingRepresentation.class})))
  public Response confirm(
      @Context SecurityContext security,
      @PathParam("id") String id,
      @Parameter(description = IdempotencyKey.DESCRIPTION) @HeaderParam(IdempotencyKey.HEADER)
          @Nullable String idempotencyKey) {
    CheckoutId checkoutId = CheckoutIds.of(security, id);
    String updateId = IdempotencyKey.updateId("confirm", idempotencyKey);
    try {
      return answers.done(client.confirm(checkoutId, updateId, patience));
    } catch (OutcomeUnknownException e) {
      return answers.unknown(checkoutId);
    } catch (NotRunningException e) {
      CheckoutDetails details = answers.ended(checkoutId);
      return details.checkout().status() == CheckoutStatus.AWAITING_PAYMENT
          ? answers.unknown(checkoutId)
          : answers.ok(details);
    }
  }

  @POST
  @Path("/{id}/cancel")
  @Operation(
      operationId = "cancel",
      summary = "Close the checkout now, unless it was paid",
      description =
          "Of a checkout that was cancelled before: 200. One that is paid, or has expired, is a"
              + " 409.")
  @ApiResponse(
      responseCode = "200",
      description = "Closed",
      content = @Content(schema = @Schema(implementation = CheckoutRepresentation.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Being closed: ask again",
      content =
          @Content(
              schema =
                  @Schema(oneOf = {CheckoutRepresentation.class, PendingRepresentation.class})))
  public Response cancel(
      @Context SecurityContext security,
      @PathParam("id") String id,
      @Parameter(description = IdempotencyKey.DESCRIPTION) @HeaderParam(IdempotencyKey.HEADER)
          @Nullable String idempotencyKey) {
    CheckoutId checkoutId = CheckoutIds.of(security, id);
    String updateId = IdempotencyKey.updateId("cancel", idempotencyKey);
    try {
      return answers.done(client.cancel(checkoutId, updateId, patience));
    } catch (OutcomeUnknownException e) {
      return answers.unknown(checkoutId);
    } catch (RefusedException e) {
      if (e.type() == FailureType.ALREADY_CLOSED) {
        return cancelled(checkoutId);
      }
      throw e;
    } catch (NotRunningException e) {
      return cancelled(checkoutId);
    }
  }

  private Response cancelled(CheckoutId id) {
    CheckoutDetails details = answers.ended(id);
    return switch (details.checkout().status()) {
      case AWAITING_PAYMENT -> answers.unknown(id);
      case PAID -> throw alreadyPaid();
      case CLOSED -> {
        if (details.checkout().closeReason() != CloseReason.CANCELLED) {
          throw alreadyClosed();
        }
        yield answers.ok(details);
      }
    };
  }

  private static ProblemException alreadyPaid() {
    return ProblemException.of(ProblemCode.ALREADY_PAID, "the checkout is paid");
  }

  private static ProblemException alreadyClosed() {
    return ProblemException.of(ProblemCode.ALREADY_CLOSED, "the checkout is closed");
  }
}
