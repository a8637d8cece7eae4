package dev.durablecheckout.activities.refund;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.state.EveryPair;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundReason;
import dev.durablecheckout.workflows.refund.RefundStatus;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A refund moves in SQL exactly as {@link RefundStatus#MOVES} says. */
final class RefundMovesTest {
  private static final String PAYMENT =
      """
      insert into checkouts (checkout_id, merchant, merchant_order_no, request_id, fingerprint, subject,
        amount_fen, buyer_id, metadata, status, deadline, created_at, updated_at)
      values ('shop.A', 'shop', 'A', 'r', 'f', 'x', 100, 'b', '{}', 'PAID', now(), now(), now());
      insert into pay_orders (out_trade_no, checkout_id, attempt, channel, method, amount_fen, subject,
        time_expire, status, settlement, paid_fen, created_at, updated_at)
      values ('P', 'shop.A', 1, 1, 'QR', 100, 'x', now(), 'SUCCEEDED', 'LATE', 100, now(), now());
      """;

  private final TestDatabase database = TestDatabase.create();

  @BeforeEach
  void insertPayment() {
    database.jdbi().useHandle(handle -> handle.createScript(PAYMENT).execute());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everyPair() {
    EveryPair.visit(database, RefundStatus.class, RefundStatus.MOVES, new Rows());
  }

  @Test
  void beginningAnewChangesNothingInWhateverStateItIs() {
    Rows rows = new Rows();
    Money other = new Money(1);
    int count = 0;
    for (RefundStatus status : RefundStatus.values()) {
      int number = ++count;
      database
          .jdbi()
          .useTransaction(
              handle -> {
                rows.insert(handle, number, status);
                RefundOrder refund =
                    new RefundOrder(
                        OutRefundNo.of("R" + number),
                        CheckoutId.parse("shop.A"),
                        OutTradeNo.of("P"),
                        Channel.ALIPAY,
                        other,
                        other,
                        RefundReason.DUPLICATE);
                assertThat(RefundDao.insert(handle, refund, Instant.EPOCH)).isFalse();
                assertThat(RefundDao.status(handle, refund.outRefundNo())).isEqualTo(status);
                assertThat(RefundDao.find(handle, refund.outRefundNo()).orElseThrow().amount())
                    .isEqualTo(new Money(100));
              });
    }
  }

  private static final class Rows implements EveryPair.Rows<RefundStatus> {
    @Override
    public void insert(Handle handle, int number, RefundStatus state) {
      handle
          .createUpdate(
              """
              insert into refunds (out_refund_no, out_trade_no, checkout_id, channel, amount_fen, total_fen,
                reason, status, refunded_at, created_at, updated_at,
                asked_by, refund_no, request_id, fingerprint, note, items)
              values ('R' || :number, 'P', 'shop.A', 1, 100, 100, 'REQUESTED', :state,
                case when :state = 'SUCCEEDED' then now() end, now(), now(),
                'shop', 'N' || :number, 'r', 'f', 'n', '[]')
              """)
          .bind("number", number)
          .bind("state", state.name())
          .execute();
    }

    @Override
    public boolean move(Handle handle, int number, RefundStatus to) {
      OutRefundNo no = OutRefundNo.of("R" + number);
      Instant at = Instant.EPOCH;
      return switch (to) {
        case PROCESSING -> RefundDao.move(handle, no, RefundStatus.PROCESSING, at);
        case SUCCEEDED -> RefundDao.succeed(handle, no, at, at);
        case FAILED ->
            RefundDao.refuse(handle, no, new Refusal(Refusal.Code.OTHER, "ACQ.X", "no"), at);
        case ABANDONED -> RefundDao.abandon(handle, no, at);
      };
    }

    @Override
    public String select() {
      return """
      select status || ' ' || xmin || ' ' || cast(to_jsonb(r) as text) from refunds r
      where out_refund_no = 'R' || :number
      """;
    }
  }
}
