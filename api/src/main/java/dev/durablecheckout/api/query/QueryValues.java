package dev.durablecheckout.api.query;

import dev.durablecheckout.api.error.FieldFault;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.workflows.reconciliation.BillDay;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a query's parameters, each absent if it was not given, and collects what is
 * wrong with them. What was read counts only after {@link #finish}.
 */
public final class QueryValues {
  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private final List<FieldFault> faults = new ArrayList<>();

  /** A day such as 2026-11-24, and in no other form; absent if it is none. */
  public static Optional<LocalDate> parseDay(String text) {
    try {
      return DAY.matcher(text).matches() ? Optional.of(LocalDate.parse(text)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A day. */
  public Optional<LocalDate> day(String name, @Nullable String text) {
    return read(
        text,
        given -> {
          Optional<LocalDate> day = parseDay(given);
          if (day.isEmpty()) {
            fault(name, "bad_form", "must be a day such as 2026-11-24");
          }
          return day;
        });
  }

  /** A time, RFC 3339, or the beginning of a day in {@link BillDay#ZONE}. */
  public Optional<Instant> time(String name, @Nullable String text) {
    return read(
        text,
        given -> {
          Optional<Instant> time =
              parseTime(given)
                  .filter(at -> !at.isBefore(Instant.EPOCH) && at.isBefore(END_OF_TIME));
          if (time.isEmpty()) {
            fault(
                name,
                "bad_form",
                "must be a day such as 2026-11-24, or a time such as 2026-11-24T12:30:00%2B08:00"
                    + " (in a URL, + is written %2B)");
          }
          return time;
        });
  }

  private static Optional<Instant> parseTime(String text) {
    try {
      return Optional.of(
          DAY.matcher(text).matches()
              ? LocalDate.parse(text).atStartOfDay(BillDay.ZONE).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A whole number, both limits included. */
  public Optional<Long> number(String name, @Nullable String text, long least, long most) {
    return read(
        text,
        given -> {
          Optional<Long> number =
              NUMBER.matcher(given).matches()
                  ? Optional.of(Long.valueOf(given))
                      .filter(value -> value >= least && value <= most)
                  : Optional.empty();
          if (number.isEmpty()) {
            fault(name, "out_of_range", "must be a whole number from " + least + " to " + most);
          }
          return number;
        });
  }

  /** How many there may be in an answer. */
  public int limit(String name, @Nullable String text, int usual, int most) {
    return number(name, text, 1, most).map(Long::intValue).orElse(usual);
  }

  private static <T> Optional<T> read(@Nullable String text, Function<String, Optional<T>> reader) {
    return Optional.ofNullable(text).flatMap(reader);
  }

  /** Says what is wrong with a parameter. */
  public void fault(String name, String code, String detail) {
    faults.add(new FieldFault(name, code, detail));
  }

  /** Throws if anything is wrong. */
  public void finish() {
    if (!faults.isEmpty()) {
      throw ProblemException.of(faults);
    }
  }
}
