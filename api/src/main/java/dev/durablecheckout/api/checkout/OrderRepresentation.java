package dev.durablecheckout.api.checkout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.Item;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.order.Voucher;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An order of a checkout, as callers see it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Order", description = "What is paid for; a checkout has one order")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record OrderRepresentation(
    @Schema(example = "20261124-0001") String merchantOrderNo,
    @Schema(example = "Two tins of Longjing tea") String subject,
    @Schema(example = "buyer-81") String buyerId,
    @Schema(example = "12800") long amountFen,
    List<ItemBody> items,
    @Schema(nullable = true, description = "what paid a part of it, if anything did")
        @Nullable VoucherBody voucher) {
  static OrderRepresentation of(
      MerchantOrderNo orderNo,
      String subject,
      String buyerId,
      Money amount,
      List<Item> items,
      @Nullable Voucher voucher) {
    return new OrderRepresentation(
        orderNo.value(),
        subject,
        buyerId,
        amount.amountFen(),
        items.stream().map(ItemBody::of).toList(),
        VoucherBody.of(voucher));
  }
}
