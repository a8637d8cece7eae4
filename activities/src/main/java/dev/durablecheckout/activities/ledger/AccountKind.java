package dev.durablecheckout.activities.ledger;

/** What an account stands for. Each merchant has its own of each kind. */
public enum AccountKind {
  /** What a buyer has put in and not spent: owed to the buyer. */
  WALLET,
  /** Money that lies at a channel for the merchant. */
  CHANNEL,
  /** What checkouts have earned: owed to the merchant. */
  SALES,
  /** Money that is no sale: payments on their way back, and what is not explained yet. */
  SUSPENSE,
  /** What channels keep for their service. */
  FEE,
  /** What vouchers have paid in place of buyers. */
  VOUCHER,
  /** What is held for a payout to a buyer that is under way: left the wallet, still with us. */
  PAYOUT
}
