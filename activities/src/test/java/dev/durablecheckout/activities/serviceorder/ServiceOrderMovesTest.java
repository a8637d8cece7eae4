package dev.durablecheckout.activities.serviceorder;

import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.state.EveryPair;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderResult;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderStatus;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service order moves in SQL exactly as {@link ServiceOrderStatus#MOVES} says. */
final class ServiceOrderMovesTest {
  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everyPair() {
    EveryPair.visit(database, ServiceOrderStatus.class, ServiceOrderStatus.MOVES, new Rows());
  }

  private static final class Rows implements EveryPair.Rows<ServiceOrderStatus> {
    @Override
    public void insert(Handle handle, int number, ServiceOrderStatus state) {
      handle
          .createUpdate(
              """
              insert into service_orders (service_order_id, merchant, merchant_order_no, out_order_no, request_id,
                fingerprint, introduction, risk_fund_name, risk_fund_fen, buyer_id, metadata, status, refusal_code,
                created_at, updated_at)
              values ('shop.U' || :number, 'shop', 'U' || :number, 'S' || :number, 'r', 'f', 'x', 'DEPOSIT', 1, 'b', '{}',
                :state, case when :state = 'REFUSED' then 'OTHER' end, now(), now())
              """)
          .bind("number", number)
          .bind("state", state.name())
          .execute();
    }

    @Override
    public boolean move(Handle handle, int number, ServiceOrderStatus to) {
      ServiceOrderId id = ServiceOrderId.parse("shop.U" + number);
      return to == ServiceOrderStatus.REFUSED
          ? ServiceOrderDao.refuse(
              handle, id, new Refusal(Refusal.Code.OTHER, "X", "no"), Instant.EPOCH)
          : ServiceOrderDao.move(handle, id, to, ServiceOrderResult.notCreated(), Instant.EPOCH);
    }

    @Override
    public String select() {
      return """
      select status || ' ' || xmin || ' ' || cast(to_jsonb(s) as text) from service_orders s
      where service_order_id = 'shop.U' || :number
      """;
    }
  }
}
