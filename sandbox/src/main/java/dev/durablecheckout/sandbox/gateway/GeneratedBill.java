package dev.durablecheckout.sandbox.gateway;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A bill of as many lines as one likes, for a day of a shop that does not exist: a tenth are
 * refunds of the line before. With the same seed it is the same, however often it is gone through;
 * no line is kept.
 */
public final class GeneratedBill implements Iterable<BillEntry> {
  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);
  private static final int DAY_SECONDS = 24 * 60 * 60;
  private static final int MAX_FEN = 100_000;

  private final LocalDate day;
  private final long lines;
  private final long seed;

  public GeneratedBill(LocalDate day, long lines, long seed) {
    this.day = day;
    this.lines = lines;
    this.seed = seed;
  }

  @Override
  public Iterator<BillEntry> iterator() {
    return new Entries(new Random(seed));
  }

  private final class Entries implements Iterator<BillEntry> {
    private final Random random;
    private final Instant start = day.atStartOfDay(ZONE).toInstant();
    private long next;
    private @Nullable BillEntry lastPayment;

    Entries(Random random) {
      this.random = random;
    }

    @Override
    public boolean hasNext() {
      return next < lines;
    }

    @Override
    public BillEntry next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      next++;
      BillEntry paid = lastPayment;
      if (paid != null && random.nextInt(10) == 0) {
        lastPayment = null;
        return refund(paid);
      }
      BillEntry payment = payment();
      lastPayment = payment;
      return payment;
    }

    private BillEntry payment() {
      long fen = 1L + random.nextInt(MAX_FEN);
      Instant at = start.plusSeconds(next * DAY_SECONDS / (lines + 1));
      String number = "%d%010d".formatted(seed, next);
      return new BillEntry(
          BillEntry.Kind.PAYMENT,
          "G" + number,
          "4200000000" + number,
          "",
          "",
          fen,
          BillEntry.feeFen(fen),
          0,
          at.minusSeconds(30),
          at,
          "茶叶 " + next,
          "",
          "wx0000000000000000",
          "oGENERATED",
          "NATIVE");
    }

    private BillEntry refund(BillEntry paid) {
      return new BillEntry(
          BillEntry.Kind.REFUND,
          paid.outTradeNo(),
          paid.tradeNo(),
          "R" + paid.outTradeNo(),
          "50" + paid.tradeNo(),
          paid.amountFen(),
          -BillEntry.feeBackFen(paid.amountFen(), 0, paid.amountFen()),
          0,
          paid.createdAt(),
          paid.at(),
          paid.subject(),
          "SUCCESS",
          paid.appId(),
          paid.buyer(),
          paid.type());
    }
  }
}
