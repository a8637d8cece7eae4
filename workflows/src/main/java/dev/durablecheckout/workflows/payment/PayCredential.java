package dev.durablecheckout.workflows.payment;

/**
 * What the buyer needs to pay.
 *
 * @param content the text of the QR code, or the URL to open
 */
public record PayCredential(Type type, String content) {
  /** How {@code content} is to be used. */
  public enum Type {
    QR_CODE,
    REDIRECT_URL
  }
}
