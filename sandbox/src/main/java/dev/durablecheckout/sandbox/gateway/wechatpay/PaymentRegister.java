package dev.durablecheckout.sandbox.gateway.wechatpay;

import dev.durablecheckout.sandbox.gateway.StateFile;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayment.Receipt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All payments and the rules by which they change. A refusal changes nothing.
 *
 * <p>As at the real one, {@code time_expire} ends what a buyer can do and closes nothing.
 */
final class PaymentRegister {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(15);
  private static final Duration USUAL = Duration.ofDays(7);
  private static final int MOST_REFUNDS = 50;

  private final Map<String, WechatPayment> payments = new LinkedHashMap<>();

  /** The key of a payment by its present code, WeChat's number, or the merchant's number alone. */
  private final Map<String, String> keys = new HashMap<>();

  private final Map<String, String> keysByOutRefundNo = new HashMap<>();
  private final Set<String> withUntoldRefunds = new LinkedHashSet<>();
  private final Clock clock;
  private final WechatNumbers numbers;
  private final Duration refundDelay;
  private final @Nullable StateFile<WechatPayment> file;
  private Duration refundPause = Duration.ZERO;

  PaymentRegister(
      Clock clock,
      WechatNumbers numbers,
      Duration refundDelay,
      @Nullable StateFile<WechatPayment> file) {
    this.clock = clock;
    this.numbers = numbers;
    this.refundDelay = refundDelay;
    this.file = file;
    if (file != null) {
      file.things().forEach(this::index);
    }
  }

  /** Takes up an order, or gives the one with the same number a new credential. */
  synchronized WechatPayment offer(WechatOrder order) {
    Instant now = clock.instant();
    String code = numbers.code(order.tradeType(), keys::containsKey);
    @Nullable WechatPayment known =
        payments.get(WechatPayment.key(order.mchId(), order.outTradeNo()));
    if (known == null) {
      return store(new WechatPayment(order, code, now, expiry(order, now), null, null, List.of()));
    }
    refuseIf(known.isPaid(), WechatRefusal.ORDERPAID);
    refuseIf(known.closedAt() != null, WechatRefusal.ORDER_CLOSED);
    refuseIf(known.order().amountFen() != order.amountFen(), WechatRefusal.OUT_TRADE_NO_USED);
    refuseIf(!known.order().agreesWith(order), WechatRefusal.INVALID_REQUEST);
    keys.remove(known.code());
    return store(known.withCode(code, now));
  }

  private static Instant expiry(WechatOrder order, Instant now) {
    @Nullable Instant asked = order.timeExpire();
    if (asked == null) {
      return now.plus(USUAL);
    }
    Instant earliest = now.plus(SHORTEST);
    Instant latest = now.plus(LONGEST);
    return asked.isBefore(earliest) ? earliest : asked.isAfter(latest) ? latest : asked;
  }

  synchronized Optional<WechatPayment> find(String mchId, String outTradeNo) {
    return Optional.ofNullable(payments.get(WechatPayment.key(mchId, outTradeNo)));
  }

  synchronized Optional<WechatPayment> findByTransactionId(String mchId, String transactionId) {
    return Optional.ofNullable(keys.get(transactionId))
        .map(payments::get)
        .filter(each -> each.isPaid() && each.paidReceipt().transactionId().equals(transactionId))
        .filter(each -> each.order().mchId().equals(mchId));
  }

  /** A payment by what a buyer may have of it: its credential or the code in that, or a number. */
  synchronized Optional<WechatPayment> lookUp(String name) {
    return Optional.ofNullable(keys.get(WechatNumbers.codeIn(name))).map(payments::get);
  }

  synchronized List<WechatPayment> all() {
    return List.copyOf(payments.values());
  }

  /**
   * The buyer pays with a credential that lives.
   *
   * @param openid who pays; absent for whoever may
   */
  synchronized WechatPayment pay(String name, String openid) {
    WechatPayment payment = required(name);
    refuseIf(payment.isPaid(), WechatRefusal.ORDERPAID);
    refuseIf(
        payment.closedAt() != null || payment.isOver(clock.instant()), WechatRefusal.ORDER_CLOSED);
    @Nullable String wanted = payment.order().openid();
    refuseIf(wanted != null && !wanted.equals(openid), WechatRefusal.PAYER_MISMATCH);
    return payLate(name, openid);
  }

  /** The buyer pays although the time is over or it was closed: the race that nobody excludes. */
  synchronized WechatPayment payLate(String name, String openid) {
    WechatPayment payment = required(name);
    refuseIf(payment.isPaid(), WechatRefusal.ORDERPAID);
    return store(payment.paid(receipt(openid)));
  }

  private Receipt receipt(String openid) {
    return new Receipt(numbers.digits("42000"), openid, clock.instant());
  }

  /** Money that was collected for a service order, under WeChat's number of that. */
  synchronized WechatPayment collect(WechatOrder order, String openid) {
    Instant now = clock.instant();
    return store(
        new WechatPayment(
            order,
            numbers.code(order.tradeType(), keys::containsKey),
            now,
            now,
            receipt(openid),
            null,
            List.of()));
  }

  /** The merchant closes it; again and again, if it likes. */
  synchronized WechatPayment close(String mchId, String outTradeNo) {
    WechatPayment payment =
        find(mchId, outTradeNo)
            .orElseThrow(() -> new WechatRefusedException(WechatRefusal.ORDER_NOT_EXIST));
    refuseIf(payment.isPaid(), WechatRefusal.ORDERPAID);
    return payment.closedAt() == null ? store(payment.closed(clock.instant())) : payment;
  }

  /** A refund and its payment. */
  record Refunded(WechatPayment payment, WechatRefund refund) {}

  /**
   * What a merchant asks back.
   *
   * @param totalFen what it thinks was paid
   */
  record RefundRequest(
      String outRefundNo,
      long amountFen,
      long totalFen,
      String reason,
      @Nullable String notifyUrl) {}

  /** From now on two refunds of one payment have to be so far apart. */
  synchronized void keepRefundsApart(Duration pause) {
    refundPause = pause;
  }

  /** Begins a refund, once per number of the merchant's. */
  synchronized Refunded refund(WechatPayment found, RefundRequest request, WechatRefund.End end) {
    Optional<Refunded> made = findRefund(found.order().mchId(), request.outRefundNo());
    if (made.isPresent()) {
      refuseIf(
          made.get().refund().amountFen() != request.amountFen()
              || !made.get().payment().key().equals(found.key()),
          WechatRefusal.REFUND_REPEATED);
      return made.get();
    }
    WechatPayment payment = payments.getOrDefault(found.key(), found);
    refuseIf(!payment.isPaid(), WechatRefusal.REFUND_NOT_PAID);
    refuseIf(request.totalFen() != payment.order().amountFen(), WechatRefusal.REFUND_OTHER_TOTAL);
    refuseIf(request.amountFen() > payment.refundableFen(), WechatRefusal.REFUND_TOO_MUCH);
    refuseIf(payment.refunds().size() >= MOST_REFUNDS, WechatRefusal.REFUND_TOO_OFTEN);
    Instant now = clock.instant();
    refuseIf(
        payment.refunds().stream()
            .anyMatch(other -> other.createdAt().plus(refundPause).isAfter(now)),
        WechatRefusal.FREQUENCY_LIMITED);
    WechatRefund refund =
        new WechatRefund(
            numbers.digits("50300"),
            request.outRefundNo(),
            request.amountFen(),
            request.reason(),
            request.notifyUrl(),
            now,
            now.plus(refundDelay),
            end,
            false);
    return new Refunded(store(payment.refunded(refund)), refund);
  }

  synchronized Optional<Refunded> findRefund(String mchId, String outRefundNo) {
    return Optional.ofNullable(keysByOutRefundNo.get(WechatPayment.key(mchId, outRefundNo)))
        .map(payments::get)
        .flatMap(
            payment -> payment.refund(outRefundNo).map(refund -> new Refunded(payment, refund)));
  }

  /** The refunds that have ended since this was last asked: merchants are to hear of them. */
  synchronized List<Refunded> newlyEnded() {
    Instant now = withUntoldRefunds.isEmpty() ? Instant.MIN : clock.instant();
    List<Refunded> ended = new ArrayList<>();
    for (String key : List.copyOf(withUntoldRefunds)) {
      WechatPayment payment = payments.get(key);
      if (payment != null) {
        for (WechatRefund refund : payment.refunds()) {
          if (!refund.told() && refund.hasEnded(now)) {
            payment = store(payment.refunded(refund.toldOf()));
            ended.add(new Refunded(payment, refund));
          }
        }
      }
    }
    return ended;
  }

  private WechatPayment required(String name) {
    return lookUp(name)
        .orElseThrow(() -> new WechatRefusedException(WechatRefusal.ORDER_NOT_EXIST));
  }

  private static void refuseIf(boolean wrong, WechatRefusal refusal) {
    if (wrong) {
      throw new WechatRefusedException(refusal);
    }
  }

  private WechatPayment store(WechatPayment payment) {
    if (file != null) {
      file.append(payment);
    }
    index(payment);
    return payment;
  }

  private void index(WechatPayment payment) {
    String key = payment.key();
    payments.put(key, payment);
    keys.put(payment.code(), key);
    keys.put(payment.outTradeNo(), key);
    if (payment.isPaid()) {
      keys.put(payment.paidReceipt().transactionId(), key);
    }
    payment
        .refunds()
        .forEach(
            refund ->
                keysByOutRefundNo.put(
                    WechatPayment.key(payment.order().mchId(), refund.outRefundNo()), key));
    if (payment.refunds().stream().allMatch(WechatRefund::told)) {
      withUntoldRefunds.remove(key);
    } else {
      withUntoldRefunds.add(key);
    }
  }
}
