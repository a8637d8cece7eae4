package dev.durablecheckout.api.reconciliation;

import dev.durablecheckout.activities.reconciliation.DayReport;
import dev.durablecheckout.activities.reconciliation.ItemReport;
import dev.durablecheckout.activities.reconciliation.ReconciliationReader;
import dev.durablecheckout.api.auth.Caller;
import dev.durablecheckout.api.auth.ForMerchants;
import dev.durablecheckout.api.csv.CsvWriter;
import dev.durablecheckout.api.csv.TableOrJson;
import dev.durablecheckout.api.error.Problem;
import dev.durablecheckout.api.query.QueryValues;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import io.swagger.v3.oas.annotations.Operation;
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
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reconciliation found for the merchant whose key came with the request, for reading: days,
 * their differences, and with {@code Accept: text/csv} every line of a day. docs/reconciliation.md
 * says how to read it.
 */
@Path("/v1/reconciliations")
@ForMerchants
@Produces({MediaType.APPLICATION_JSON, CsvWriter.MEDIA_TYPE})
@Tag(name = "reconciliation")
public final class ReconciliationResource {
  private static final int USUAL_DAYS = 31;
  private static final int MAX_DAYS = 366;
  private static final int USUAL_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  private final ReconciliationReader reader;
  private final ReportLinks links;
  private final Clock clock;

  public ReconciliationResource(ReconciliationReader reader, ReportLinks links, Clock clock) {
    this.reader = reader;
    this.links = links;
    this.clock = clock;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "listReconciliations",
      summary = "Days that were reconciled",
      description =
          "By day, then by channel; the last 31 days, unless from and to say otherwise. At most 366"
              + " days at once.")
  @ApiResponse(
      responseCode = "200",
      description = "The days, and a link to a page that shows them",
      content = @Content(schema = @Schema(implementation = DaysRepresentation.class)))
  @ApiResponse(
      responseCode = "400",
      description = "A parameter is wrong; errors names it",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public DaysRepresentation list(
      @Context SecurityContext security,
      @QueryParam("from") @Schema(format = "date") @Nullable String from,
      @QueryParam("to") @Schema(format = "date") @Nullable String to) {
    MerchantId merchant = Caller.of(security).merchant();
    QueryValues query = new QueryValues();
    LocalDate last =
        query.day("to", to).orElseGet(() -> clock.instant().atZone(BillDay.ZONE).toLocalDate());
    query.finish();
    LocalDate first = query.day("from", from).orElseGet(() -> last.minusDays(USUAL_DAYS));
    query.finish();
    if (first.isAfter(last) || ChronoUnit.DAYS.between(first, last) >= MAX_DAYS) {
      query.fault("from", "out_of_range", "must be at most " + (MAX_DAYS - 1) + " days before to");
    }
    query.finish();
    return new DaysRepresentation(
        reader.days(merchant, first, last).stream().map(DayRepresentation::of).toList(),
        links.url(merchant, YearMonth.from(last)));
  }

  @GET
  @Path("/{channel}/{bill_date}")
  @Operation(
      operationId = "getReconciliation",
      summary = "One day of one channel",
      description =
          "As CSV: every line of the bill with what orders and ledger have of it, then every"
              + " difference. Lines go 100 days after their day; differences stay.")
  @ApiResponse(
      responseCode = "200",
      description = "The day",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = DayRepresentation.class)),
        @Content(mediaType = CsvWriter.MEDIA_TYPE, schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "404",
      description = "This merchant's account there was not reconciled for that day",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Response get(
      @Context SecurityContext security,
      @PathParam("channel") String channel,
      @PathParam("bill_date") String date,
      @Context Request request) {
    ReportedDays days = days(security);
    return TableOrJson.isTable(request)
        ? days.table(channel, date)
        : TableOrJson.json(DayRepresentation.of(days.find(channel, date)));
  }

  @GET
  @Path("/{channel}/{bill_date}/items")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "listReconciliationItems",
      summary = "A day's differences",
      description = "By number. Give next of an answer as after, for the next page.")
  @ApiResponse(
      responseCode = "200",
      description = "A page of them",
      content = @Content(schema = @Schema(implementation = ItemsRepresentation.class)))
  @ApiResponse(
      responseCode = "400",
      description = "A parameter is wrong; errors names it",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @ApiResponse(
      responseCode = "404",
      description = "This merchant's account there was not reconciled for that day",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public ItemsRepresentation items(
      @Context SecurityContext security,
      @PathParam("channel") String channel,
      @PathParam("bill_date") String date,
      @QueryParam("after") @Schema(type = "integer", format = "int64") @Nullable String after,
      @QueryParam("limit") @Schema(type = "integer", defaultValue = "100") @Nullable String limit) {
    DayReport report = days(security).find(channel, date);
    QueryValues query = new QueryValues();
    int most = query.limit("limit", limit, USUAL_LIMIT, MAX_LIMIT);
    query.finish();
    long behind = query.number("after", after, 0, Long.MAX_VALUE).orElse(0L);
    query.finish();
    List<ItemReport> items = reader.items(report.day(), behind, most + 1);
    boolean isLast = items.size() <= most;
    return new ItemsRepresentation(
        items.stream().limit(most).map(ItemRepresentation::of).toList(),
        isLast ? null : items.get(most - 1).item());
  }

  private ReportedDays days(SecurityContext security) {
    return new ReportedDays(reader, Caller.of(security).merchant());
  }
}
