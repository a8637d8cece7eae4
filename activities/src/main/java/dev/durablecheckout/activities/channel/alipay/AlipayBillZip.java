package dev.durablecheckout.activities.channel.alipay;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.io.ByteStreams;
import dev.durablecheckout.activities.bill.BillAnswer;
import dev.durablecheckout.activities.bill.BillSink;
import dev.durablecheckout.activities.bill.DamagedBillException;
import dev.durablecheckout.activities.http.CappedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A zip of CSV files, names and content in GBK: {@code 2088…0156_20260916_业务明细.csv} and {@code
 * …_业务明细(汇总).csv}, in any order. Which is which shows in their heads. Nothing is written to disk,
 * so a name can lead nowhere.
 */
final class AlipayBillZip {
  private static final Charset GBK = Charset.forName("GBK");

  /** Two, and some more should Alipay ever cut a long bill into parts. */
  private static final int MAX_ENTRIES = 16;

  /** Of all entries together, unpacked. */
  private static final long MAX_TEXT = 8L << 30;

  private final AlipayBillFile files;
  private final Hasher sha1;

  @SuppressWarnings("deprecation") // Not for safety: it tells two downloads of a bill apart.
  AlipayBillZip(String sellerId, LocalDate billDate, BillSink sink) {
    files = new AlipayBillFile(sellerId, billDate, sink);
    sha1 = Hashing.sha1().newHasher();
  }

  BillAnswer read(InputStream body) throws IOException, DamagedBillException {
    try {
      ZipInputStream zip = new ZipInputStream(body, GBK);
      InputStream text = new CappedInputStream(new OpenEntry(zip), MAX_TEXT);
      int entries = 0;
      for (ZipEntry entry = next(zip); entry != null; entry = next(zip)) {
        entries++;
        if (entries > MAX_ENTRIES) {
          throw new DamagedBillException("too many files in it");
        }
        if (entry.getName().toLowerCase(Locale.ROOT).endsWith(".csv")) {
          files.read(text);
        }
        // What an entry has beyond that is unpacked to be passed over: here it is counted.
        long unused = ByteStreams.exhaust(text);
      }
    } catch (ZipException | EOFException e) {
      // Of the compression: where the download itself breaks off, it is another exception.
      throw new DamagedBillException("it cannot be unpacked", e);
    }
    return BillAnswer.ready(files.checkedTotals(), sha1.hash().toString());
  }

  private static @Nullable ZipEntry next(ZipInputStream zip)
      throws IOException, DamagedBillException {
    try {
      return zip.getNextEntry();
    } catch (IllegalArgumentException e) {
      throw new DamagedBillException("a file's name cannot be read", e);
    }
  }

  /** The entry that is open, which feeds the digest. */
  private final class OpenEntry extends FilterInputStream {
    OpenEntry(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      if (count > 0) {
        sha1.putBytes(buffer, offset, count);
      }
      return count;
    }

    @Override
    public void close() {}
  }
}
