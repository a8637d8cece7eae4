package dev.durablecheckout.api.cashier;

import com.google.zxing.ChecksumException;
import com.google.zxing.FormatException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a QR code off the page as a phone would. */
final class DrawnQr {
  private static final Pattern SIZE = Pattern.compile("viewBox=\"0 0 (\\d+) \\1\"");
  private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\3z");
  private static final int QUIET = 4;

  private DrawnQr() {}

  static String textIn(String html) throws FormatException, ChecksumException {
    String svg = html.substring(html.indexOf("class=\"code\""));
    Matcher size = SIZE.matcher(svg);
    if (!size.find()) {
      throw new AssertionError("no QR code in the page");
    }
    BitMatrix matrix = new BitMatrix(Integer.parseInt(size.group(1)) - 2 * QUIET);
    Matcher run = RUN.matcher(svg);
    while (run.find()) {
      matrix.setRegion(
          Integer.parseInt(run.group(1)) - QUIET,
          Integer.parseInt(run.group(2)) - QUIET,
          Integer.parseInt(run.group(3)),
          1);
    }
    return new Decoder().decode(matrix).getText();
  }
}
