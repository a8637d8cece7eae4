package dev.durablecheckout.sandbox.gateway.alipay;

/**
 * Somebody with the Alipay app. Each method takes the text of a QR code, its code, or the
 * merchant's or Alipay's number of the trade; where Alipay would say no, it throws {@link
 * TradeRefusedException}.
 */
public final class AlipayBuyer {
  private final TradeRegister register;
  private final Notifier notifier;
  private final AppOrders appOrders;
  private final AuthCodes authCodes;

  AlipayBuyer(TradeRegister register, Notifier notifier, AppOrders appOrders, AuthCodes authCodes) {
    this.register = register;
    this.notifier = notifier;
    this.appOrders = appOrders;
    this.authCodes = authCodes;
  }

  /** What the phone shows to a till: good once, for a minute. */
  public String showCode() {
    return authCodes.show(AuthCodes.Wallet.FULL);
  }

  /** The same of somebody who cannot pay. */
  public String showCodeOfEmptyWallet() {
    return authCodes.show(AuthCodes.Wallet.EMPTY);
  }

  /**
   * A merchant's app hands its order over: Alipay's app shows it, there is no trade yet.
   *
   * @throws IllegalArgumentException if the order is not the merchant's, with Alipay's code for it
   */
  public TradeBook openApp(String orderString) {
    try {
      return TradeBook.of(appOrders.open(orderString));
    } catch (InvalidRequestException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Scans the code, logs in on the page, or enters the right password on the phone: from now on
   * there is a trade.
   */
  public TradeBook scan(String trade) {
    return TradeBook.of(register.scan(trade));
  }

  /**
   * Scans if that is still to be done, and pays; or confirms what a till asks for. The merchant is
   * notified.
   */
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
