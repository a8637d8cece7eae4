package dev.durablecheckout.workflows.checkout;

/** Why a checkout was closed unpaid. */
public enum CloseReason {
  /** Its deadline passed. */
  EXPIRED,
  /** The merchant cancelled it. */
  CANCELLED
}
