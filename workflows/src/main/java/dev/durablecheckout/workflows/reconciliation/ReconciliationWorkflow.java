package dev.durablecheckout.workflows.reconciliation;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One day of one merchant's account at one channel, from the bill to the point where every fen of
 * it is explained. Its id is {@link BillDay#workflowId}. To run a day again that has ended, start
 * it again: the same bill leaves the same behind.
 */
@WorkflowInterface
public interface ReconciliationWorkflow {
  /** A day that nobody has settled by then ends as it stands; the report keeps it. */
  Duration LIFE = Duration.ofDays(60);

  /**
   * Ends when the day is SETTLED, or, after two months, as it then stands.
   *
   * @param begun when the first of its runs began; absent in that one
   * @return where the day stands
   */
  @WorkflowMethod
  DayView run(BillDay day, @Nullable Instant begun);

  /**
   * Downloads and compares again, soon: for when something was put right at the channel or in the
   * books. Answers at once.
   */
  @UpdateMethod(description = "Download the bill and compare again; say why")
  DayView rerun(String reason);

  @UpdateValidatorMethod(updateName = "rerun")
  void validateRerun(String reason);

  /** Closes a difference by a person's word. Fails with {@code NO_SUCH_ITEM}. */
  @UpdateMethod(description = "Close a difference: its number in the report, and why")
  DayView explain(Explanation explanation);

  @UpdateValidatorMethod(updateName = "explain")
  void validateExplain(Explanation explanation);

  @QueryMethod(description = "Where the day stands")
  DayView view();
}
