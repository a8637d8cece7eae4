package dev.durablecheckout.api.refund;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.workflows.refund.RefundItem;
import io.swagger.v3.oas.annotations.media.Schema;

/** Goods that are given back, in a request and in an answer. */
@Schema(name = "RefundItem", description = "Goods that are given back")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RefundItemBody(
    @Schema(example = "TEA-01", maxLength = 64, requiredMode = Schema.RequiredMode.REQUIRED)
        String sku,
    @Schema(
            example = "1",
            minimum = "1",
            maximum = "1000000",
            requiredMode = Schema.RequiredMode.REQUIRED)
        int quantity) {
  private static final int MAX_SKU = 64;
  private static final int MAX_QUANTITY = 1_000_000;

  static RefundItemBody read(Fields fields) {
    return new RefundItemBody(
        fields.text("sku", MAX_SKU), (int) fields.integer("quantity", 1, MAX_QUANTITY));
  }

  static RefundItemBody of(RefundItem item) {
    return new RefundItemBody(item.sku(), item.quantity());
  }

  RefundItem item() {
    return new RefundItem(sku, quantity);
  }
}
