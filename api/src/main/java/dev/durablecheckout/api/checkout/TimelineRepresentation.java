package dev.durablecheckout.api.checkout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.activities.checkout.TimelineEntry;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that happened to a checkout or a service order, in order. */
@Schema(
    name = "Timeline",
    description = "Everything that happened to a checkout or a service order, in order")
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TimelineRepresentation(
    @Schema(example = "tea-house.20261124-0001", nullable = true) @Nullable String checkoutId,
    @Schema(example = "tea-house.UMBRELLA-0001", nullable = true) @Nullable String serviceOrderId,
    List<Entry> entries) {
  /** One thing that happened. */
  @Schema(name = "TimelineEntry")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Entry(
      Instant at,
      @Schema(example = "paid", description = "for machines") String kind,
      @Schema(nullable = true) @Nullable String outTradeNo,
      @Schema(description = "for people, one line") String detail,
      @Schema(description = "facts behind it") Map<String, Object> data) {}

  static TimelineRepresentation of(CheckoutId id, List<TimelineEntry> entries) {
    return new TimelineRepresentation(id.value(), null, entries(entries));
  }

  public static TimelineRepresentation of(ServiceOrderId id, List<TimelineEntry> entries) {
    return new TimelineRepresentation(null, id.value(), entries(entries));
  }

  private static List<Entry> entries(List<TimelineEntry> entries) {
    return entries.stream()
        .map(
            entry ->
                new Entry(
                    entry.at(),
                    entry.kind().toLowerCase(Locale.ROOT),
                    entry.outTradeNo(),
                    entry.detail(),
                    entry.data()))
        .toList();
  }
}
