package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * Why a person should look at a checkout: one reason at a time, the gravest, kept the same in the
 * books, the search attribute and the operator's notes.
 */
final class AttentionFlag {
  private final CheckoutId checkoutId;
  private final CheckoutBooks books;
  private final Functions.Proc changed;
  private @Nullable Attention raised;

  /**
   * @param changed called when the flag has changed
   */
  AttentionFlag(CheckoutId checkoutId, CheckoutBooks books, Functions.Proc changed) {
    this.checkoutId = checkoutId;
    this.books = books;
    this.changed = changed;
  }

  /** Goes on from what the books hold. */
  void takeUp(@Nullable Attention recorded) {
    raised = recorded;
  }

  @Nullable Attention raised() {
    return raised;
  }

  /** Asks for a person, unless a reason as grave does so already. */
  void raise(Attention reason, String detail) {
    // Ordered by severity: the first constant is the gravest.
    if (raised == null || reason.compareTo(raised) < 0) {
      raised = reason;
      books.recordAttention(checkoutId, reason, detail);
      Workflow.upsertTypedSearchAttributes(SearchAttributeKeys.ATTENTION.valueSet(reason.name()));
      changed.apply();
    }
  }

  /** Takes this reason back, if it is the one that is raised. */
  void lower(Attention reason, String why) {
    if (raised == reason) {
      raised = null;
      books.takeBackAttention(checkoutId, reason, why);
      Workflow.upsertTypedSearchAttributes(SearchAttributeKeys.ATTENTION.valueUnset());
      changed.apply();
    }
  }
}
