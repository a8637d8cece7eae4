package dev.durablecheckout.activities.bill;

/**
 * The bill came, and cannot be right: its digest, its totals or its number of lines differ, a line
 * cannot be read, or it is somebody else's. It shows at the end, when lines have been handed out
 * already: whoever staged them drops them. A new download may be sound. The message names what
 * differs, and holds no line.
 */
public final class DamagedBillException extends Exception {
  public DamagedBillException(String message) {
    super(message);
  }

  public DamagedBillException(String message, Throwable cause) {
    super(message, cause);
  }
}
