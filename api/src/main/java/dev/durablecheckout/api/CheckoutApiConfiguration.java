package dev.durablecheckout.api;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.common.collect.ImmutableList;
import dev.durablecheckout.activities.db.DatabaseConfiguration;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.api.cashier.CashierConfiguration;
import dev.durablecheckout.api.checkout.Limits;
import dev.durablecheckout.api.checkout.PolicyConfiguration;
import dev.durablecheckout.api.notify.NotifyRelayConfiguration;
import dev.durablecheckout.workflows.client.TemporalConfiguration;
import io.dropwizard.core.Configuration;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the API can be told. Our keys are in snake_case, times in ISO 8601 (PT30M); a
 * configuration that cannot work is refused at the start, with the key that is wrong.
 */
public final class CheckoutApiConfiguration extends Configuration {
  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

  private final URI publicUrl;
  private final TemporalConfiguration temporal;
  private final DatabaseConfiguration database;
  private final ImmutableList<MerchantConfiguration> merchants;
  private final CashierConfiguration cashier;
  private final Limits limits;
  private final PolicyConfiguration policy;
  private final NotifyRelayConfiguration notifyRelay;
  private final Duration patience;

  /**
   * @param publicUrl where buyers and merchants reach this API, with its path prefix if it has one
   * @param patience how long a request waits for its workflow before it is answered 202, default 5
   *     s
   */
  @JsonCreator
  public CheckoutApiConfiguration(
      @JsonProperty("public_url") @Nullable URI publicUrl,
      @JsonProperty("temporal") @Nullable TemporalConfiguration temporal,
      @JsonProperty("database") @Nullable DatabaseConfiguration database,
      @JsonProperty("merchants") @Nullable List<MerchantConfiguration> merchants,
      @JsonProperty("cashier") @Nullable CashierConfiguration cashier,
      @JsonProperty("limits") @Nullable Limits limits,
      @JsonProperty("policy") @Nullable PolicyConfiguration policy,
      @JsonProperty("notify_relay") @Nullable NotifyRelayConfiguration notifyRelay,
      @JsonProperty("patience") @Nullable Duration patience) {
    URI url = required(publicUrl, "public_url");
    checkArgument(url.getHost() != null, "public_url must be an absolute http(s) URL");
    this.publicUrl = url.toString().endsWith("/") ? url : URI.create(url + "/");
    this.temporal = required(temporal, "temporal");
    this.database = required(database, "database");
    this.merchants = ImmutableList.copyOf(required(merchants, "merchants"));
    this.cashier = required(cashier, "cashier");
    this.limits = limits == null ? Limits.DEFAULT : limits;
    this.policy = policy == null ? PolicyConfiguration.DEFAULT : policy;
    this.notifyRelay = notifyRelay == null ? NotifyRelayConfiguration.DEFAULT : notifyRelay;
    this.patience = patience == null ? DEFAULT_PATIENCE : patience;
    checkArgument(this.patience.toMillis() > 0, "patience must be above zero");
    checkArgument(!this.merchants.isEmpty(), "merchants has no entry");
    checkArgument(
        this.policy.leavesRoomIn(this.limits.minimumExpiresIn()),
        "limits.minimum_expires_in is shorter than policy.expiry_margin and"
            + " policy.minimum_pay_window together: such a checkout could not be paid");
  }

  private static <T> T required(@Nullable T value, String key) {
    checkArgument(value != null, "%s is missing", key);
    return value;
  }

  /** Ends in a slash. */
  URI publicUrl() {
    return publicUrl;
  }

  TemporalConfiguration temporal() {
    return temporal;
  }

  DatabaseConfiguration database() {
    return database;
  }

  ImmutableList<MerchantConfiguration> merchants() {
    return merchants;
  }

  CashierConfiguration cashier() {
    return cashier;
  }

  Limits limits() {
    return limits;
  }

  PolicyConfiguration policy() {
    return policy;
  }

  NotifyRelayConfiguration notifyRelay() {
    return notifyRelay;
  }

  Duration patience() {
    return patience;
  }
}
