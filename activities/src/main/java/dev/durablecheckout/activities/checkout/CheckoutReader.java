package dev.durablecheckout.activities.checkout;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Reads the books for the API. Writes nothing. */
public final class CheckoutReader {
  private final Jdbi jdbi;

  public CheckoutReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** One checkout; empty if the books have never heard of it. */
  public Optional<CheckoutDetails> find(CheckoutId id) {
    throw new UnsupportedOperationException(jdbi.toString() + id);
  }

  /** Those of the given checkouts that exist: one query for all the cashier pages that are open. */
  public Map<CheckoutId, CheckoutDetails> findAll(Collection<CheckoutId> ids) {
    throw new UnsupportedOperationException(ids.toString());
  }

  /** Every notify, query, decision and delivery of a checkout, in order. */
  public List<TimelineEntry> timeline(CheckoutId id) {
    throw new UnsupportedOperationException(id.toString());
  }
}
