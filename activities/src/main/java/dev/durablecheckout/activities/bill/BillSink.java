package dev.durablecheckout.activities.bill;

/** Takes the lines of a bill, one by one, in the order of the file. */
@FunctionalInterface
public interface BillSink {
  /**
   * Takes a line, which counts only once the whole bill has turned out to be sound. Blocks as long
   * as it likes: nothing is read meanwhile. What it throws ends the download and reaches the
   * caller.
   */
  void accept(BillLine line);
}
