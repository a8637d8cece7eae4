package dev.durablecheckout.activities.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Throws {@link TooLargeException} where a stream goes on beyond a limit, instead of ending there
 * as if that were all.
 */
public final class CappedInputStream extends FilterInputStream {
  private final long limit;
  private long left;

  public CappedInputStream(InputStream in, long limit) {
    super(in);
    this.limit = limit;
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    if (one >= 0) {
      count(1);
    }
    return one;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    if (count > 0) {
      count(count);
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(count);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long bytes) throws TooLargeException {
    left -= bytes;
    if (left < 0) {
      throw new TooLargeException(limit);
    }
  }
}
