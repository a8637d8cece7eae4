package dev.durablecheckout.api.wallet;

import com.google.common.primitives.Longs;
import dev.durablecheckout.activities.wallet.WalletBooks;
import dev.durablecheckout.api.auth.Caller;
import dev.durablecheckout.api.auth.ForMerchants;
import dev.durablecheckout.api.checkout.CreateCheckoutBody;
import dev.durablecheckout.api.error.FieldFault;
import dev.durablecheckout.api.error.Problem;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.api.json.Texts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Buyers' wallets, for reading. A buyer is the caller's own: the same name at another merchant is
 * another buyer. A wallet is filled by a checkout that is for it, or by an operator; it is spent by
 * other checkouts, and paid out by withdrawals.
 */
@Path("/v1/wallets")
@ForMerchants
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "wallets")
public final class WalletResource {
  private static final int PAGE = 50;
  private static final int MAX_PAGE = 200;

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
    checkBuyerId(buyerId);
    return WalletRepresentation.of(books.find(Caller.of(security).merchant(), buyerId));
  }

  @GET
  @Path("/{buyer_id}/entries")
  @Operation(
      operationId = "getWalletEntries",
      summary = "What happened to a wallet, the latest first",
      description =
          "Each entry says what was in the wallet after it. Where there is more, the answer has"
              + " before: give it back for the next page, which has no entry twice and misses none,"
              + " whatever happens meanwhile.")
  @ApiResponse(
      responseCode = "200",
      description = "A page of the statement; empty for a wallet that was never filled",
      content = @Content(schema = @Schema(implementation = WalletStatementRepresentation.class)))
  @ApiResponse(
      responseCode = "400",
      description = "No buyer can have that id, or there is no such page",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public WalletStatementRepresentation entries(
      @Context SecurityContext security,
      @PathParam("buyer_id") String buyerId,
      @Parameter(
              description = "only what came before this entry",
              schema = @Schema(type = "integer", format = "int64", minimum = "1"))
          @QueryParam("before")
          @Nullable String before,
      @Parameter(
              description = "how many entries at most",
              schema =
                  @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50"))
          @QueryParam("limit")
          @Nullable String limit) {
    checkBuyerId(buyerId);
    Long from = before == null ? null : number("before", before, Long.MAX_VALUE);
    int size = limit == null ? PAGE : (int) number("limit", limit, MAX_PAGE);
    return WalletStatementRepresentation.of(
        buyerId, books.entries(Caller.of(security).merchant(), buyerId, from, size + 1), size);
  }

  /** ProblemException if no buyer can have that id. */
  public static void checkBuyerId(String buyerId) {
    Texts.fault(buyerId, CreateCheckoutBody.MAX_BUYER_ID)
        .ifPresent(
            fault -> {
              throw ProblemException.of(
                  List.of(new FieldFault("buyer_id", fault.code(), fault.detail())));
            });
  }

  private static long number(String name, String value, long maximum) {
    Long number = Longs.tryParse(value);
    if (number == null || number < 1 || number > maximum) {
      throw ProblemException.of(
          List.of(new FieldFault(name, "bad_form", "must be a whole number from 1 to " + maximum)));
    }
    return number;
  }
}
