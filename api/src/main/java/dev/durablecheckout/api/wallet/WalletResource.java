package dev.durablecheckout.api.wallet;

import dev.durablecheckout.activities.wallet.WalletBooks;
import dev.durablecheckout.api.auth.Caller;
import dev.durablecheckout.api.auth.ForMerchants;
import dev.durablecheckout.api.checkout.CreateCheckoutBody;
import dev.durablecheckout.api.error.FieldFault;
import dev.durablecheckout.api.error.Problem;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.api.json.Texts;
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
import java.util.List;

/**
 * Buyers' wallets, for reading. A buyer is the caller's own: the same name at another merchant is
 * another buyer. A wallet is spent by a checkout, and filled by an operator.
 */
@Path("/v1/wallets")
@ForMerchants
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "wallets")
public final class WalletResource {
  private final WalletBooks books;

  public WalletResource(WalletBooks books) {
    this.books = books;
  }

  @GET
  @Path("/{buyer_id}")
  @Operation(
      operationId = "getWallet",
      summary = "What a buyer has in the wallet",
      description =
          "Every buyer has one: it is empty until it is filled. To pay from it, choose channel"
              + " wallet and method balance.")
  @ApiResponse(
      responseCode = "200",
      description = "The balance as it stands now",
      content = @Content(schema = @Schema(implementation = WalletRepresentation.class)))
  @ApiResponse(
      responseCode = "400",
      description = "No buyer can have that id",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public WalletRepresentation get(
      @Context SecurityContext security, @PathParam("buyer_id") String buyerId) {
    Texts.fault(buyerId, CreateCheckoutBody.MAX_BUYER_ID)
        .ifPresent(
            fault -> {
              throw ProblemException.of(
                  List.of(new FieldFault("buyer_id", fault.code(), fault.detail())));
            });
    return WalletRepresentation.of(books.find(Caller.of(security).merchant(), buyerId));
  }
}
