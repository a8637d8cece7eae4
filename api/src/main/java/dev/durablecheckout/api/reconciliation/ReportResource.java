package dev.durablecheckout.api.reconciliation;

import com.google.common.io.Resources;
import dev.durablecheckout.activities.reconciliation.ReconciliationReader;
import dev.durablecheckout.api.csv.CsvWriter;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** The page that a report link opens. Whoever has the link sees it, and nothing else. */
@Path("/reports")
@Hidden
public final class ReportResource {
  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2999;

  private final ReportLinks links;
  private final ReconciliationReader reader;
  private final Clock clock;
  private final String style;

  public ReportResource(ReportLinks links, ReconciliationReader reader, Clock clock) {
    this.links = links;
    this.reader = reader;
    this.clock = clock;
    try {
      this.style =
          Resources.toString(Resources.getResource("reports/report.css"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the style of the reports", e);
    }
  }

  @GET
  @Path("/reconciliation/{token}")
  @Produces("text/html; charset=utf-8")
  public String month(
      @PathParam("token") String token, @QueryParam("month") @Nullable String asked) {
    MerchantId merchant = merchant(token);
    YearMonth month = month(asked);
    return ReportPage.of(
        merchant, token, month, reader.days(merchant, month.atDay(1), month.atEndOfMonth()));
  }

  /** The table behind a day of the page, as the API gives it. */
  @GET
  @Path("/reconciliation/{token}/{channel}/{bill_date}.csv")
  @Produces(CsvWriter.MEDIA_TYPE)
  public Response day(
      @PathParam("token") String token,
      @PathParam("channel") String channel,
      @PathParam("bill_date") String date) {
    return new ReportedDays(reader, merchant(token)).table(channel, date);
  }

  private MerchantId merchant(String token) {
    return links
        .open(token)
        .orElseThrow(
            () ->
                ProblemException.of(
                    ProblemCode.LINK_EXPIRED,
                    "the link is not one of ours, or has expired: ask the API for another"));
  }

  private YearMonth month(@Nullable String asked) {
    YearMonth now = YearMonth.from(clock.instant().atZone(BillDay.ZONE));
    if (asked == null) {
      return now;
    }
    try {
      YearMonth month = YearMonth.parse(asked);
      return month.getYear() >= FIRST_YEAR && month.getYear() <= LAST_YEAR ? month : now;
    } catch (DateTimeException e) {
      return now;
    }
  }

  @GET
  @Path("/assets/report.css")
  @Produces("text/css; charset=utf-8")
  public String style() {
    return style;
  }
}
