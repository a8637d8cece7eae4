package dev.durablecheckout.sandbox.gateway.wechatpay;

import dev.durablecheckout.sandbox.gateway.StateFile;
import dev.durablecheckout.sandbox.gateway.wechatpay.ServiceOrder.Bill;
import dev.durablecheckout.sandbox.gateway.wechatpay.ServiceOrder.Confirmation;
import dev.durablecheckout.sandbox.gateway.wechatpay.ServiceOrder.Settlement;
import dev.durablecheckout.sandbox.gateway.wechatpay.ServiceOrder.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * All service orders and the rules by which they change. What a service costs is collected again
 * and again until it is paid: nobody but the merchant, who says that it was paid elsewhere, ends
 * that.
 */
final class ServiceOrderRegister {
  /** After it an order that the buyer has not confirmed is EXPIRED. */
  static final Duration TIME_TO_CONFIRM = Duration.ofDays(30);

  private final Map<String, ServiceOrder> orders = new LinkedHashMap<>();
  private final Set<String> toCollect = new LinkedHashSet<>();
  private final Clock clock;
  private final WechatNumbers numbers;
  private final PaymentRegister payments;
  private final Duration collectPause;
  private final @Nullable StateFile<ServiceOrder> file;
  private boolean buyerHasMoney = true;

  ServiceOrderRegister(
      Clock clock,
      WechatNumbers numbers,
      PaymentRegister payments,
      Duration collectPause,
      @Nullable StateFile<ServiceOrder> file) {
    this.clock = clock;
    this.numbers = numbers;
    this.payments = payments;
    this.collectPause = collectPause;
    this.file = file;
    if (file != null) {
      file.things().forEach(this::index);
    }
  }

  synchronized ServiceOrder create(ServiceRequest request) {
    @Nullable ServiceOrder known =
        orders.get(ServiceOrder.key(request.mchId(), request.outOrderNo()));
    if (known != null) {
      refuseIf(!known.request().equals(request), WechatRefusal.REENTERED);
      refuseIf(state(known) != State.CREATED, WechatRefusal.WRONG_SERVICE_STATE);
      return known;
    }
    return store(
        new ServiceOrder(
            request,
            numbers.digits("15646"),
            numbers.letters(64),
            clock.instant(),
            null,
            null,
            null,
            null));
  }

  synchronized Optional<ServiceOrder> find(String mchId, String outOrderNo) {
    return Optional.ofNullable(orders.get(ServiceOrder.key(mchId, outOrderNo)));
  }

  /** An order by what opens its page, or by either number. */
  synchronized Optional<ServiceOrder> lookUp(String name) {
    return orders.values().stream()
        .filter(
            order ->
                order.pack().equals(name)
                    || order.orderId().equals(name)
                    || order.request().outOrderNo().equals(name))
        .findFirst();
  }

  synchronized List<ServiceOrder> all() {
    return List.copyOf(orders.values());
  }

  State state(ServiceOrder order) {
    return order.state(clock.instant());
  }

  /** The buyer confirms: from now on the merchant may collect what the service costs. */
  synchronized ServiceOrder confirm(String name, String openid) {
    ServiceOrder order = required(lookUp(name));
    refuseIf(state(order) != State.CREATED, WechatRefusal.WRONG_SERVICE_STATE);
    return store(order.confirmed(new Confirmation(openid, clock.instant())));
  }

  /** Whether WeChat finds money with the buyer when it collects. */
  synchronized void buyerHasMoney(boolean money) {
    buyerHasMoney = money;
  }

  synchronized boolean buyerHasMoney() {
    return buyerHasMoney;
  }

  synchronized ServiceOrder cancel(String mchId, String outOrderNo) {
    ServiceOrder order = required(find(mchId, outOrderNo));
    return switch (state(order)) {
      case CREATED, USER_CONFIRM -> store(order.revoked(clock.instant()));
      case REVOKED -> order;
      case MCH_COMPLETE, DONE, EXPIRED ->
          throw new WechatRefusedException(WechatRefusal.NOT_REVOCABLE);
    };
  }

  /** The service has ended. A repeat with the same bill changes nothing. */
  synchronized ServiceOrder complete(
      String mchId, String outOrderNo, BiFunction<ServiceOrder, Bill, Bill> check, Bill asked) {
    ServiceOrder order = required(find(mchId, outOrderNo));
    @Nullable Bill known = order.bill();
    if (known != null) {
      refuseIf(!known.agreesWith(asked), WechatRefusal.REENTERED);
      return order;
    }
    refuseIf(state(order) != State.USER_CONFIRM, WechatRefusal.WRONG_SERVICE_STATE);
    Bill bill = check.apply(order, asked);
    ServiceOrder billed = store(order.billed(bill));
    return bill.totalFen() == 0
        ? store(billed.settled(new Settlement(null, clock.instant())))
        : billed;
  }

  /** Lowers a bill that is being collected. */
  synchronized ServiceOrder modify(String mchId, String outOrderNo, Bill lower) {
    ServiceOrder order = required(find(mchId, outOrderNo));
    @Nullable Bill bill = order.bill();
    if (bill == null || state(order) != State.MCH_COMPLETE) {
      throw new WechatRefusedException(WechatRefusal.WRONG_SERVICE_STATE);
    }
    refuseIf(lower.totalFen() >= bill.totalFen(), WechatRefusal.WRONG_TOTAL);
    ServiceOrder billed =
        store(
            order.billed(
                new Bill(
                    lower.payments(),
                    lower.discounts(),
                    lower.totalFen(),
                    bill.endTime(),
                    lower.nextTry())));
    return lower.totalFen() == 0
        ? store(billed.settled(new Settlement(null, clock.instant())))
        : billed;
  }

  /** WeChat is to collect at once. */
  synchronized ServiceOrder collectNow(String mchId, String outOrderNo) {
    ServiceOrder order = required(find(mchId, outOrderNo));
    @Nullable Bill bill = order.bill();
    if (bill == null || state(order) != State.MCH_COMPLETE) {
      throw new WechatRefusedException(WechatRefusal.WRONG_SERVICE_STATE);
    }
    return store(order.billed(triedAgainAt(bill, clock.instant())));
  }

  /** The buyer has paid elsewhere. */
  synchronized ServiceOrder sync(String mchId, String outOrderNo, Instant paidAt) {
    ServiceOrder order = required(find(mchId, outOrderNo));
    refuseIf(state(order) != State.MCH_COMPLETE, WechatRefusal.WRONG_SERVICE_STATE);
    return store(order.settled(new Settlement(null, paidAt)));
  }

  Instant firstTry() {
    return clock.instant().plus(collectPause);
  }

  /** Tries to collect what is due; gives the orders that are settled now. */
  synchronized List<ServiceOrder> collect() {
    List<ServiceOrder> settled = new ArrayList<>();
    for (String key : List.copyOf(toCollect)) {
      @Nullable ServiceOrder order = orders.get(key);
      @Nullable Bill bill = order == null ? null : order.bill();
      Instant now = clock.instant();
      if (order != null && bill != null && !now.isBefore(bill.nextTry())) {
        if (buyerHasMoney) {
          settled.add(store(order.settled(collected(order, bill))));
        } else {
          store(order.billed(triedAgainAt(bill, now.plus(collectPause))));
        }
      }
    }
    return settled;
  }

  private Settlement collected(ServiceOrder order, Bill bill) {
    ServiceRequest request = order.request();
    @Nullable Confirmation confirmation = order.confirmation();
    WechatPayment.Receipt receipt =
        payments
            .collect(
                new WechatOrder(
                    request.mchId(),
                    request.appId(),
                    order.orderId(),
                    TradeType.PAYSCORE,
                    request.introduction(),
                    request.attach(),
                    request.notifyUrl(),
                    bill.totalFen(),
                    null,
                    null,
                    null),
                confirmation == null ? "" : confirmation.openid())
            .paidReceipt();
    return new Settlement(receipt.transactionId(), receipt.paidAt());
  }

  private static Bill triedAgainAt(Bill bill, Instant next) {
    return new Bill(bill.payments(), bill.discounts(), bill.totalFen(), bill.endTime(), next);
  }

  private static ServiceOrder required(Optional<ServiceOrder> order) {
    return order.orElseThrow(
        () -> new WechatRefusedException(WechatRefusal.SERVICE_ORDER_NOT_EXIST));
  }

  private static void refuseIf(boolean wrong, WechatRefusal refusal) {
    if (wrong) {
      throw new WechatRefusedException(refusal);
    }
  }

  private ServiceOrder store(ServiceOrder order) {
    if (file != null) {
      file.append(order);
    }
    index(order);
    return order;
  }

  private void index(ServiceOrder order) {
    orders.put(order.key(), order);
    if (order.bill() != null && order.settlement() == null) {
      toCollect.add(order.key());
    } else {
      toCollect.remove(order.key());
    }
  }
}
