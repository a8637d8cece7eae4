package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.command.GravestAttention;
import io.temporal.workflow.Functions;
import org.jspecify.annotations.Nullable;

/**
 * Why a person should look at a checkout, kept the same in the books, the search attribute and the
 * operator's notes.
 */
final class AttentionFlag implements GravestAttention.Keeper<Attention> {
  private final CheckoutId checkoutId;
  private final CheckoutBooks books;
  private final Functions.Proc changed;
  private final GravestAttention<Attention> gravest = new GravestAttention<>(this);
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

  @Override
  public @Nullable Attention raised() {
    return raised;
  }

  @Override
  public void keep(@Nullable Attention reason, String detail) {
    Attention before = raised;
    raised = reason;
    if (reason != null) {
      books.recordAttention(checkoutId, reason, detail);
    } else if (before != null) {
      books.takeBackAttention(checkoutId, before, detail);
    }
    changed.apply();
  }

  /** Asks for a person, unless a reason as grave does so already. */
  void raise(Attention reason, String detail) {
    gravest.raise(reason, detail);
  }

  /** Takes this reason back, if it is the one that is raised. */
  void lower(Attention reason, String why) {
    gravest.lower(reason, why);
  }
}
