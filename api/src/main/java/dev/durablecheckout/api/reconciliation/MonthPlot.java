package dev.durablecheckout.api.reconciliation;

import dev.durablecheckout.activities.reconciliation.DayReport;
import dev.durablecheckout.api.money.Yuan;
import dev.durablecheckout.workflows.payment.Channel;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws what agreed and what is open of each day of a month, one bar a day: one SVG without script
 * or style, sharp on paper, its numbers in words for who cannot see it. What is open has a bar
 * however little it is: it is what one looks for.
 */
final class MonthPlot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 220;
  private static final int LEFT = 84;
  private static final int BOTTOM = 28;
  private static final int TOP = 12;
  private static final int BAR_AREA = HEIGHT - BOTTOM - TOP;
  private static final int MIN_OPEN = 4;
  private static final String MATCHED = "#2f6f9f";
  private static final String OPEN = "#c2410c";

  private final Channel channel;
  private final YearMonth month;
  private final Map<LocalDate, DayReport> days = new TreeMap<>();
  private final StringBuilder svg = new StringBuilder();

  private MonthPlot(Channel channel, YearMonth month, List<DayReport> reports) {
    this.channel = channel;
    this.month = month;
    reports.stream()
        .filter(report -> report.day().channel() == channel)
        .forEach(report -> days.put(report.day().day(), report));
  }

  static String of(Channel channel, YearMonth month, List<DayReport> reports) {
    return new MonthPlot(channel, month, reports).draw();
  }

  private String draw() {
    long most = rounded(days.values().stream().mapToLong(MonthPlot::all).max().orElse(0));
    String id = "plot-" + DayRepresentation.word(channel);
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
        .append(WIDTH + " " + HEIGHT)
        .append("\" role=\"img\" aria-labelledby=\"" + id + "-t " + id + "-d\">")
        .append(
            "<title id=\"" + id + "-t\">" + channel + ", " + month + ": matched and open</title>")
        .append("<desc id=\"" + id + "-d\">" + inWords() + "</desc>");
    axis(most);
    int step = (WIDTH - LEFT) / month.lengthOfMonth();
    for (int date = 1; date <= month.lengthOfMonth(); date++) {
      int x = LEFT + (date - 1) * step;
      DayReport report = days.get(month.atDay(date));
      if (report != null) {
        bar(report, x + 2, step - 4, most);
      }
      if (date == 1 || date % 5 == 0) {
        text(x + step / 2, HEIGHT - 10, "middle", String.valueOf(date));
      }
    }
    return svg.append("</svg>").toString();
  }

  private static long all(DayReport report) {
    return report.lines().matchedFen() + report.items().openFen();
  }

  /** The next amount up of which the half is a round one, too: at least two yuan. */
  private static long rounded(long fen) {
    long unit = 100;
    while (unit * 10 < fen) {
      unit *= 10;
    }
    for (long top : new long[] {2 * unit, 4 * unit}) {
      if (fen <= top) {
        return top;
      }
    }
    return 10 * unit;
  }

  private String inWords() {
    long matched = days.values().stream().mapToLong(day -> day.lines().matchedFen()).sum();
    long open = days.values().stream().mapToLong(day -> day.items().openFen()).sum();
    long openDays = days.values().stream().filter(day -> day.items().open() > 0).count();
    return days.size()
        + " days were compared. "
        + Yuan.of(matched)
        + " yuan agree, "
        + Yuan.of(open)
        + " yuan on "
        + openDays
        + " days are open. The table has each day.";
  }

  private void axis(long most) {
    for (int part = 0; part <= 2; part++) {
      int y = TOP + BAR_AREA - BAR_AREA * part / 2;
      svg.append("<path stroke=\"#b8c0cc\" stroke-width=\"1\" d=\"M" + LEFT + " " + y)
          .append("H" + WIDTH + "\"/>");
      text(LEFT - 8, y + 4, "end", Yuan.of(most * part / 2));
    }
  }

  private void bar(DayReport report, int x, int width, long most) {
    int matched = (int) (report.lines().matchedFen() * BAR_AREA / most);
    int open = (int) (report.items().openFen() * BAR_AREA / most);
    if (report.items().open() > 0) {
      open = Math.max(open, MIN_OPEN);
      matched = Math.min(matched, BAR_AREA - open);
    }
    int y = TOP + BAR_AREA - matched;
    rectangle(x, y, width, matched, MATCHED);
    rectangle(x, y - open, width, open, OPEN);
  }

  private void rectangle(int x, int y, int width, int height, String fill) {
    if (height > 0) {
      svg.append("<rect x=\"" + x + "\" y=\"" + y + "\" width=\"" + width)
          .append("\" height=\"" + height + "\" fill=\"" + fill + "\"/>");
    }
  }

  private void text(int x, int y, String anchor, String words) {
    svg.append("<text x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor)
        .append("\" font-size=\"12\" fill=\"#5c6673\">" + words + "</text>");
  }
}
