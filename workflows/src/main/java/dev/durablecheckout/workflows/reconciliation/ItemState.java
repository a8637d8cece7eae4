package dev.durablecheckout.workflows.reconciliation;

/** What became of a difference. */
public enum ItemState {
  /** A person should look, unless it is being repaired just now. */
  OPEN,
  /** It may turn up in the next days' bills. */
  LATE_POOL,
  /** It was missing here, and was put right without a person. */
  REPAIRED,
  /** It is no difference any more: a later bill, or the books, have it now. */
  EXPLAINED,
  /** A person said why it is as it is. */
  CLOSED_BY_PERSON
}
