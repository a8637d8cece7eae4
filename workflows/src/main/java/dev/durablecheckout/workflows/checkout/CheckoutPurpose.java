package dev.durablecheckout.workflows.checkout;

/** What a buyer pays for. */
public enum CheckoutPurpose {
  /** Goods or a service: the merchant has earned the money once it is paid. */
  SALE,
  /**
   * The buyer's own wallet: the money is in it in the moment in which the checkout is paid. There
   * are no items, and a wallet does not pay for it.
   */
  WALLET_TOP_UP
}
