package dev.durablecheckout.activities.http;

import java.io.IOException;

/** More bytes than anybody is ready to read. */
public final class TooLargeException extends IOException {
  private static final long serialVersionUID = 1;

  public TooLargeException(long limit) {
    super("more than " + limit + " bytes");
  }
}
