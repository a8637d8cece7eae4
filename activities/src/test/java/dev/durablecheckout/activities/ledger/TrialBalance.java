package dev.durablecheckout.activities.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The query that docs/ledger.md tells its readers to run. */
final class TrialBalance {
  private static final Pattern SQL = Pattern.compile("(?s)```sql\n(select a\\.kind.*?);\n```");

  private TrialBalance() {}

  static String fromTheDocs() {
    try {
      Matcher sql =
          SQL.matcher(
              Files.readString(Path.of(System.getProperty("project.root"), "docs", "ledger.md")));
      if (!sql.find()) {
        throw new AssertionError("docs/ledger.md has no trial balance");
      }
      return sql.group(1).replace("'demo-shop'", ":merchant");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
