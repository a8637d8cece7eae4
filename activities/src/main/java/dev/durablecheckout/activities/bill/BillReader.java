package dev.durablecheckout.activities.bill;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Reads a bill line by line and holds one line of it, however long the bill and whatever is in it.
 *
 * <p>No CSV library: what the channels write is not the CSV of RFC 4180. WeChat Pay puts a
 * back-quote before each value and none behind it; Alipay quotes nothing, so that a product's name
 * with one quotation mark in it would make a CSV reader swallow the lines that follow.
 */
public final class BillReader {
  /** Longer than any line of a bill: 27 values, the longest of them 256 characters. */
  private static final int MAX_LINE = 1 << 14;

  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final Reader reader;
  private final char[] buffer = new char[1 << 13];
  private int next;
  private int end;
  private long lineNo;

  public BillReader(InputStream in, Charset charset) {
    // What cannot be decoded is in names, which nothing here depends on: it is replaced.
    reader = new InputStreamReader(in, charset);
  }

  /** The next line without its end, or null after the last one. */
  public @Nullable String next() throws IOException, DamagedBillException {
    StringBuilder line = new StringBuilder();
    boolean any = false;
    while (next < end || fill()) {
      any = true;
      int newline = indexOfNewline();
      line.append(buffer, next, newline - next);
      boolean whole = newline < end;
      next = whole ? newline + 1 : newline;
      if (line.length() > MAX_LINE) {
        throw new DamagedBillException("line " + (lineNo + 1) + " is too long");
      }
      if (whole) {
        break;
      }
    }
    if (!any) {
      return null;
    }
    lineNo++;
    return stripped(line);
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(reader.read(buffer, 0, buffer.length), 0);
    return end > 0;
  }

  private int indexOfNewline() {
    int i = next;
    while (i < end && buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  private String stripped(StringBuilder line) {
    int start = lineNo == 1 && line.length() > 0 && line.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    int length = line.length();
    return line.substring(
        start, length > start && line.charAt(length - 1) == '\r' ? length - 1 : length);
  }

  /** Of the line that was read last, from 1. */
  public long lineNo() {
    return lineNo;
  }

  /** What is wrong with the line that was read last; says nothing of what is in it. */
  public DamagedBillException damaged(String why) {
    return new DamagedBillException("line " + lineNo + ": " + why);
  }
}
