package dev.durablecheckout.activities.merchant;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The merchants as the configuration has them now, and what is made of them: channels, verifiers,
 * API keys. All of it changes together, or, if something cannot be made of a new configuration, not
 * at all.
 */
public final class Merchants {
  private final List<Derived<?>> all = new ArrayList<>();
  private ImmutableList<MerchantConfiguration> current;

  public Merchants(List<MerchantConfiguration> merchants) {
    this.current = ImmutableList.copyOf(merchants);
  }

  /**
   * Makes something of the merchants, now and whenever they change.
   *
   * @param make throws IllegalArgumentException for a configuration that it cannot use
   */
  public synchronized <T> Supplier<T> derive(Function<List<MerchantConfiguration>, T> make) {
    Derived<T> derived = new Derived<>(make, make.apply(current));
    all.add(derived);
    return () -> derived.now;
  }

  /**
   * Takes the merchants as they are configured now.
   *
   * @return whether anything is different
   * @throws IllegalArgumentException if something cannot be made of them; then nothing has changed
   */
  public synchronized boolean replace(List<MerchantConfiguration> merchants) {
    if (current.equals(merchants)) {
      return false;
    }
    ImmutableList<MerchantConfiguration> next = ImmutableList.copyOf(merchants);
    all.forEach(derived -> derived.prepare(next));
    all.forEach(Derived::change);
    current = next;
    return true;
  }

  private static final class Derived<T> {
    private final Function<List<MerchantConfiguration>, T> make;
    private volatile T now;
    private @Nullable T next;

    private Derived(Function<List<MerchantConfiguration>, T> make, T now) {
      this.make = make;
      this.now = now;
    }

    private void prepare(List<MerchantConfiguration> merchants) {
      next = make.apply(merchants);
    }

    private void change() {
      if (next != null) {
        now = next;
        next = null;
      }
    }
  }
}
