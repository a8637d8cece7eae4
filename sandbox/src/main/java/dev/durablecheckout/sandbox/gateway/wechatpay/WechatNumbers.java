package dev.durablecheckout.sandbox.gateway.wechatpay;

import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and texts in the shapes that WeChat gives them. */
final class WechatNumbers {
  private static final String DIGITS = "0123456789";
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + DIGITS;
  private static final int NUMBER_LENGTH = 28;
  private static final int CODE_LENGTH = 11;
  private static final int PREPAY_ID_LENGTH = 34;
  private static final Pattern CODE = Pattern.compile("[?&](?:pr|prepay_id)=([0-9A-Za-z_-]+)");

  private final Random random;

  WechatNumbers(Random random) {
    this.random = random;
  }

  String letters(int length) {
    return text(LETTERS, length);
  }

  /** Digits that begin so, 28 in all. Too many to come twice. */
  String digits(String beginning) {
    return beginning + text(DIGITS, NUMBER_LENGTH - beginning.length());
  }

  /** As in a QR code's text, or a {@code prepay_id}. */
  String code(TradeType tradeType, Predicate<String> taken) {
    String code;
    do {
      code =
          tradeType == TradeType.NATIVE ? letters(CODE_LENGTH) : "wx" + letters(PREPAY_ID_LENGTH);
    } while (taken.test(code));
    return code;
  }

  /** The code in a credential's text; the text itself if it is none. */
  static String codeIn(String credential) {
    Matcher matcher = CODE.matcher(credential);
    return matcher.find() ? matcher.group(1) : credential;
  }

  private synchronized String text(String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
