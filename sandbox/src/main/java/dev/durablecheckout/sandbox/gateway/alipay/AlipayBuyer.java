package dev.durablecheckout.sandbox.gateway.alipay;

/**
 * Somebody with the Alipay app. Each method takes the text of a QR code, its code, or the
 * merchant's or Alipay's number of the trade; where Alipay would say no, it throws {@link
 * TradeRefusedException}.
 */
public final class AlipayBuyer {
  private final TradeRegister register;
  private final Notifier notifier;

  AlipayBuyer(TradeRegister register, Notifier notifier) {
    this.register = register;
    this.notifier = notifier;
  }

  /** Scans the code, or logs in on the page: from now on there is a trade. */
  public TradeBook scan(String trade) {
    return TradeBook.of(register.scan(trade));
  }

  /** Scans if that is still to be done, and pays. The merchant is notified. */
  public TradeBook pay(String trade) {
    register.scan(trade);
    return paid(register.pay(trade));
  }

  /**
   * Pays although the trade has expired or was closed: what a race between the buyer and the clock
   * can come to.
   */
  public TradeBook payLate(String trade) {
    return paid(register.payLate(trade));
  }

  /** Goes away without paying: the trade stays as it is, and can be paid until it expires. */
  public TradeBook walkAway(String trade) {
    return TradeBook.of(register.walkAway(trade));
  }

  private TradeBook paid(Trade trade) {
    notifier.paid(trade);
    return TradeBook.of(trade);
  }
}
