package dev.durablecheckout.sandbox.gateway.alipay;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Amounts on the wire: yuan with two decimals. Inside they are fen. */
final class Yuan {
  private static final Pattern FORM = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,2})?");
  private static final long MAX_FEN = 100_000_000_00L;
  private static final int SCALE = 2;

  private Yuan() {}

  /** 0.01 to 100000000 yuan in fen; empty for anything else. */
  static OptionalLong parse(String yuan) {
    if (!FORM.matcher(yuan).matches()) {
      return OptionalLong.empty();
    }
    long fen = new BigDecimal(yuan).movePointRight(SCALE).longValueExact();
    return fen >= 1 && fen <= MAX_FEN ? OptionalLong.of(fen) : OptionalLong.empty();
  }

  static String print(long fen) {
    return BigDecimal.valueOf(fen, SCALE).toPlainString();
  }
}
