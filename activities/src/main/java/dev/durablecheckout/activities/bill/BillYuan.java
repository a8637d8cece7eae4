package dev.durablecheckout.activities.bill;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Amounts in bills: yuan as text with up to five decimals and maybe a sign. Read into thousandths
 * of a fen, in which all of them are whole and sums exact.
 */
public final class BillYuan {
  private static final int THOUSANDTHS = 1000;
  private static final int DECIMALS = 5;
  private static final int MAX_WHOLE = 12;

  private BillYuan() {}

  /**
   * An amount in thousandths of a fen.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static long thousandths(String yuan) {
    boolean negative = yuan.startsWith("-");
    int start = negative ? 1 : 0;
    int point = yuan.indexOf('.');
    int wholeEnd = point < 0 ? yuan.length() : point;
    int decimals = point < 0 ? 0 : yuan.length() - point - 1;
    checkArgument(
        wholeEnd > start
            && wholeEnd - start <= MAX_WHOLE
            && decimals <= DECIMALS
            && (point < 0 || decimals > 0),
        "not an amount in yuan");
    long value = 0;
    for (int i = start; i < yuan.length(); i++) {
      if (i != point) {
        value = value * 10 + digit(yuan.charAt(i));
      }
    }
    for (int i = decimals; i < DECIMALS; i++) {
      value *= 10;
    }
    return negative ? -value : value;
  }

  private static int digit(char character) {
    checkArgument(character >= '0' && character <= '9', "not an amount in yuan");
    return character - '0';
  }

  /**
   * Whole fen.
   *
   * @throws IllegalArgumentException if it is no amount, or holds a fraction of a fen
   */
  public static long fen(String yuan) {
    long thousandths = thousandths(yuan);
    checkArgument(thousandths % THOUSANDTHS == 0, "a fraction of a fen");
    return thousandths / THOUSANDTHS;
  }

  /**
   * The nearest whole fen, halves away from zero: for fees, which WeChat Pay writes with five
   * decimals.
   */
  public static long nearestFen(long thousandths) {
    long half = thousandths < 0 ? -THOUSANDTHS / 2 : THOUSANDTHS / 2;
    return (thousandths + half) / THOUSANDTHS;
  }
}
