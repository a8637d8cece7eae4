package dev.durablecheckout.activities.withdrawal;

import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.state.EveryPair;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalStatus;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A withdrawal moves as its table says, and in no other way. */
final class WithdrawalMovesTest {
  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everyPair() {
    EveryPair.visit(database, WithdrawalStatus.class, WithdrawalStatus.MOVES, new Rows());
  }

  private static final class Rows implements EveryPair.Rows<WithdrawalStatus> {
    @Override
    public void insert(Handle handle, int number, WithdrawalStatus state) {
      handle
          .createUpdate(
              """
              insert into withdrawals (withdrawal_no, merchant, merchant_withdrawal_no, buyer_id, request_id, fingerprint,
                channel, amount_fen, remark, payee_kind, payee_shown, payee_account, status, paid_at, returned_at,
                refusal_code, created_at, updated_at)
              values ('W' || :number, 'shop', 'O' || :number, 'b', 'r', 'f', 1, 1, 'x', 'ALIPAY_USER_ID', '2***',
                case when :state in ('HELD', 'PROCESSING', 'AWAITING_BUYER') then '2088' end, :state,
                case when :state in ('SUCCEEDED', 'RETURNED') then now() end,
                case when :state = 'RETURNED' then now() end,
                case when :state = 'FAILED' then 'OTHER' end, now(), now())
              """)
          .bind("number", number)
          .bind("state", state.name())
          .execute();
    }

    @Override
    public boolean move(Handle handle, int number, WithdrawalStatus to) {
      return WithdrawalDao.move(
          handle,
          WithdrawalNo.of("W" + number),
          to,
          PayoutResult.refused(null, new Refusal(Refusal.Code.OTHER, "X", "no")),
          Instant.EPOCH);
    }

    @Override
    public String select() {
      return """
      select status || ' ' || xmin || ' ' || cast(to_jsonb(w) as text) from withdrawals w
      where withdrawal_no = 'W' || :number
      """;
    }
  }
}
