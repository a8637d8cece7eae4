package dev.durablecheckout.activities.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.workflows.state.Moves;
import org.jdbi.v3.core.Handle;

/**
 * Tries every move between two states on a row that really is in the first of them. A move is made
 * exactly where the table of moves has it; elsewhere, and when it is repeated, the row stays as it
 * is to the byte.
 */
public final class EveryPair {
  /** The rows under test; each pair gets one of its own. */
  public interface Rows<S> {
    /** Writes row {@code number} in a state, by plain SQL. */
    void insert(Handle handle, int number, S state);

    /** Tries the move as the books do it; returns whether it was made. */
    boolean move(Handle handle, int number, S to);

    /** The state of row {@code number}, and all else that is in it. */
    String select();
  }

  private EveryPair() {}

  public static <S extends Enum<S>> void visit(
      TestDatabase database, Class<S> type, Moves<S> moves, Rows<S> rows) {
    int number = 0;
    for (S from : type.getEnumConstants()) {
      for (S to : type.getEnumConstants()) {
        int row = ++number;
        database.jdbi().useTransaction(handle -> rows.insert(handle, row, from));
        String before = read(database, rows, row);
        assertThat(move(database, rows, row, to))
            .as("%s to %s", from, to)
            .isEqualTo(moves.allows(from, to));
        String after = read(database, rows, row);
        if (moves.allows(from, to)) {
          assertThat(after).startsWith(to.name() + " ").isNotEqualTo(before);
          assertThat(move(database, rows, row, to)).as("%s to %s again", from, to).isFalse();
          assertThat(read(database, rows, row)).as("%s to %s again", from, to).isEqualTo(after);
        } else {
          assertThat(after).as("%s, after %s was refused", from, to).isEqualTo(before);
        }
      }
    }
    assertThat(number).isEqualTo(type.getEnumConstants().length * type.getEnumConstants().length);
  }

  private static <S> boolean move(TestDatabase database, Rows<S> rows, int number, S to) {
    return database.jdbi().inTransaction(handle -> rows.move(handle, number, to));
  }

  /** With the row's version: an update that changes nothing would show too. */
  private static String read(TestDatabase database, Rows<?> rows, int number) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery(rows.select()).bind("number", number).mapTo(String.class).one());
  }
}
