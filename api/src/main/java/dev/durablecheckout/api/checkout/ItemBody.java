package dev.durablecheckout.api.checkout;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.Item;
import io.swagger.v3.oas.annotations.media.Schema;

/** One line of an order, in a request and in an answer. */
@Schema(name = "Item", description = "One line of an order")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ItemBody(
    @Schema(example = "TEA-01", maxLength = 64, requiredMode = Schema.RequiredMode.REQUIRED)
        String sku,
    @Schema(
            example = "Longjing tea, 100 g",
            maxLength = 128,
            requiredMode = Schema.RequiredMode.REQUIRED)
        String name,
    @Schema(
            example = "2",
            minimum = "1",
            maximum = "1000000",
            requiredMode = Schema.RequiredMode.REQUIRED)
        int quantity,
    @Schema(
            example = "6400",
            minimum = "0",
            description = "price of one, in fen",
            requiredMode = Schema.RequiredMode.REQUIRED)
        long unitPriceFen) {
  private static final int MAX_SKU = 64;
  private static final int MAX_NAME = 128;
  private static final int MAX_QUANTITY = 1_000_000;

  static ItemBody of(Item item) {
    return new ItemBody(item.sku(), item.name(), item.quantity(), item.unitPrice().amountFen());
  }

  static ItemBody read(Fields fields, Limits limits) {
    return new ItemBody(
        fields.text("sku", MAX_SKU),
        fields.text("name", MAX_NAME),
        (int) fields.integer("quantity", 1, MAX_QUANTITY),
        fields.integer("unit_price_fen", 0, limits.maximumAmountFen()));
  }

  Item item() {
    return new Item(sku, name, quantity, Money.ofFen(unitPriceFen));
  }

  /** Quantity and price are limited so that this, also summed over all items, fits. */
  long totalFen() {
    return quantity * unitPriceFen;
  }
}
