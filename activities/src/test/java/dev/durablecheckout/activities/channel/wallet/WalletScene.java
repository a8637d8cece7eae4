package dev.durablecheckout.activities.channel.wallet;

import dev.durablecheckout.activities.audit.Audit;
import dev.durablecheckout.activities.audit.AuditFinding;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.checkout.SampleCheckout;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.stock.StockDao;
import dev.durablecheckout.activities.wallet.WalletBooks;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutPolicy;
import dev.durablecheckout.workflows.checkout.CheckoutRequest;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PrepayResult;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/** Checkouts over 700 fen of one buyer, to be paid from the wallet, in 2026. */
final class WalletScene implements AutoCloseable {
  private static final Pattern TOO_SLOW =
      Pattern.compile("SQLSTATE (55P03|57014)|SQLTransientConnectionException");

  static final Money PRICE = new Money(700);
  static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");
  static final Instant EXPIRY = NOW.plus(Duration.ofMinutes(29));

  final TestDatabase database = TestDatabase.create();
  final Jdbi jdbi = database.jdbi();
  final CheckoutBooksImpl checkouts = new CheckoutBooksImpl(jdbi, at(NOW));
  final WalletBooks wallets = new WalletBooks(jdbi, at(NOW));
  final WalletChannel channel = new WalletChannel(jdbi, at(NOW));

  static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }

  static CheckoutId id(String id) {
    return CheckoutId.parse(id);
  }

  /** A checkout with one article of stock, and its first pay order. */
  PayOrder open(String id) {
    PayOrder payOrder = payOrder(id, 1);
    jdbi.useTransaction(handle -> StockDao.set(handle, id(id).merchant(), "book", 1_000));
    checkouts.open(
        new CheckoutRequest(
            id(id),
            "request",
            "fingerprint",
            null,
            "A book",
            PRICE,
            "ann",
            List.of(SampleCheckout.item("book", 1)),
            new PayChoice(Channel.WALLET, PayMethod.BALANCE),
            EXPIRY.plusSeconds(60),
            null,
            Map.of(),
            CheckoutPolicy.DEFAULT),
        payOrder);
    return payOrder;
  }

  static PayOrder payOrder(String id, int attempt) {
    return new PayOrder(
        OutTradeNo.of(id(id), attempt),
        id(id),
        attempt,
        Channel.WALLET,
        PayMethod.BALANCE,
        PRICE,
        "A book",
        EXPIRY,
        null,
        "ann",
        null);
  }

  static RefundOrder refund(PayOrder payOrder, String no, long fen) {
    return new RefundOrder(
        OutRefundNo.of(no),
        payOrder.checkoutId(),
        payOrder.outTradeNo(),
        Channel.WALLET,
        new Money(fen),
        PRICE,
        RefundReason.LATE);
  }

  void topUp(String merchant, long fen) {
    wallets.topUp(MerchantId.of(merchant), "ann", new Money(fen), "B-" + merchant + "-" + fen);
  }

  long balance(String merchant) {
    return wallets.find(MerchantId.of(merchant), "ann").balance().amountFen();
  }

  String status(PayOrder payOrder) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select c.status || ' ' || p.status from checkouts c join pay_orders p using (checkout_id)
                    where out_trade_no = :no
                    """)
                .bind("no", payOrder.outTradeNo().value())
                .mapTo(String.class)
                .one());
  }

  /** Each table with the number of its rows. */
  Map<String, Long> rows() {
    return jdbi.withHandle(
        handle -> {
          Map<String, Long> rows = new TreeMap<>();
          handle
              .createQuery("select relname from pg_stat_user_tables")
              .mapTo(String.class)
              .forEach(
                  table ->
                      rows.put(
                          table,
                          handle
                              .createQuery("select count(*) from " + table)
                              .mapTo(Long.class)
                              .one()));
          return rows;
        });
  }

  /**
   * As a workflow does: until it is answered. But only waiting for too long, on a slow machine, is
   * forgiven: not a deadlock, nor what the database had to refuse.
   */
  static <T> T insist(Callable<T> call) throws Exception {
    while (true) {
      try {
        return call.call();
      } catch (ChannelOutcomeUnknownException e) {
        if (!TOO_SLOW.matcher(e.getMessage()).find()) {
          throw new AssertionError("not for want of time", e);
        }
      }
    }
  }

  PrepayResult pay(PayOrder payOrder) throws Exception {
    return insist(() -> channel.prepay(payOrder));
  }

  List<AuditFinding> audit() {
    return new Audit(jdbi, at(NOW), Duration.ZERO).run();
  }

  @Override
  public void close() {
    database.close();
  }
}
