package dev.durablecheckout.api.reconciliation;

import dev.durablecheckout.activities.reconciliation.DayReport;
import dev.durablecheckout.activities.reconciliation.ReconciliationReader;
import dev.durablecheckout.api.csv.TableOrJson;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.api.query.QueryValues;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;

/** The days of one merchant, by what stands in a path. */
final class ReportedDays {
  /** A report of a long day takes some seconds. */
  private static final String RETRY_SECONDS = "10";

  private final ReconciliationReader reader;
  private final MerchantId merchant;

  ReportedDays(ReconciliationReader reader, MerchantId merchant) {
    this.reader = reader;
    this.merchant = merchant;
  }

  /**
   * A day.
   *
   * @throws ProblemException {@code not_found} if this merchant's account there was not reconciled
   *     for it
   */
  DayReport find(String channel, String date) {
    return Arrays.stream(Channel.values())
        .filter(known -> DayRepresentation.word(known).equals(channel))
        .findFirst()
        .flatMap(known -> QueryValues.parseDay(date).map(day -> new BillDay(merchant, known, day)))
        .flatMap(reader::day)
        .orElseThrow(
            () ->
                ProblemException.of(
                    ProblemCode.NOT_FOUND,
                    "there is no reconciliation of " + channel + " for " + date));
  }

  /**
   * The day as a file that holds every line of it, written as it is read. Two who ask at once for
   * the last room there is are both let in here; then one of them gets a file that breaks off.
   *
   * @throws ProblemException {@code books_unavailable} if as many as can be are being read
   */
  Response table(String channel, String date) {
    BillDay day = find(channel, date).day();
    if (reader.isReporting()) {
      throw ProblemException.of(
          ProblemCode.BOOKS_UNAVAILABLE,
          "other reports are being read; ask again",
          HttpHeaders.RETRY_AFTER,
          RETRY_SECONDS);
    }
    return TableOrJson.table(
        "reconciliation-" + channel + "-" + date, out -> DayCsv.write(reader, day, out));
  }
}
