package dev.durablecheckout.sandbox.gateway.wechatpay;

import dev.durablecheckout.sandbox.gateway.StateFile;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayment.TradeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All payments and the rules by which they change. A refusal changes nothing.
 *
 * <p>As at the real one, {@code time_expire} ends what a buyer can do and closes nothing.
 */
final class PaymentRegister {
  private static final Duration CREDENTIAL_LIFE = Duration.ofHours(2);
  private static final Duration H5_LIFE = Duration.ofMinutes(5);

  private final Map<String, WechatPayment> payments = new LinkedHashMap<>();
  private final Map<String, Instant> offeredAt = new LinkedHashMap<>();
  private final Clock clock;
  private final WechatNumbers numbers;
  private final Duration refundDelay;
  private final @Nullable StateFile<WechatPayment> file;

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
      file.things().forEach(payment -> payments.put(payment.key(), payment));
    }
  }

  /** Takes up an order, or gives the one with the same number a new credential. */
  synchronized WechatPayment offer(WechatPayment order) {
    @Nullable WechatPayment known = payments.get(order.key());
    if (known != null) {
      refuseIf(known.paidAt() != null, WechatRefusal.ORDERPAID);
      refuseIf(known.isClosed(), WechatRefusal.ORDER_CLOSED);
      refuseIf(known.amountFen() != order.amountFen(), WechatRefusal.OUT_TRADE_NO_USED);
      refuseIf(!known.agreesWith(order), WechatRefusal.INVALID_REQUEST);
    }
    String code = "wx" + numbers.letters(34);
    offeredAt.put(code, clock.instant());
    return store((known == null ? order : known).withCode(code));
  }

  synchronized Optional<WechatPayment> find(String mchId, String outTradeNo) {
    return Optional.ofNullable(payments.get(mchId + "/" + outTradeNo));
  }

  synchronized Optional<WechatPayment> findByTransactionId(String mchId, String transactionId) {
    return payments.values().stream()
        .filter(each -> each.mchId().equals(mchId) && transactionId.equals(each.transactionId()))
        .findFirst();
  }

  /** A payment by what a buyer may have of it: its credential's code, or a number. */
  synchronized Optional<WechatPayment> lookUp(String name) {
    return payments.values().stream()
        .filter(
            each ->
                each.code().equals(name)
                    || each.outTradeNo().equals(name)
                    || name.equals(each.transactionId()))
        .findFirst();
  }

  synchronized List<WechatPayment> all() {
    return List.copyOf(payments.values());
  }

  /** The buyer pays with a credential that lives. */
  synchronized WechatPayment pay(String name, String payer) {
    WechatPayment payment = required(name);
    refuseIf(payment.paidAt() != null, WechatRefusal.ORDERPAID);
    refuseIf(payment.isClosed() || isOver(payment), WechatRefusal.ORDER_CLOSED);
    refuseIf(
        payment.openid() != null && !payment.openid().equals(payer), WechatRefusal.PARAM_ERROR);
    return payLate(name, payer);
  }

  /** The buyer pays although the time is over or it was closed: the race that nobody excludes. */
  synchronized WechatPayment payLate(String name, String payer) {
    WechatPayment payment = required(name);
    refuseIf(payment.paidAt() != null, WechatRefusal.ORDERPAID);
    return store(payment.paid(numbers.digits("42000"), payer, clock.instant()));
  }

  boolean isOver(WechatPayment payment) {
    Instant offered = offeredAt.getOrDefault(payment.code(), Instant.MIN);
    Duration life = payment.tradeType() == TradeType.MWEB ? H5_LIFE : CREDENTIAL_LIFE;
    Instant now = clock.instant();
    return !now.isBefore(payment.timeExpire())
        || (offered.isAfter(Instant.MIN) && !now.isBefore(offered.plus(life)));
  }

  /** The merchant closes it; again and again, if it likes. */
  synchronized WechatPayment close(String mchId, String outTradeNo) {
    WechatPayment payment =
        find(mchId, outTradeNo)
            .orElseThrow(() -> new WechatRefusedException(WechatRefusal.ORDER_NOT_EXIST));
    refuseIf(payment.paidAt() != null, WechatRefusal.ORDERPAID);
    return payment.isClosed() ? payment : store(payment.closed());
  }

  /**
   * What a refund came to.
   *
   * @param begun false if this refund had been asked for before
   */
  record Refunded(WechatPayment payment, WechatRefund refund, boolean begun) {}

  synchronized Refunded refund(
      WechatPayment found,
      String outRefundNo,
      long amountFen,
      long totalFen,
      String reason,
      @Nullable String notifyUrl,
      WechatRefund.End end) {
    WechatPayment payment = required(found.outTradeNo());
    Optional<Refunded> made = findRefund(payment.mchId(), outRefundNo);
    if (made.isPresent()) {
      refuseIf(
          made.get().refund().amountFen() != amountFen
              || !made.get().payment().outTradeNo().equals(payment.outTradeNo()),
          WechatRefusal.REFUND_REPEATED);
      return new Refunded(made.get().payment(), made.get().refund(), false);
    }
    refuseIf(payment.paidAt() == null, WechatRefusal.REFUND_NOT_PAID);
    refuseIf(
        totalFen != payment.amountFen() || amountFen > payment.amountFen() - payment.refundedFen(),
        WechatRefusal.REFUND_TOO_MUCH);
    Instant now = clock.instant();
    WechatRefund refund =
        new WechatRefund(
            numbers.digits("50300"),
            outRefundNo,
            amountFen,
            reason,
            notifyUrl,
            now,
            now.plus(refundDelay),
            end);
    return new Refunded(store(payment.refunded(refund)), refund, true);
  }

  synchronized Optional<Refunded> findRefund(String mchId, String outRefundNo) {
    return payments.values().stream()
        .filter(payment -> payment.mchId().equals(mchId))
        .flatMap(
            payment ->
                payment.refunds().stream()
                    .filter(refund -> refund.outRefundNo().equals(outRefundNo))
                    .map(refund -> new Refunded(payment, refund, false)))
        .findFirst();
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
    payments.put(payment.key(), payment);
    return payment;
  }
}
