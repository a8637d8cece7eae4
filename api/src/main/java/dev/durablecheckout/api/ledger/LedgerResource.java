package dev.durablecheckout.api.ledger;

import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.activities.ledger.AccountBalance;
import dev.durablecheckout.activities.ledger.LedgerAccount;
import dev.durablecheckout.activities.ledger.LedgerReader;
import dev.durablecheckout.activities.ledger.StatementPeriod;
import dev.durablecheckout.activities.ledger.StatementPosition;
import dev.durablecheckout.api.auth.Caller;
import dev.durablecheckout.api.auth.ForMerchants;
import dev.durablecheckout.api.csv.CsvWriter;
import dev.durablecheckout.api.csv.TableOrJson;
import dev.durablecheckout.api.error.Problem;
import dev.durablecheckout.workflows.merchant.MerchantId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of the merchant whose key came with the request, for reading: as JSON, or with {@code
 * Accept: text/csv} as a whole table. docs/ledger.md says what is posted.
 */
@Path("/v1/ledger")
@ForMerchants
@Produces({MediaType.APPLICATION_JSON, CsvWriter.MEDIA_TYPE})
@Tag(name = "ledger")
public final class LedgerResource {
  private static final int USUAL_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;
  private static final String WHOLE = "does not go with text/csv, which is the whole table";

  private final LedgerReader ledger;
  private final LedgerTables tables;
  private final Clock clock;

  public LedgerResource(LedgerReader ledger, Clock clock) {
    this.ledger = ledger;
    this.tables = new LedgerTables(ledger);
    this.clock = clock;
  }

  @GET
  @Path("/trial-balance")
  @Operation(
      operationId = "getTrialBalance",
      summary = "What each account comes to",
      description =
          "Debits and credits have the same sum, always. All wallets are one line. As CSV: one row"
              + " for each account, without a row of sums.")
  @Parameter(
      name = "at",
      in = ParameterIn.QUERY,
      description =
          "Only what was posted before then: a time, or a day, which stands for its beginning in"
              + " Asia/Shanghai. Without it: all there is",
      schema = @Schema(type = "string"),
      example = "2026-12-01")
  @ApiResponse(
      responseCode = "200",
      description = "The accounts that something was posted to",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = TrialBalanceRepresentation.class)),
        @Content(mediaType = CsvWriter.MEDIA_TYPE, schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "400",
      description = "A parameter is wrong; errors names each",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Response trialBalance(
      @Context SecurityContext security, @Context UriInfo uri, @Context Request request) {
    MerchantId merchant = Caller.of(security).merchant();
    LedgerQuery query = new LedgerQuery(merchant, uri.getQueryParameters(), ImmutableSet.of("at"));
    @Nullable Instant at = query.time("at").orElse(null);
    query.finish();
    List<AccountBalance> balances = ledger.trialBalance(merchant, at);
    return TableOrJson.isTable(request)
        ? TableOrJson.table("trial-balance", tables.trialBalance(balances))
        : TableOrJson.json(TrialBalanceRepresentation.of(at, balances));
  }

  @GET
  @Path("/accounts")
  @Operation(
      operationId = "listLedgerAccounts",
      summary = "Accounts that something was posted to",
      description = "By kind, then by owner. As CSV: all of them.")
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "Only those behind this one: next of the answer before",
      schema = @Schema(type = "string"),
      example = "CHANNEL/ALIPAY")
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      description = "How many at most",
      schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
  @ApiResponse(
      responseCode = "200",
      description = "The accounts, or a page of them",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = AccountsRepresentation.class)),
        @Content(mediaType = CsvWriter.MEDIA_TYPE, schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "400",
      description = "A parameter is wrong; errors names each",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Response accounts(
      @Context SecurityContext security, @Context UriInfo uri, @Context Request request) {
    MerchantId merchant = Caller.of(security).merchant();
    LedgerQuery query =
        new LedgerQuery(merchant, uri.getQueryParameters(), ImmutableSet.of("after", "limit"));
    @Nullable LedgerAccount after = query.account("after").orElse(null);
    int limit = query.limit("limit", USUAL_LIMIT, MAX_LIMIT);
    boolean isTable = TableOrJson.isTable(request);
    if (isTable) {
      query.refuse(WHOLE, "after", "limit");
    }
    query.finish();
    if (isTable) {
      return TableOrJson.table("ledger-accounts", tables.accounts(merchant));
    }
    List<String> labels =
        ledger.accounts(merchant, after, limit + 1).stream().map(LedgerAccount::label).toList();
    boolean isLast = labels.size() <= limit;
    return TableOrJson.json(
        new AccountsRepresentation(
            isLast ? labels : labels.subList(0, limit), isLast ? null : labels.get(limit - 1)));
  }

  @GET
  @Path("/statement")
  @Operation(
      operationId = "getStatement",
      summary = "What moved an account, line by line",
      description =
          "Give the same account, from and to with each after. What one period closes with, the next"
              + " one opens with. A period that ended some minutes ago is final. As CSV: the whole"
              + " period, between a row opening_balance and a row closing_balance.")
  @Parameter(
      name = "account",
      in = ParameterIn.QUERY,
      required = true,
      description = "SALES, SUSPENSE, FEE, VOUCHER, PAYOUT, CHANNEL/{channel} or WALLET/{buyer_id}",
      schema = @Schema(type = "string"),
      example = "CHANNEL/ALIPAY")
  @Parameter(
      name = "from",
      in = ParameterIn.QUERY,
      description =
          "From this time on: a time, or a day, which stands for its beginning in Asia/Shanghai",
      schema = @Schema(type = "string"),
      example = "2026-11-01")
  @Parameter(
      name = "to",
      in = ParameterIn.QUERY,
      description = "Before this time, in the same form. Without it: now",
      schema = @Schema(type = "string"),
      example = "2026-12-01")
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "next of the page before",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      description = "How many lines at most",
      schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
  @ApiResponse(
      responseCode = "200",
      description = "The lines, or a page of them; none, if nothing was ever posted to it",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = StatementRepresentation.class)),
        @Content(mediaType = CsvWriter.MEDIA_TYPE, schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "400",
      description = "A parameter is wrong; errors names each",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Response statement(
      @Context SecurityContext security, @Context UriInfo uri, @Context Request request) {
    LedgerQuery query =
        new LedgerQuery(
            Caller.of(security).merchant(),
            uri.getQueryParameters(),
            ImmutableSet.of("account", "from", "to", "after", "limit"));
    StatementPeriod period =
        new StatementPeriod(
            query.requiredAccount("account"),
            query.time("from").orElse(StatementPeriod.BEGINNING),
            query.time("to").orElseGet(clock::instant));
    if (period.to().isBefore(period.from())) {
      query.fault("to", "out_of_range", "must not be before from");
    }
    @Nullable StatementPosition after = query.position("after").orElse(null);
    int limit = query.limit("limit", USUAL_LIMIT, MAX_LIMIT);
    boolean isTable = TableOrJson.isTable(request);
    if (isTable) {
      query.refuse(WHOLE, "after", "limit");
    }
    query.finish();
    return isTable
        ? TableOrJson.table("statement", tables.statement(period))
        : TableOrJson.json(
            StatementRepresentation.of(period, ledger.statement(period, after, limit)));
  }
}
