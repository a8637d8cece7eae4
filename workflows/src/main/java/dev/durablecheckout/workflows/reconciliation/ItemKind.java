package dev.durablecheckout.workflows.reconciliation;

/** What an item is about. */
public enum ItemKind {
  PAYMENT,
  REFUND,
  /** All fees of a day. */
  FEE,
  /** All vouchers of a day. */
  VOUCHER
}
