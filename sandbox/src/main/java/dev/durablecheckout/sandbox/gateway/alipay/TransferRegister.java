package dev.durablecheckout.sandbox.gateway.alipay;

import dev.durablecheckout.sandbox.gateway.StateFile;
import dev.durablecheckout.sandbox.gateway.alipay.Transfer.Status;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All payouts and the rules by which they change: one for each number of a merchant's, and no
 * account below zero. A refusal changes nothing, and leaves nothing behind under its number.
 */
final class TransferRegister {
  private static final long MIN_FEN = 10;
  private static final long MAX_FEN = 50_000_00;
  private static final long DEFAULT_BALANCE_FEN = 10_000_000_00L;
  private static final long DEFAULT_DAY_LIMIT_FEN = 1_000_000_00L;

  private final Map<String, Transfer> transfers = new LinkedHashMap<>();
  private final Map<String, Long> paidIn = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Clock clock;
  private final TradeNumbers numbers;
  private final @Nullable StateFile<Transfer> file;
  private long dayLimitFen = DEFAULT_DAY_LIMIT_FEN;
  private boolean slow;

  TransferRegister(Clock clock, TradeNumbers numbers, @Nullable StateFile<Transfer> file) {
    this.clock = clock;
    this.numbers = numbers;
    this.file = file;
    if (file != null) {
      file.things().forEach(transfer -> transfers.put(transfer.key(), transfer));
    }
  }

  /**
   * What an asking came to.
   *
   * @param isNew false if this payout had been asked for before
   */
  record Asked(Transfer transfer, boolean isNew) {}

  synchronized Asked ask(TransferOrder order) {
    @Nullable Transfer known = transfers.get(order.key());
    if (known != null) {
      refuseIf(!known.order().equals(order), TransferRefusal.PAYMENT_INFO_INCONSISTENCY);
      return new Asked(known, false);
    }
    checkPayee(order);
    refuseIf(order.amountFen() < MIN_FEN, TransferRefusal.EXCEED_LIMIT_SM_MIN_AMOUNT);
    refuseIf(order.amountFen() > MAX_FEN, TransferRefusal.EXCEED_LIMIT_SM_AMOUNT);
    Instant now = clock.instant();
    refuseIf(
        order.amountFen() > dayLimitFen - goneOn(order.sellerId(), day(now)),
        TransferRefusal.EXCEED_LIMIT_DM_AMOUNT);
    refuseIf(
        order.amountFen() > balanceFen(order.sellerId()), TransferRefusal.PAYER_BALANCE_NOT_ENOUGH);
    String orderId = numbers.tradeNo(now, this::isTaken);
    return new Asked(
        store(new Transfer(order, orderId, slow ? Status.DEALING : Status.SUCCESS, now, "")), true);
  }

  private boolean isTaken(String orderId) {
    return transfers.values().stream().anyMatch(each -> each.orderId().equals(orderId));
  }

  private void checkPayee(TransferOrder order) {
    boolean exists =
        switch (order.identityType()) {
          case "ALIPAY_USER_ID" -> order.identity().matches("2088[0-9]{12}");
          case "ALIPAY_LOGON_ID" -> order.identity().matches("1[0-9]{10}|[^@\\s]+@[^@\\s]+");
          case "ALIPAY_OPEN_ID" -> true;
          default -> throw new TransferRefusedException(TransferRefusal.INVALID_PARAMETER);
        };
    refuseIf(!exists, TransferRefusal.PAYEE_NOT_EXIST);
    String realName = names.getOrDefault(order.identity(), order.name());
    refuseIf(
        !order.name().isEmpty() && !order.name().equals(realName),
        TransferRefusal.PAYEE_USER_INFO_ERROR);
  }

  synchronized Optional<Transfer> find(String sellerId, String outBizNo) {
    return Optional.ofNullable(transfers.get(sellerId + "/" + outBizNo));
  }

  /** A payout by the merchant's number alone, or by Alipay's. */
  synchronized Optional<Transfer> lookUp(String number) {
    return transfers.values().stream()
        .filter(each -> each.order().outBizNo().equals(number) || each.orderId().equals(number))
        .findFirst();
  }

  synchronized List<Transfer> all() {
    return List.copyOf(transfers.values());
  }

  /** A payout that was under way ends. */
  synchronized Transfer end(String number, Status status, String errorCode) {
    return move(number, Status.DEALING, status, errorCode);
  }

  /** The payee's bank sends the money of a payout back. */
  synchronized Transfer bounce(String number) {
    return move(number, Status.SUCCESS, Status.REFUND, "BANK_RETURNED");
  }

  private Transfer move(String number, Status from, Status to, String errorCode) {
    Transfer transfer =
        lookUp(number)
            .orElseThrow(() -> new TransferRefusedException(TransferRefusal.ORDER_NOT_EXIST));
    if (transfer.status() != from) {
      throw new IllegalArgumentException("it is " + transfer.status());
    }
    return store(transfer.now(to, clock.instant(), errorCode));
  }

  /** Whether payouts are DEALING until somebody ends them. */
  synchronized void slow(boolean newSlow) {
    slow = newSlow;
  }

  synchronized void dayLimitFen(long fen) {
    dayLimitFen = fen;
  }

  /** Makes an account's balance this, as of now. */
  synchronized void balanceFen(String sellerId, long fen) {
    paidIn.put(sellerId, fen + goneFen(sellerId));
  }

  synchronized long balanceFen(String sellerId) {
    return paidIn.getOrDefault(sellerId, DEFAULT_BALANCE_FEN) - goneFen(sellerId);
  }

  /** What somebody is really called: another name is refused. */
  synchronized void name(String identity, String name) {
    names.put(identity, name);
  }

  private long goneFen(String sellerId) {
    return transfers.values().stream()
        .filter(each -> each.order().sellerId().equals(sellerId))
        .mapToLong(Transfer::goneFen)
        .sum();
  }

  private long goneOn(String sellerId, LocalDate day) {
    return transfers.values().stream()
        .filter(each -> each.order().sellerId().equals(sellerId) && day(each.at()).equals(day))
        .mapToLong(Transfer::goneFen)
        .sum();
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, AlipayTime.ZONE);
  }

  private static void refuseIf(boolean wrong, TransferRefusal refusal) {
    if (wrong) {
      throw new TransferRefusedException(refusal);
    }
  }

  private Transfer store(Transfer transfer) {
    if (file != null) {
      file.append(transfer);
    }
    transfers.put(transfer.key(), transfer);
    return transfer;
  }
}
