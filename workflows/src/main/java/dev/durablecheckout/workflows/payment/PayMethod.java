package dev.durablecheckout.workflows.payment;

/** How the buyer pays. Which channel offers what: {@link Channel#methods}. */
public enum PayMethod {
  /** The buyer scans a QR code (Alipay's precreate, WeChat Pay's native). */
  QR,
  /** The buyer is sent to the channel's page for large screens. */
  PAGE,
  /** The buyer is sent to the channel's page for phones, which opens its app. */
  WAP,
  /** The merchant's app hands over to the channel's app. */
  APP,
  /** The merchant's till scans the code on the buyer's phone. */
  BARCODE,
  /** A page inside WeChat, by an official account. */
  JSAPI,
  /** A WeChat mini program. */
  MINI_PROGRAM,
  /** A page in a phone's browser, outside WeChat, which opens it. */
  H5,
  /** The buyer's balance in our own books. */
  BALANCE
}
