package dev.durablecheckout.sandbox.gateway;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a simulated channel's bills. A changed line stays changed in each download, as
 * if the channel believed it, in a bill that is sound otherwise; a trouble is that of one download,
 * or of some.
 */
public final class BillTampering {
  /** What is done to a line. */
  public enum What {
    /** A payment that the merchant never asked for. */
    PHANTOM,
    /** A payment with its refunds is missing. */
    LEFT_OUT,
    /** The payment has another amount. */
    AMOUNT,
    /** Each line of the payment comes twice. */
    TWICE,
    /** So much of the payment was paid with vouchers that the merchant gave. */
    VOUCHER
  }

  /** What happens to a download. */
  public enum Trouble {
    /** It is not written yet. */
    NOT_READY,
    /** The day is said to have been empty. */
    EMPTY,
    /** WeChat Pay: the digest is another. Alipay: the zip is cut short. */
    DAMAGED,
    /** The totals are a fen off. */
    WRONG_TOTALS,
    /** The link has ended before anybody can call it. */
    LINK_DEAD
  }

  /**
   * A change.
   *
   * @param day whose bill it is in; absent for any
   * @param amountFen the phantom's, the new one, or the voucher's
   */
  public record Change(What what, @Nullable LocalDate day, String outTradeNo, long amountFen) {}

  private static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

  private final List<Change> changes = new ArrayList<>();
  private @Nullable Trouble trouble;
  private int times;
  private boolean readyAtOnce;
  private long generatedLines;
  private long seed;

  public synchronized void change(Change change) {
    checkArgument(change.amountFen >= 0, "amount %s", change.amountFen);
    changes.add(change);
  }

  /** The next downloads have this trouble. */
  public synchronized void trouble(Trouble newTrouble, int newTimes) {
    checkArgument(newTimes > 0, "times %s", newTimes);
    trouble = newTrouble;
    times = newTimes;
  }

  /** Bills can be had before their day is over, as far as it has come. */
  public synchronized void readyAtOnce(boolean isReady) {
    readyAtOnce = isReady;
  }

  /**
   * Each bill has so many lines, made up from this seed, instead of the merchant's; 0 to end it.
   */
  public synchronized void generate(long lines, long newSeed) {
    generatedLines = lines;
    seed = newSeed;
  }

  public synchronized void clear() {
    changes.clear();
    trouble = null;
    readyAtOnce = false;
    generatedLines = 0;
  }

  public synchronized boolean isReadyAtOnce() {
    return readyAtOnce;
  }

  /** What is wrong now, to be looked at. */
  public synchronized View view() {
    return new View(List.copyOf(changes), trouble, times, readyAtOnce, generatedLines);
  }

  /** What is wrong now. */
  public record View(
      List<Change> changes,
      @Nullable Trouble trouble,
      int times,
      boolean readyAtOnce,
      long generatedLines) {}

  /** The trouble of a download that begins now; it is used up. */
  public synchronized Optional<Trouble> strike() {
    Trouble struck = trouble;
    if (struck == null) {
      return Optional.empty();
    }
    times--;
    if (times == 0) {
      trouble = null;
    }
    return Optional.of(struck);
  }

  /** What the bill of a day says, where this is the truth. */
  public synchronized Iterable<BillEntry> entries(LocalDate day, List<BillEntry> truth) {
    if (generatedLines > 0) {
      return new GeneratedBill(day, generatedLines, seed);
    }
    List<BillEntry> entries = new ArrayList<>(truth);
    changes.stream()
        .filter(change -> change.day == null || change.day.equals(day))
        .forEach(change -> apply(change, day, entries));
    return List.copyOf(entries);
  }

  private static void apply(Change change, LocalDate day, List<BillEntry> entries) {
    switch (change.what) {
      case PHANTOM -> entries.add(phantom(change, day));
      case LEFT_OUT -> entries.removeIf(entry -> entry.outTradeNo().equals(change.outTradeNo));
      case AMOUNT ->
          entries.replaceAll(
              entry -> isPayment(change, entry) ? entry.ofAmount(change.amountFen) : entry);
      case VOUCHER ->
          entries.replaceAll(
              entry -> isPayment(change, entry) ? entry.withVoucher(change.amountFen) : entry);
      case TWICE ->
          entries.addAll(
              entries.stream()
                  .filter(entry -> entry.outTradeNo().equals(change.outTradeNo))
                  .toList());
    }
  }

  private static boolean isPayment(Change change, BillEntry entry) {
    return entry.isPayment() && entry.outTradeNo().equals(change.outTradeNo);
  }

  private static BillEntry phantom(Change change, LocalDate day) {
    Iterator<BillEntry> one = new GeneratedBill(day, 1, 0).iterator();
    BillEntry like = one.next();
    return new BillEntry(
        BillEntry.Kind.PAYMENT,
        change.outTradeNo,
        "4200009999" + Integer.toUnsignedString(change.outTradeNo.hashCode()),
        "",
        "",
        change.amountFen,
        BillEntry.feeFen(change.amountFen),
        0,
        like.createdAt(),
        day.atTime(LocalTime.NOON).toInstant(ZONE),
        like.subject(),
        "",
        like.appId(),
        like.buyer(),
        like.type());
  }
}
