package dev.durablecheckout.workflows.payment;

import java.util.Arrays;

/** Who moves the money. The code is stored in the books and never reused. */
public enum Channel {
  ALIPAY((short) 1);

  private final short code;

  Channel(short code) {
    this.code = code;
  }

  public short code() {
    return code;
  }

  /** The channel with this stored code; IllegalArgumentException if there is none. */
  public static Channel ofCode(int code) {
    return Arrays.stream(values())
        .filter(channel -> channel.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no channel has the code " + code));
  }
}
