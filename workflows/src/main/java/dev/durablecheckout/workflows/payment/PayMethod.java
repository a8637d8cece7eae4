package dev.durablecheckout.workflows.payment;

/** How the buyer pays. */
public enum PayMethod {
  /** The buyer scans a QR code. */
  QR,
  /** The buyer is sent to the channel's page. */
  PAGE
}
