package dev.durablecheckout.workflows.reconciliation;

/**
 * A person's word on a difference.
 *
 * @param item its number, as the report has it
 * @param reason why it is as it is, for whoever reads the report
 */
public record Explanation(long item, String reason) {
  /** As long as a reason can be. */
  public static final int MAX_REASON = 500;
}
