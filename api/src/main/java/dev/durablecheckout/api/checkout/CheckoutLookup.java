package dev.durablecheckout.api.checkout;

import dev.durablecheckout.activities.checkout.CheckoutDetails;
import dev.durablecheckout.activities.checkout.CheckoutReader;
import dev.durablecheckout.activities.checkout.TimelineEntry;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the API reads in the books. Each method throws JdbiException while the database is away. */
public interface CheckoutLookup {
  /** See {@link CheckoutReader#find}. */
  Optional<CheckoutDetails> find(CheckoutId id);

  /** See {@link CheckoutReader#findAll}. */
  Map<CheckoutId, CheckoutDetails> findAll(Collection<CheckoutId> ids);

  /** See {@link CheckoutReader#timeline}. */
  List<TimelineEntry> timeline(CheckoutId id);

  /** Looks in the real books. */
  static CheckoutLookup in(CheckoutReader reader) {
    return new CheckoutLookup() {
      @Override
      public Optional<CheckoutDetails> find(CheckoutId id) {
        return reader.find(id);
      }

      @Override
      public Map<CheckoutId, CheckoutDetails> findAll(Collection<CheckoutId> ids) {
        return reader.findAll(ids);
      }

      @Override
      public List<TimelineEntry> timeline(CheckoutId id) {
        return reader.timeline(id);
      }
    };
  }
}
