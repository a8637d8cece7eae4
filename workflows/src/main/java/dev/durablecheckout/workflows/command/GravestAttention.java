package dev.durablecheckout.workflows.command;

import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * Why a person should look at something: one reason at a time, the gravest, kept the same in the
 * books and the search attribute.
 *
 * @param <A> the reasons, the gravest first
 */
public final class GravestAttention<A extends Enum<A>> {
  /** Who knows the reason that is raised, and keeps it in the books. */
  public interface Keeper<A extends Enum<A>> {
    @Nullable A raised();

    /**
     * @param reason absent if nobody needs to look any more
     * @param detail for the timeline
     */
    void keep(@Nullable A reason, String detail);
  }

  private final Keeper<A> keeper;

  public GravestAttention(Keeper<A> keeper) {
    this.keeper = keeper;
  }

  /** Asks for a person, unless a reason as grave does so already. */
  public void raise(A reason, String detail) {
    A raised = keeper.raised();
    if (raised == null || reason.compareTo(raised) < 0) {
      keeper.keep(reason, detail);
      Workflow.upsertTypedSearchAttributes(SearchAttributeKeys.ATTENTION.valueSet(reason.name()));
    }
  }

  /** Takes this reason back, if it is the one that is raised. */
  public void lower(A reason, String why) {
    if (keeper.raised() == reason) {
      keeper.keep(null, why);
      Workflow.upsertTypedSearchAttributes(SearchAttributeKeys.ATTENTION.valueUnset());
    }
  }
}
