package dev.durablecheckout.sandbox.gateway.alipay;

import dev.durablecheckout.sandbox.gateway.RefusedException;

/** Alipay's definite no to a payout: nothing has changed. */
public final class TransferRefusedException extends RefusedException {
  private static final long serialVersionUID = 1L;

  private final TransferRefusal refusal;

  TransferRefusedException(TransferRefusal refusal) {
    super(refusal + " " + refusal.text());
    this.refusal = refusal;
  }

  TransferRefusal refusal() {
    return refusal;
  }
}
