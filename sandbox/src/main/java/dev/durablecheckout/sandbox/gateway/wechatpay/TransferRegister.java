package dev.durablecheckout.sandbox.gateway.wechatpay;

import dev.durablecheckout.sandbox.gateway.StateFile;
import dev.durablecheckout.sandbox.gateway.wechatpay.TransferBill.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All transfers and the rules by which they change: one for each number of a merchant's, and no
 * account below zero. The money leaves the account when the transfer is asked for, and comes back
 * if it fails or is taken back. A refusal leaves nothing behind under its number.
 */
final class TransferRegister {
  /** After it a transfer that the user has not confirmed fails. */
  static final Duration TIME_TO_CONFIRM = Duration.ofDays(1);

  private static final long DEFAULT_BALANCE_FEN = 10_000_000_00L;
  private static final long DEFAULT_DAY_LIMIT_FEN = 1_000_000_00L;

  private final Map<String, TransferBill> bills = new LinkedHashMap<>();
  private final List<TransferBill> newlyEnded = new ArrayList<>();
  private final Map<String, Long> paidIn = new HashMap<>();
  private final Clock clock;
  private final WechatNumbers numbers;
  private final Duration delay;
  private final @Nullable StateFile<TransferBill> file;
  private long dayLimitFen = DEFAULT_DAY_LIMIT_FEN;
  private String realName = "";

  /**
   * @param delay how long a transfer is TRANSFERING or CANCELING
   */
  TransferRegister(
      Clock clock, WechatNumbers numbers, Duration delay, @Nullable StateFile<TransferBill> file) {
    this.clock = clock;
    this.numbers = numbers;
    this.delay = delay;
    this.file = file;
    if (file != null) {
      file.things().forEach(bill -> bills.put(bill.key(), bill));
    }
  }

  synchronized TransferBill ask(TransferRequest request) {
    @Nullable TransferBill known = bills.get(request.key());
    if (known != null) {
      refuseIf(!known.request().equals(request), WechatRefusal.REENTERED);
      return fresh(known);
    }
    Instant now = clock.instant();
    refuseIf(
        request.amountFen() > dayLimitFen - goneOn(request.mchId(), now),
        WechatRefusal.TRANSFER_QUOTA);
    refuseIf(request.amountFen() > balanceFen(request.mchId()), WechatRefusal.NOT_ENOUGH);
    return store(
        new TransferBill(
            request,
            numbers.digits("13300"),
            numbers.letters(80),
            now,
            State.WAIT_USER_CONFIRM,
            now,
            null));
  }

  synchronized Optional<TransferBill> find(String mchId, String outBillNo) {
    return Optional.ofNullable(bills.get(mchId + "/" + outBillNo)).map(this::fresh);
  }

  /** A transfer by what opens its page, or by either number. */
  synchronized Optional<TransferBill> lookUp(String name) {
    return List.copyOf(bills.values()).stream()
        .filter(
            bill ->
                bill.packageInfo().equals(name)
                    || bill.billNo().equals(name)
                    || bill.request().outBillNo().equals(name))
        .findFirst()
        .map(this::fresh);
  }

  synchronized List<TransferBill> all() {
    return List.copyOf(bills.values()).stream().map(this::fresh).toList();
  }

  /** The user takes the money. */
  synchronized TransferBill confirm(String name) {
    TransferBill bill = required(lookUp(name));
    refuseIf(bill.state() != State.WAIT_USER_CONFIRM, WechatRefusal.TRANSFER_STATE);
    return store(bill.now(State.TRANSFERING, clock.instant(), null));
  }

  /** The merchant takes it back, which is done a little later. A repeat changes nothing. */
  synchronized TransferBill cancel(String mchId, String outBillNo) {
    TransferBill bill = required(find(mchId, outBillNo));
    return switch (bill.state()) {
      case WAIT_USER_CONFIRM -> store(bill.now(State.CANCELING, clock.instant(), null));
      case CANCELING, CANCELLED -> bill;
      case TRANSFERING, SUCCESS, FAIL ->
          throw new WechatRefusedException(WechatRefusal.TRANSFER_STATE);
    };
  }

  /** Those that have ended since this was asked before. */
  synchronized List<TransferBill> newlyEnded() {
    List.copyOf(bills.values()).forEach(this::fresh);
    List<TransferBill> ended = List.copyOf(newlyEnded);
    newlyEnded.clear();
    return ended;
  }

  synchronized void dayLimitFen(long fen) {
    dayLimitFen = fen;
  }

  /** What the user is really called: under another name nothing arrives. */
  synchronized void realName(String name) {
    realName = name;
  }

  /** Makes an account's balance this, as of now. */
  synchronized void balanceFen(String mchId, long fen) {
    paidIn.put(mchId, fen + goneFen(mchId));
  }

  synchronized long balanceFen(String mchId) {
    return paidIn.getOrDefault(mchId, DEFAULT_BALANCE_FEN) - goneFen(mchId);
  }

  private long goneFen(String mchId) {
    return bills.values().stream()
        .filter(bill -> bill.request().mchId().equals(mchId))
        .mapToLong(TransferBill::goneFen)
        .sum();
  }

  private long goneOn(String mchId, Instant day) {
    return bills.values().stream()
        .filter(
            bill ->
                bill.request().mchId().equals(mchId)
                    && WechatTime.day(bill.createdAt()).equals(WechatTime.day(day)))
        .mapToLong(TransferBill::goneFen)
        .sum();
  }

  /** The transfer as it is by now. */
  private TransferBill fresh(TransferBill bill) {
    boolean waits = bill.state() == State.WAIT_USER_CONFIRM;
    Instant end = waits ? bill.createdAt().plus(TIME_TO_CONFIRM) : bill.at().plus(delay);
    if (bill.isOver() || clock.instant().isBefore(end)) {
      return bill;
    }
    String name = bill.request().userName();
    TransferBill ended =
        switch (bill.state()) {
          case WAIT_USER_CONFIRM -> bill.now(State.FAIL, end, "OVERDUE_CLOSE");
          case TRANSFERING ->
              realName.isEmpty() || name.isEmpty() || name.equals(realName)
                  ? bill.now(State.SUCCESS, end, null)
                  : bill.now(State.FAIL, end, "NAME_NOT_CORRECT");
          case CANCELING -> bill.now(State.CANCELLED, end, null);
          case SUCCESS, FAIL, CANCELLED -> bill;
        };
    newlyEnded.add(ended);
    return store(ended);
  }

  private static TransferBill required(Optional<TransferBill> bill) {
    return bill.orElseThrow(() -> new WechatRefusedException(WechatRefusal.TRANSFER_NOT_FOUND));
  }

  private static void refuseIf(boolean wrong, WechatRefusal refusal) {
    if (wrong) {
      throw new WechatRefusedException(refusal);
    }
  }

  private TransferBill store(TransferBill bill) {
    if (file != null) {
      file.append(bill);
    }
    bills.put(bill.key(), bill);
    return bill;
  }
}
