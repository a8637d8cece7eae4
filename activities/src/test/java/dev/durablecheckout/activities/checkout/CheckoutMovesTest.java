package dev.durablecheckout.activities.checkout;

import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.state.EveryPair;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.checkout.CloseReason;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A checkout moves in SQL exactly as {@link CheckoutStatus#MOVES} says. */
final class CheckoutMovesTest {
  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everyPair() {
    EveryPair.visit(database, CheckoutStatus.class, CheckoutStatus.MOVES, new Rows());
  }

  private static final class Rows implements EveryPair.Rows<CheckoutStatus> {
    @Override
    public void insert(Handle handle, int number, CheckoutStatus state) {
      handle
          .createUpdate(
              """
              insert into checkouts (checkout_id, merchant, merchant_order_no, request_id, fingerprint, subject,
                amount_fen, buyer_id, metadata, status, close_reason, deadline, created_at, updated_at)
              values ('shop.' || :number, 'shop', :number, 'r', 'f', 'x', 100, 'b', '{}', :state, :reason, now(), now(), now())
              """)
          .bind("number", String.valueOf(number))
          .bind("state", state.name())
          .bind("reason", reason(state, CloseReason.CANCELLED))
          .execute();
    }

    private static @Nullable CloseReason reason(CheckoutStatus state, CloseReason reason) {
      return state == CheckoutStatus.CLOSED ? reason : null;
    }

    @Override
    public boolean move(Handle handle, int number, CheckoutStatus to) {
      return CheckoutDao.move(
          handle,
          CheckoutId.parse("shop." + number),
          to,
          reason(to, CloseReason.EXPIRED),
          Instant.EPOCH);
    }

    @Override
    public String select() {
      return """
      select status || ' ' || xmin || ' ' || cast(to_jsonb(c) as text) from checkouts c
      where checkout_id = 'shop.' || :number
      """;
    }
  }
}
