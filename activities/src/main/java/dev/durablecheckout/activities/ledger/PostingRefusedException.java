package dev.durablecheckout.activities.ledger;

/** The business key stands for another posting already. Nothing was written. */
public final class PostingRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PostingRefusedException(BusinessKey key) {
    super(key + " is in the ledger already, with other contents");
  }
}
