package dev.durablecheckout.activities.merchant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.workflows.merchant.MerchantId;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Keys change without a restart: all that is made of them together, or nothing. */
final class MerchantsTest {
  private static List<MerchantConfiguration> withSecret(String secret) {
    return List.of(
        new MerchantConfiguration(
            MerchantId.of("shop"),
            "A shop",
            null,
            null,
            null,
            null,
            new EventEndpointConfiguration(URI.create("https://shop.example"), new Secret(secret)),
            null));
  }

  private static String secretOf(List<MerchantConfiguration> merchants) {
    EventEndpointConfiguration events = merchants.get(0).events();
    return events == null ? "" : events.secret().reveal();
  }

  private static String refusesBad(List<MerchantConfiguration> merchants) {
    if (secretOf(merchants).equals("bad")) {
      throw new IllegalArgumentException("cannot be used");
    }
    return secretOf(merchants);
  }

  @Test
  void aNewKeyIsInUse() {
    Merchants merchants = new Merchants(withSecret("old"));
    Supplier<String> secret = merchants.derive(MerchantsTest::secretOf);

    assertThat(secret.get()).isEqualTo("old");
    assertThat(merchants.replace(withSecret("new"))).isTrue();
    assertThat(secret.get()).isEqualTo("new");
  }

  @Test
  void theSameAgainMakesNothingAnew() {
    Merchants merchants = new Merchants(withSecret("old"));
    Supplier<Object> made = merchants.derive(configured -> new Object());
    Object first = made.get();

    assertThat(merchants.replace(withSecret("old"))).isFalse();
    assertThat(made.get()).isSameAs(first);
  }

  @Test
  void whatCannotBeUsedChangesNothing() {
    Merchants merchants = new Merchants(withSecret("old"));
    Supplier<String> anything = merchants.derive(MerchantsTest::secretOf);
    Supplier<String> good = merchants.derive(MerchantsTest::refusesBad);

    assertThatThrownBy(() -> merchants.replace(withSecret("bad")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(anything.get()).isEqualTo("old");
    assertThat(good.get()).isEqualTo("old");
    assertThat(merchants.replace(withSecret("new"))).isTrue();
    assertThat(anything.get()).isEqualTo("new");
    assertThat(good.get()).isEqualTo("new");
  }

  @Test
  void aFileThatCannotBeReadChangesNothingAndStopsNothing() {
    Merchants merchants = new Merchants(withSecret("old"));
    Supplier<String> secret = merchants.derive(MerchantsTest::secretOf);

    new MerchantsReload(
            () -> {
              throw new java.io.IOException("half written");
            },
            merchants)
        .run();
    new MerchantsReload(() -> withSecret("new"), merchants).run();

    assertThat(secret.get()).isEqualTo("new");
  }
}
