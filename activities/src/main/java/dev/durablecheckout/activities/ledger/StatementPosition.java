package dev.durablecheckout.activities.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a statement: after this line of this posting. It carries the balance, so that the next
 * page need not sum all that came before it. Whoever makes one up gets wrong sums of an account
 * that is theirs, and nothing else.
 *
 * @param balanceFen debits less credits up to here
 */
public record StatementPosition(Instant at, long posting, int line, long balanceFen) {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,16})\\.(\\d{1,18})\\.(\\d{1,4})\\.(-?\\d{1,18})");
  private static final long MICROS = 1_000_000;

  /** What {@link #text} gave; empty for anything else. */
  public static Optional<StatementPosition> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    long micros = Long.parseLong(form.group(1));
    return Optional.of(
        new StatementPosition(
            Instant.ofEpochSecond(micros / MICROS, micros % MICROS * 1000),
            Long.parseLong(form.group(2)),
            Integer.parseInt(form.group(3)),
            Long.parseLong(form.group(4))));
  }

  /** For a URL. PostgreSQL keeps microseconds: nothing is lost. */
  public String text() {
    long micros =
        Math.addExact(Math.multiplyExact(at.getEpochSecond(), MICROS), at.getNano() / 1000);
    return micros + "." + posting + "." + line + "." + balanceFen;
  }
}
