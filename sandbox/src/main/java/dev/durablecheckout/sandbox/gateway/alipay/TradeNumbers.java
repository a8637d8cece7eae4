package dev.durablecheckout.sandbox.gateway.alipay;

import java.time.Instant;
import java.util.Random;
import java.util.function.Predicate;

/** Numbers in the shapes that Alipay gives them; the caller says which are taken. */
final class TradeNumbers {
  private static final String CODE_LETTERS = "abcdefghijkmnpqrstuvwxyz0123456789";
  private static final int CODE_LENGTH = 22;
  private static final int TRADE_NO_RANDOM_DIGITS = 15;
  private static final int AUTH_CODE_RANDOM_DIGITS = 16;

  private final Random random;

  TradeNumbers(Random random) {
    this.random = random;
  }

  /** As in the path of a QR code: {@code bax0...}. */
  String code(Predicate<String> taken) {
    String code;
    do {
      code = "bax" + letters(CODE_LETTERS, CODE_LENGTH);
    } while (taken.test(code));
    return code;
  }

  /** 28 digits that begin with the day. */
  String tradeNo(Instant now, Predicate<String> taken) {
    String tradeNo;
    do {
      tradeNo = AlipayTime.day(now) + "22001" + letters("0123456789", TRADE_NO_RANDOM_DIGITS);
    } while (taken.test(tradeNo));
    return tradeNo;
  }

  /** What a till reads off a phone: 18 digits that begin with 28. */
  String authCode(Predicate<String> taken) {
    String authCode;
    do {
      authCode = "28" + letters("0123456789", AUTH_CODE_RANDOM_DIGITS);
    } while (taken.test(authCode));
    return authCode;
  }

  private String letters(String alphabet, int length) {
    StringBuilder letters = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      letters.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return letters.toString();
  }
}
