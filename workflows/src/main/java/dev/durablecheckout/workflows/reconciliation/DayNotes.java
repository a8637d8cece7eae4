package dev.durablecheckout.workflows.reconciliation;

/** What an operator reads on a day's page in the Temporal UI. Markdown. */
final class DayNotes {
  private DayNotes() {}

  static String of(DayView view) {
    return view.lines()
        + " lines in the bill, "
        + view.matched()
        + " of them agree. "
        + view.repaired()
        + " repaired, "
        + view.late()
        + " wait for the next bills, **"
        + view.open()
        + " open**.\n\n"
        + whatToDo(view.status());
  }

  private static String whatToDo(ReconciliationStatus status) {
    return switch (status) {
      case DOWNLOADING -> "Nothing was compared yet.";
      case MATCHED -> "Nothing to do: the next days' bills are to show the rest.";
      case SETTLED -> "Nothing to do.";
      case OPEN ->
          "Look at the open items of this day's report. Put right what they show, then send the update"
              + " `rerun`; or say why it is as it is with the update `explain`.";
    };
  }
}
