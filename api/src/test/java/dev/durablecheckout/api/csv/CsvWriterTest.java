package dev.durablecheckout.api.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that any reader of CSV reads alike, and that run nothing. */
final class CsvWriterTest {
  private static String row(Object... cells) throws IOException {
    StringWriter out = new StringWriter();
    new CsvWriter(out).row(cells);
    return out.toString();
  }

  @Test
  void quotesWhatWouldEndACell() throws IOException {
    assertThat(row("a", "b,c", "say \"hi\"", "two\nlines", "", 5))
        .isEqualTo("a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",,5\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "－1", "＋1", "＠A"})
  void aTextIsNeverAFormula(String text) throws IOException {
    assertThat(row(text)).isEqualTo("'" + text + "\r\n");
  }

  @Test
  void aFormulaThatNeedsQuotesIsNoneEither() throws IOException {
    assertThat(row("=HYPERLINK(\"http://x\",\"y\")"))
        .isEqualTo("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\r\n");
  }

  @Test
  void aNegativeNumberStaysANumber() throws IOException {
    assertThat(row(-700L, "-700")).isEqualTo("-700,'-700\r\n");
  }
}
