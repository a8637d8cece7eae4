package dev.durablecheckout.activities.withdrawal;

import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Reads withdrawals for the API. Writes nothing. */
public final class WithdrawalReader {
  private final Jdbi jdbi;

  public WithdrawalReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** One withdrawal; empty if the books have never heard of it. */
  public Optional<WithdrawalRow> find(WithdrawalNo no) {
    return jdbi.inTransaction(handle -> WithdrawalDao.find(handle, no));
  }
}
