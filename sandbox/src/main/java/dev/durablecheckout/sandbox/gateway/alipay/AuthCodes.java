package dev.durablecheckout.sandbox.gateway.alipay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The codes that the buyer's phone shows to tills (付款码): each good for one use within a minute. */
final class AuthCodes {
  static final Duration LIFETIME = Duration.ofMinutes(1);

  /** Whose code it is. */
  enum Wallet {
    FULL,
    /** There is not enough in it for anything. */
    EMPTY
  }

  private record Shown(Wallet wallet, Instant until) {}

  private final Map<String, Shown> good = new HashMap<>();
  private final Clock clock;
  private final TradeNumbers numbers;

  AuthCodes(Clock clock, TradeNumbers numbers) {
    this.clock = clock;
    this.numbers = numbers;
  }

  synchronized String show(Wallet wallet) {
    String code = numbers.authCode(good::containsKey);
    good.put(code, new Shown(wallet, clock.instant().plus(LIFETIME)));
    return code;
  }

  /** Uses a code up; {@link TradeRefusedException} if it is not good, or not any more. */
  synchronized Wallet use(String code) {
    Shown shown = good.remove(code);
    if (shown == null || !clock.instant().isBefore(shown.until())) {
      throw new TradeRefusedException(TradeRefusal.PAYMENT_AUTH_CODE_INVALID);
    }
    return shown.wallet();
  }
}
