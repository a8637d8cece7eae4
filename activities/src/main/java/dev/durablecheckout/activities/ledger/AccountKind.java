package dev.durablecheckout.activities.ledger;

/** What an account stands for. Each merchant has its own of each kind. */
public enum AccountKind {
  /** What a buyer has put in and not spent: owed to the buyer. */
  WALLET,
  /** Money that lies at a channel for the merchant. */
  CHANNEL,
  /** What checkouts have earned: owed to the merchant. */
  SALES,
  /** Money of which it is not known yet where it came from or goes to. */
  SUSPENSE,
  /** What channels keep for their service. */
  FEE,
  /** What vouchers have paid in place of buyers. */
  VOUCHER
}
