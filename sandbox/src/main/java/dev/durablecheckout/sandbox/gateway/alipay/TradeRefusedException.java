package dev.durablecheckout.sandbox.gateway.alipay;

import dev.durablecheckout.sandbox.gateway.RefusedException;

/** Alipay's definite no: nothing has changed. */
public final class TradeRefusedException extends RefusedException {
  private static final long serialVersionUID = 1L;

  private final TradeRefusal refusal;

  TradeRefusedException(TradeRefusal refusal) {
    super(refusal.subCode() + " " + refusal.text());
    this.refusal = refusal;
  }

  public TradeRefusal refusal() {
    return refusal;
  }
}
