package dev.durablecheckout.sandbox.gateway.alipay;

import static dev.durablecheckout.sandbox.gateway.alipay.TradeStatus.NOT_CREATED;
import static dev.durablecheckout.sandbox.gateway.alipay.TradeStatus.TRADE_CLOSED;
import static dev.durablecheckout.sandbox.gateway.alipay.TradeStatus.TRADE_FINISHED;
import static dev.durablecheckout.sandbox.gateway.alipay.TradeStatus.TRADE_SUCCESS;
import static dev.durablecheckout.sandbox.gateway.alipay.TradeStatus.WAIT_BUYER_PAY;

import dev.durablecheckout.sandbox.gateway.StateFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All trades and the rules by which they change. Each method sees and leaves a trade as it is now:
 * an unpaid trade whose time has come is closed. A refusal changes nothing.
 */
final class TradeRegister {
  /** Up to here a till is paid without asking the buyer: 200 yuan. */
  static final long CONFIRM_ABOVE_FEN = 200_00;

  private final Map<String, Trade> byCode = new LinkedHashMap<>();

  /** The code of a trade by Alipay's number, and by seller and the seller's own number. */
  private final Map<String, String> codes = new HashMap<>();

  /** The code of a trade by the merchant's number alone; the last merchant to use it wins. */
  private final Map<String, String> codesByOutTradeNo = new HashMap<>();

  /** The merchants' numbers that were cancelled before there was a trade: not kept on disk. */
  private final Set<String> forbidden = new HashSet<>();

  private final Clock clock;
  private final TradeNumbers numbers;
  private final @Nullable StateFile<Trade> file;
  private Duration refundPause = Duration.ZERO;

  TradeRegister(Clock clock, TradeNumbers numbers, @Nullable StateFile<Trade> file) {
    this.clock = clock;
    this.numbers = numbers;
    this.file = file;
    if (file != null) {
      file.things().forEach(this::index);
    }
  }

  /** Takes up an order, or continues the one with the same number if the key facts are the same. */
  synchronized Trade offer(TradeOrder order) {
    return continued(order).orElseGet(() -> offered(order));
  }

  /**
   * A till has read the buyer's code: the trade is created, and paid at once unless the amount is
   * so large that the buyer has to confirm it. The code is used up, whatever comes of it; who
   * cannot pay leaves an unpaid trade behind.
   */
  synchronized Trade payAtTill(TradeOrder order, AuthCodes authCodes, String authCode) {
    refuseIf(
        forbidden.contains(ownName(order.app().sellerId(), order.outTradeNo())),
        TradeRefusal.TRADE_HAS_CLOSE);
    Optional<Trade> known = continued(order);
    AuthCodes.Wallet wallet = authCodes.use(authCode);
    Trade trade = known.orElseGet(() -> create(offered(order)));
    refuseIf(wallet == AuthCodes.Wallet.EMPTY, TradeRefusal.BUYER_BALANCE_NOT_ENOUGH);
    return order.amountFen() > CONFIRM_ABOVE_FEN ? trade : store(trade.paid(clock.instant()));
  }

  /** From now on no till can begin a trade under this number. */
  synchronized void forbid(String sellerId, String outTradeNo) {
    forbidden.add(ownName(sellerId, outTradeNo));
  }

  /** The trade of this number, if there is one; it may be gone on with. */
  private Optional<Trade> continued(TradeOrder order) {
    Optional<Trade> known = find(order.app().sellerId(), order.outTradeNo(), null);
    if (known.isPresent()) {
      Trade trade = known.get();
      refuseIf(trade.isPaid(), TradeRefusal.TRADE_HAS_SUCCESS);
      refuseIf(trade.status() == TRADE_CLOSED, TradeRefusal.TRADE_HAS_CLOSE);
      refuseIf(!trade.order().agreesWith(order), TradeRefusal.CONTEXT_INCONSISTENT);
    }
    refuseIf(
        !order.timeExpire().isAfter(clock.instant()),
        TradeRefusal.NOW_TIME_AFTER_EXPIRE_TIME_ERROR);
    return known;
  }

  private Trade offered(TradeOrder order) {
    return store(Trade.offered(numbers.code(byCode::containsKey), order));
  }

  /** A merchant's trade; by Alipay's number, which wins, or by the merchant's own. */
  synchronized Optional<Trade> find(
      String sellerId, @Nullable String outTradeNo, @Nullable String tradeNo) {
    String name = tradeNo == null ? ownName(sellerId, String.valueOf(outTradeNo)) : tradeNo;
    return Optional.ofNullable(codes.get(name))
        .map(this::fresh)
        .filter(trade -> trade.order().app().sellerId().equals(sellerId));
  }

  /** A trade by any name a buyer may have: QR text, code, either number. */
  synchronized Optional<Trade> lookUp(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    if (byCode.containsKey(last)) {
      return Optional.of(fresh(last));
    }
    return Optional.ofNullable(codesByOutTradeNo.getOrDefault(last, codes.get(last)))
        .map(this::fresh);
  }

  synchronized List<Trade> all() {
    return List.copyOf(byCode.keySet()).stream().map(this::fresh).toList();
  }

  /**
   * The buyer scans the code, logs in on the page, or has entered the right password on the phone:
   * only now is there a trade.
   */
  synchronized Trade scan(String name) {
    Trade trade = required(name);
    if (trade.status() != NOT_CREATED) {
      refuseIf(trade.status() == TRADE_CLOSED, TradeRefusal.TRADE_HAS_CLOSE);
      return trade;
    }
    refuseIf(
        !clock.instant().isBefore(trade.order().offerEnds()),
        TradeRefusal.NOW_TIME_AFTER_EXPIRE_TIME_ERROR);
    return create(trade);
  }

  /** The buyer pays a trade that is open. */
  synchronized Trade pay(String name) {
    Trade trade = required(name);
    refuseIf(trade.isPaid(), TradeRefusal.TRADE_HAS_SUCCESS);
    refuseIf(trade.status() == TRADE_CLOSED, TradeRefusal.TRADE_HAS_CLOSE);
    refuseIf(trade.status() == NOT_CREATED, TradeRefusal.TRADE_NOT_EXIST);
    return store(trade.paid(clock.instant()));
  }

  /**
   * The buyer pays although the time is over or the trade closed: the race that nobody excludes.
   */
  synchronized Trade payLate(String name) {
    Trade trade = required(name);
    refuseIf(trade.isPaid(), TradeRefusal.TRADE_HAS_SUCCESS);
    Trade created = trade.tradeNo() == null ? create(trade) : trade;
    return store(created.paid(clock.instant()));
  }

  synchronized Trade walkAway(String name) {
    return store(required(name).left(clock.instant()));
  }

  /** The merchant closes a trade that exists and is unpaid. */
  synchronized Trade close(Trade found) {
    Trade trade = fresh(found.code());
    refuseIf(trade.status() != WAIT_BUYER_PAY, TradeRefusal.TRADE_STATUS_ERROR);
    return store(trade.closed(clock.instant()));
  }

  /** The time for refunds is over. */
  synchronized Trade finish(String name) {
    Trade trade = required(name);
    refuseIf(trade.status() != TRADE_SUCCESS, TradeRefusal.TRADE_STATUS_ERROR);
    return store(trade.finished());
  }

  /**
   * What a refund came to.
   *
   * @param moved false if this refund had been made before
   */
  record Refunded(Trade trade, Refund refund, boolean moved) {}

  /** From now on two refunds of one trade have to be so far apart. */
  synchronized void keepRefundsApart(Duration pause) {
    refundPause = pause;
  }

  /** Gives money back from a trade that exists, once per {@code outRequestNo}. */
  synchronized Refunded refund(Trade found, String outRequestNo, long amountFen) {
    Trade trade = fresh(found.code());
    refuseIf(trade.status() == WAIT_BUYER_PAY, TradeRefusal.TRADE_STATUS_ERROR);
    Optional<Refund> made = trade.refund(outRequestNo);
    if (made.isPresent()) {
      refuseIf(made.get().amountFen() != amountFen, TradeRefusal.DISCORDANT_REPEAT_REQUEST);
      return new Refunded(trade, made.get(), false);
    }
    refuseIf(trade.status() == TRADE_FINISHED, TradeRefusal.TRADE_HAS_FINISHED);
    refuseIf(!trade.isPaid(), TradeRefusal.TRADE_HAS_CLOSE);
    refuseIf(
        amountFen > trade.paidFen() - trade.refundedFen(),
        TradeRefusal.REASON_TRADE_REFUND_FEE_ERR);
    Instant now = clock.instant();
    refuseIf(
        trade.refunds().stream()
            .anyMatch(other -> other.refundedAt().plus(refundPause).isAfter(now)),
        TradeRefusal.SYSTEM_ERROR);
    Refund refund = new Refund(outRequestNo, amountFen, now);
    return new Refunded(store(trade.refunded(refund)), refund, true);
  }

  private Trade create(Trade trade) {
    Instant now = clock.instant();
    return store(trade.created(numbers.tradeNo(now, codes::containsKey), now));
  }

  private Trade required(String name) {
    return lookUp(name).orElseThrow(() -> new TradeRefusedException(TradeRefusal.TRADE_NOT_EXIST));
  }

  private static void refuseIf(boolean wrong, TradeRefusal refusal) {
    if (wrong) {
      throw new TradeRefusedException(refusal);
    }
  }

  /** The trade with this code, which exists, closed if its time has come. */
  private Trade fresh(String code) {
    Trade trade = byCode.get(code);
    if (trade == null) {
      throw new IllegalArgumentException("no trade has the code " + code);
    }
    Instant end = trade.order().timeExpire();
    boolean expired = trade.status() == WAIT_BUYER_PAY && !clock.instant().isBefore(end);
    return expired ? store(trade.closed(end)) : trade;
  }

  private Trade store(Trade trade) {
    if (file != null) {
      file.append(trade);
    }
    index(trade);
    return trade;
  }

  private void index(Trade trade) {
    byCode.put(trade.code(), trade);
    codes.put(ownName(trade.order().app().sellerId(), trade.outTradeNo()), trade.code());
    codesByOutTradeNo.put(trade.outTradeNo(), trade.code());
    if (trade.tradeNo() != null) {
      codes.put(trade.tradeNo(), trade.code());
    }
  }

  /** A merchant's number is unique for that merchant only. */
  private static String ownName(String sellerId, String outTradeNo) {
    return sellerId + "/" + outTradeNo;
  }
}
