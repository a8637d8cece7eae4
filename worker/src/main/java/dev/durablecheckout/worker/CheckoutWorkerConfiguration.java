package dev.durablecheckout.worker;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.durablecheckout.activities.db.DatabaseConfiguration;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.workflows.client.TemporalConfiguration;
import dev.durablecheckout.workflows.payment.Channel;
import io.dropwizard.core.Configuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;

/** The worker's YAML; docs/operating.md explains each key. */
public final class CheckoutWorkerConfiguration extends Configuration {
  @JsonProperty @Valid @NotNull
  private TemporalConfiguration temporal = TemporalConfiguration.of("127.0.0.1:7233", "default");

  @JsonProperty @Valid @NotNull
  private DatabaseConfiguration database =
      new DatabaseConfiguration(
          "jdbc:postgresql://127.0.0.1:5432/checkout", "checkout", null, null);

  @JsonProperty @Valid @NotEmpty private List<MerchantConfiguration> merchants = List.of();

  @JsonProperty("channel_rates")
  @Valid
  @NotNull
  private Map<Channel, ChannelRateConfiguration> channelRates = Map.of();

  @JsonProperty @Valid @NotNull
  private SweepConfiguration sweep = new SweepConfiguration(null, null);

  public TemporalConfiguration temporal() {
    return temporal;
  }

  public DatabaseConfiguration database() {
    return database;
  }

  public Map<Channel, ChannelRateConfiguration> channelRates() {
    return channelRates;
  }

  public SweepConfiguration sweep() {
    return sweep;
  }

  public List<MerchantConfiguration> merchants() {
    return merchants;
  }
}
