package dev.durablecheckout.api.csv;

import static java.util.stream.Collectors.joining;

import com.google.common.base.CharMatcher;
import java.io.IOException;
import java.io.Writer;
import java.util.stream.Stream;

/**
 * Writes a table as CSV (RFC 4180), row by row. A text that a spreadsheet would take for a formula
 * has an apostrophe in front: a buyer's id, or a reference that somebody chose, must not run on the
 * machine of whoever opens the file. Numbers stay as they are, also negative ones.
 */
public final class CsvWriter {
  /** With its charset, since spreadsheets guess. */
  public static final String MEDIA_TYPE = "text/csv";

  private static final CharMatcher FORMULA = CharMatcher.anyOf("=+-@\t\r\n＝＋－＠");
  private static final CharMatcher SPECIAL = CharMatcher.anyOf(",\"\r\n");

  private final Writer out;

  public CsvWriter(Writer out) {
    this.out = out;
  }

  /**
   * One row; the first one names the columns.
   *
   * @param cells texts and numbers; an empty text for none
   */
  public void row(Object... cells) throws IOException {
    out.write(Stream.of(cells).map(CsvWriter::cell).collect(joining(",", "", "\r\n")));
  }

  private static String cell(Object value) {
    if (value instanceof Number) {
      return value.toString();
    }
    String text = value.toString();
    if (!text.isEmpty() && FORMULA.matches(text.charAt(0))) {
      text = "'" + text;
    }
    return SPECIAL.matchesAnyOf(text) ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
