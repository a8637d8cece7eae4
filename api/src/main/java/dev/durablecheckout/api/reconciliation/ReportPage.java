package dev.durablecheckout.api.reconciliation;

import dev.durablecheckout.activities.reconciliation.DayReport;
import dev.durablecheckout.api.money.Yuan;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import java.time.YearMonth;
import java.util.List;
import java.util.function.ToLongFunction;

/** A merchant's month as a page that can be printed. No script; nothing from elsewhere. */
final class ReportPage {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="robots" content="noindex"><title>Reconciliation %s, %s</title>
      <link rel="stylesheet" href="../assets/report.css"></head>
      <body><main><header><h1>Reconciliation</h1><p><strong>%s</strong>, %s. Days in Asia/Shanghai, amounts in yuan.</p>
      <nav aria-label="Months"><a href="?month=%s">%s</a> <a href="?month=%s">%s</a></nav></header>
      """;
  private static final String COLUMNS =
      """
      <thead><tr><th scope="col">Day</th><th scope="col">Status</th><th scope="col">Lines</th>
      <th scope="col">Paid: bill</th><th scope="col">orders</th><th scope="col">ledger</th>
      <th scope="col">Refunded: bill</th><th scope="col">orders</th><th scope="col">ledger</th>
      <th scope="col">Fees</th><th scope="col">Matched</th><th scope="col">Open</th><th scope="col">Waiting</th></tr></thead>
      """;

  private ReportPage() {}

  /**
   * The page.
   *
   * @param token that opened it: it opens the tables of its days, too
   */
  static String of(MerchantId merchant, String token, YearMonth month, List<DayReport> days) {
    StringBuilder page = new StringBuilder();
    YearMonth before = month.minusMonths(1);
    YearMonth after = month.plusMonths(1);
    page.append(HEAD.formatted(merchant, month, merchant, month, before, before, after, after));
    List<Channel> channels =
        days.stream().map(report -> report.day().channel()).distinct().sorted().toList();
    if (channels.isEmpty()) {
      page.append("<p>No day of this month was reconciled.</p>");
    }
    for (Channel channel : channels) {
      section(page, token, channel, month, days);
    }
    return page.append("</main></body></html>\n").toString();
  }

  private static void section(
      StringBuilder page, String token, Channel channel, YearMonth month, List<DayReport> all) {
    List<DayReport> days = all.stream().filter(day -> day.day().channel() == channel).toList();
    page.append("<section><h2>" + channel + "</h2><figure>")
        .append(MonthPlot.of(channel, month, days))
        .append("<figcaption><span class=\"matched\">matched</span>")
        .append(
            " <span class=\"open\">open</span></figcaption></figure><div class=\"scroll\"><table>")
        .append("<caption>Each day of " + channel + "</caption>" + COLUMNS + "<tbody>");
    days.forEach(day -> row(page, token, day));
    page.append("</tbody><tfoot>");
    total(page, days);
    page.append("</tfoot></table></div></section>");
  }

  private static void row(StringBuilder page, String token, DayReport day) {
    String status = DayRepresentation.word(day.status());
    String date = day.day().day().toString();
    String table = token + "/" + DayRepresentation.word(day.day().channel()) + "/" + date + ".csv";
    page.append("<tr><th scope=\"row\"><a href=\"" + table + "\" download>" + date + "</a></th>")
        .append("<td class=\"" + status + "\">" + status + "</td>");
    cell(page, String.valueOf(day.lines().all()));
    amounts(page, List.of(day));
  }

  private static void total(StringBuilder page, List<DayReport> days) {
    page.append("<tr><th scope=\"row\">All</th><td></td>");
    cell(page, String.valueOf(days.stream().mapToLong(day -> day.lines().all()).sum()));
    amounts(page, days);
  }

  private static void amounts(StringBuilder page, List<DayReport> days) {
    sum(page, days, day -> day.payments().billFen());
    sum(page, days, day -> day.payments().orderFen());
    sum(page, days, day -> day.payments().ledgerFen());
    sum(page, days, day -> day.refunds().billFen());
    sum(page, days, day -> day.refunds().orderFen());
    sum(page, days, day -> day.refunds().ledgerFen());
    sum(page, days, day -> day.fees().fen() - day.fees().backFen());
    sum(page, days, day -> day.lines().matchedFen());
    sum(page, days, day -> day.items().openFen());
    sum(page, days, day -> day.items().lateFen());
    page.append("</tr>");
  }

  private static void sum(
      StringBuilder page, List<DayReport> days, ToLongFunction<DayReport> amount) {
    cell(page, Yuan.of(days.stream().mapToLong(amount).sum()));
  }

  private static void cell(StringBuilder page, String text) {
    page.append("<td class=\"n\">" + text + "</td>");
  }
}
