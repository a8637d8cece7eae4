package dev.durablecheckout.sandbox.gateway.wechatpay;

import java.util.Random;

/** Numbers in the shapes that WeChat gives them. Never the same twice. */
final class WechatNumbers {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private final Random random;
  private long count;

  WechatNumbers(Random random) {
    this.random = random;
  }

  synchronized String letters(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  /** Digits that begin so, 28 in all. */
  synchronized String digits(String beginning) {
    StringBuilder digits = new StringBuilder(beginning);
    while (digits.length() < 20) {
      digits.append(random.nextInt(10));
    }
    return digits.append("%08d".formatted(++count)).toString();
  }
}
