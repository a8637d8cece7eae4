package dev.durablecheckout.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.state.EveryPair;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.PayOrderStatus;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.Settlement;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pay order moves in SQL exactly as {@link PayOrderStatus#MOVES} says. */
final class PayOrderMovesTest {
  private static final Money AMOUNT = new Money(100);
  private static final CheckoutId CHECKOUT = CheckoutId.parse("shop.A");

  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everyPair() {
    database.jdbi().useHandle(PayOrderMovesTest::insertCheckout);
    EveryPair.visit(database, PayOrderStatus.class, PayOrderStatus.MOVES, new Rows());
  }

  @Test
  void theEndOfACheckoutClosesOnlyWhatMayBeClosed() {
    Rows rows = new Rows();
    Map<Integer, PayOrderStatus> before =
        Map.of(
            1, PayOrderStatus.PAYING,
            2, PayOrderStatus.SUCCEEDED,
            3, PayOrderStatus.CLOSED,
            4, PayOrderStatus.FAILED);
    database
        .jdbi()
        .useTransaction(
            handle -> {
              insertCheckout(handle);
              before.forEach((number, status) -> rows.insert(handle, number, status));
              PayOrderDao.closeAll(handle, CHECKOUT, Instant.EPOCH);
              assertThat(
                      handle
                          .createQuery("select status from pay_orders order by attempt")
                          .mapTo(PayOrderStatus.class))
                  .containsExactly(
                      PayOrderStatus.CLOSED,
                      PayOrderStatus.SUCCEEDED,
                      PayOrderStatus.CLOSED,
                      PayOrderStatus.FAILED);
              assertThat(
                      handle
                          .createQuery("select attempt from pay_orders where updated_at = :epoch")
                          .bind("epoch", Instant.EPOCH)
                          .mapTo(Integer.class))
                  .containsExactly(1);
            });
  }

  private static void insertCheckout(Handle handle) {
    handle.execute(
        """
        insert into checkouts (checkout_id, merchant, merchant_order_no, request_id, fingerprint, subject,
          amount_fen, buyer_id, metadata, status, deadline, created_at, updated_at)
        values ('shop.A', 'shop', 'A', 'r', 'f', 'x', 100, 'b', '{}', 'AWAITING_PAYMENT', now(), now(), now())
        """);
  }

  private static final class Rows implements EveryPair.Rows<PayOrderStatus> {
    @Override
    public void insert(Handle handle, int number, PayOrderStatus state) {
      boolean succeeded = state == PayOrderStatus.SUCCEEDED;
      handle
          .createUpdate(
              """
              insert into pay_orders (out_trade_no, checkout_id, attempt, channel, method, amount_fen, subject,
                time_expire, status, settlement, paid_fen, created_at, updated_at)
              values ('P' || :number, 'shop.A', :number, 1, 'QR', 100, 'x',
                now(), :state, :settlement, :paid, now(), now())
              """)
          .bind("number", number)
          .bind("state", state.name())
          .bind("settlement", succeeded ? "DUPLICATE" : null)
          .bind("paid", succeeded ? 100L : null)
          .execute();
    }

    @Override
    public boolean move(Handle handle, int number, PayOrderStatus to) {
      OutTradeNo no = OutTradeNo.of("P" + number);
      Instant at = Instant.EPOCH;
      return switch (to) {
        case PAYING ->
            PayOrderDao.insert(
                handle,
                new PayOrder(
                    no,
                    CHECKOUT,
                    number,
                    Channel.ALIPAY,
                    PayMethod.PAGE,
                    AMOUNT,
                    "y",
                    at,
                    null,
                    "buyer-1",
                    null),
                at);
        case SUCCEEDED ->
            PayOrderDao.succeed(
                handle,
                new TradeResult(no, TradeState.PAID, TradeNo.of("T" + number), AMOUNT, at),
                AMOUNT,
                Settlement.LATE,
                at);
        case CLOSED -> PayOrderDao.close(handle, no, false, at);
        case FAILED ->
            PayOrderDao.refuse(handle, no, new Refusal(Refusal.Code.LIMIT, "ACQ.X", "no"), at);
      };
    }

    @Override
    public String select() {
      return """
      select status || ' ' || xmin || ' ' || cast(to_jsonb(p) as text) from pay_orders p
      where attempt = :number
      """;
    }
  }
}
