package dev.durablecheckout.sandbox.contract;

/** The calls of the port that a channel answers. */
enum Call {
  CREATE,
  QUERY,
  CLOSE,
  REFUND
}
