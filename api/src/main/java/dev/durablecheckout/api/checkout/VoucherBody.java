package dev.durablecheckout.api.checkout;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.Voucher;
import dev.durablecheckout.workflows.order.VoucherNo;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A voucher that pays a part of an order, in a request and in an answer. */
@Schema(name = "Voucher", description = "A voucher of the merchant's that pays a part of an order")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record VoucherBody(
    @Schema(
            example = "SPRING-0001",
            pattern = VoucherNo.FORM,
            requiredMode = Schema.RequiredMode.REQUIRED)
        String voucherNo,
    @Schema(
            example = "500",
            minimum = "1",
            description = "what it takes off this order, in fen; no more than it is worth",
            requiredMode = Schema.RequiredMode.REQUIRED)
        long discountFen) {
  private static final Pattern VOUCHER_NO = Pattern.compile(VoucherNo.FORM);

  static @Nullable VoucherBody of(@Nullable Voucher voucher) {
    return voucher == null
        ? null
        : new VoucherBody(voucher.voucherNo().value(), voucher.discount().amountFen());
  }

  static VoucherBody read(Fields fields, Limits limits) {
    return new VoucherBody(
        fields.text("voucher_no", VOUCHER_NO),
        fields.integer("discount_fen", 1, limits.maximumAmountFen()));
  }

  Voucher voucher() {
    return new Voucher(VoucherNo.of(voucherNo), Money.ofFen(discountFen));
  }
}
