package dev.durablecheckout.api.cashier;

import com.google.common.collect.ImmutableMap;
import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;

/** Draws a text as a QR code: one SVG path, sharp at any size, that no content policy minds. */
final class QrSvg {
  /** Modules of white around the code; four is what scanners are promised. */
  private static final int QUIET_ZONE = 4;

  private QrSvg() {}

  static String of(String content) {
    BitMatrix matrix = encode(content);
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < matrix.getHeight(); y++) {
      int x = 0;
      while (x < matrix.getWidth()) {
        int end = x;
        while (end < matrix.getWidth() && matrix.get(end, y)) {
          end++;
        }
        if (end > x) {
          path.append('M').append(x).append(' ').append(y).append('h').append(end - x);
          path.append("v1h-").append(end - x).append('z');
        }
        x = end + 1;
      }
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
        + matrix.getWidth()
        + " "
        + matrix.getHeight()
        + "\" shape-rendering=\"crispEdges\" aria-hidden=\"true\" focusable=\"false\">"
        + "<path fill=\"#fff\" d=\"M0 0h"
        + matrix.getWidth()
        + "v"
        + matrix.getHeight()
        + "H0z\"/><path fill=\"#000\" d=\""
        + path
        + "\"/></svg>";
  }

  private static BitMatrix encode(String content) {
    try {
      return new QRCodeWriter()
          .encode(
              content,
              BarcodeFormat.QR_CODE,
              0,
              0,
              ImmutableMap.of(
                  EncodeHintType.CHARACTER_SET,
                  "UTF-8",
                  EncodeHintType.ERROR_CORRECTION,
                  ErrorCorrectionLevel.M,
                  EncodeHintType.MARGIN,
                  QUIET_ZONE));
    } catch (WriterException e) {
      throw new IllegalArgumentException("a credential too long for a QR code", e);
    }
  }
}
