package dev.durablecheckout.activities.channel.alipay;

import static com.google.common.base.Preconditions.checkArgument;

import dev.durablecheckout.workflows.money.Money;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Alipay's amounts, yuan as text ({@code "12.34"}), and ours, integer fen. The only place where
 * yuan occur; both ways are exact.
 */
final class AlipayAmounts {
  private static final Pattern YUAN =
      Pattern.compile("(0|[1-9][0-9]{0,12})(?:\\.([0-9])([0-9])?)?");

  private AlipayAmounts() {}

  static String format(Money amount) {
    long fen = amount.amountFen();
    long rest = fen % 100;
    return fen / 100 + (rest < 10 ? ".0" : ".") + rest;
  }

  /**
   * Reads yuan with at most two decimals.
   *
   * @throws IllegalArgumentException for anything else: a sign, blanks, an exponent, a fraction of
   *     a fen
   */
  static Money parse(String yuan) {
    Matcher parts = YUAN.matcher(yuan);
    checkArgument(parts.matches(), "not an amount in yuan");
    String tens = parts.group(2);
    String ones = parts.group(3);
    return Money.ofFen(
        Long.parseLong(parts.group(1)) * 100
            + (tens == null ? 0 : Integer.parseInt(tens) * 10)
            + (ones == null ? 0 : Integer.parseInt(ones)));
  }
}
