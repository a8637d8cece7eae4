package dev.durablecheckout.api.refund;

import dev.durablecheckout.activities.checkout.CheckoutReader;
import dev.durablecheckout.activities.refund.RefundReader;
import dev.durablecheckout.api.auth.Caller;
import dev.durablecheckout.api.auth.ForMerchants;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;

/** All that goes back of a checkout. */
@Path("/v1/checkouts/{id}/refunds")
@ForMerchants
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "refunds")
public final class CheckoutRefundsResource {
  private final RefundReader books;
  private final CheckoutReader checkouts;

  public CheckoutRefundsResource(RefundReader books, CheckoutReader checkouts) {
    this.books = books;
    this.checkouts = checkouts;
  }

  @GET
  @Operation(
      operationId = "listRefunds",
      summary = "The refunds of a checkout",
      description = "Also those of late and second payments, which go back by themselves")
  @ApiResponse(
      responseCode = "200",
      description = "All of them, oldest first",
      content = @Content(schema = @Schema(implementation = RefundsRepresentation.class)))
  public RefundsRepresentation list(@Context SecurityContext security, @PathParam("id") String id) {
    CheckoutId checkout = RefundRequests.checkoutId(Caller.of(security).merchant(), id);
    if (checkouts.find(checkout).isEmpty()) {
      throw ProblemException.noSuchCheckout(id);
    }
    return RefundsRepresentation.of(checkout, books.ofCheckout(checkout));
  }
}
