package dev.durablecheckout.workflows.payment;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

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

  /**
   * How long the channel answers for a payout from the day on which it was first asked for. After
   * it, that nothing is known under a number says nothing of whether it was paid, and the same
   * number might be paid again. Empty where no end is known.
   */
  public Optional<Duration> remembersPayouts() {
    return this == WECHAT_PAY ? Optional.of(Duration.ofDays(30)) : Optional.empty();
  }

  /** The channel with this stored code; IllegalArgumentException if there is none. */
  public static Channel ofCode(int code) {
    return Arrays.stream(values())
        .filter(channel -> channel.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no channel has the code " + code));
  }
}
