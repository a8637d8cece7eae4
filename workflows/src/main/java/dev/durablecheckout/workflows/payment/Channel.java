package dev.durablecheckout.workflows.payment;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Arrays;

/** Who moves the money, and how a buyer can pay there. The code is stored and never reused. */
public enum Channel {
  ALIPAY(1, PayMethod.QR, PayMethod.PAGE, PayMethod.WAP, PayMethod.APP, PayMethod.BARCODE),
  WECHAT_PAY(2, PayMethod.QR, PayMethod.JSAPI, PayMethod.MINI_PROGRAM, PayMethod.H5, PayMethod.APP),
  /** The buyer's balance in our own books. */
  WALLET(3, PayMethod.BALANCE);

  private final short code;
  private final ImmutableSet<PayMethod> methods;

  Channel(int code, PayMethod... methods) {
    this.code = (short) code;
    this.methods = Sets.immutableEnumSet(Arrays.asList(methods));
  }

  public short code() {
    return code;
  }

  /** Whether another company holds the money; that of the wallet is in our own books. */
  public boolean isOutside() {
    return this != WALLET;
  }

  /** How a buyer can pay through it. */
  public ImmutableSet<PayMethod> methods() {
    return methods;
  }

  /** The channel with this stored code; IllegalArgumentException if there is none. */
  public static Channel ofCode(int code) {
    return Arrays.stream(values())
        .filter(channel -> channel.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no channel has the code " + code));
  }
}
