package dev.durablecheckout.api.refund;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import dev.durablecheckout.api.checkout.Limits;
import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.api.json.JsonBody;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.refund.RefundNo;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/refunds}. */
@Schema(name = "CreateRefundRequest", description = "A merchant's wish to give money back")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CreateRefundBody(
    @Schema(
            example = "RF-20261124-0001",
            pattern = RefundNo.FORM,
            description = "the merchant's number of the refund, unique per merchant for ever",
            requiredMode = Schema.RequiredMode.REQUIRED)
        String refundNo,
    @Schema(
            example = "tea-house.20261124-0001",
            nullable = true,
            description = "the checkout; this or merchant_order_no")
        @Nullable String checkoutId,
    @Schema(
            example = "20261124-0001",
            pattern = MerchantOrderNo.FORM,
            nullable = true,
            description = "the number the checkout was opened under; this or checkout_id")
        @Nullable String merchantOrderNo,
    @Schema(
            example = "6400",
            minimum = "1",
            nullable = true,
            description =
                "what goes back, in fen; left out, with items, for what those cost, unless a voucher"
                    + " paid a part of it")
        @Nullable Long amountFen,
    @Schema(
            example = "one tin was dented",
            maxLength = 80,
            description = "why; the channel may show it to the buyer",
            requiredMode = Schema.RequiredMode.REQUIRED)
        String reason,
    @Schema(
            example = "20261124-0001",
            nullable = true,
            description = "one of the checkout's orders, and then no more than that was over")
        @Nullable String orderNo,
    @Schema(
            nullable = true,
            description = "what is given back of the order: up to 50 articles, each named once")
        List<RefundItemBody> items,
    @Schema(
            example = "true",
            nullable = true,
            description = "whether the items can be sold again once the money has gone back")
        boolean returnStock,
    @Schema(
            example = "false",
            nullable = true,
            description =
                "whether the checkout's voucher can be used again once the money has gone back")
        boolean returnVoucher) {
  private static final int MAX_REASON = 80;
  private static final int MAX_ITEMS = 50;
  private static final int MAX_CHECKOUT_ID = 128;
  private static final Pattern REFUND_NO = Pattern.compile(RefundNo.FORM);
  private static final Pattern ORDER_NO = Pattern.compile(MerchantOrderNo.FORM);

  /** Reads and checks a body; ProblemException with everything that is wrong in it. */
  static CreateRefundBody read(JsonBody json, Limits limits) {
    Fields fields = Fields.of(json);
    CreateRefundBody body =
        new CreateRefundBody(
            fields.text("refund_no", REFUND_NO),
            fields.optionalText("checkout_id", MAX_CHECKOUT_ID).orElse(null),
            fields.optionalText("merchant_order_no", ORDER_NO).orElse(null),
            fields.optionalInteger("amount_fen", 1, limits.maximumAmountFen()).orElse(null),
            fields.text("reason", MAX_REASON),
            fields.optionalText("order_no", ORDER_NO).orElse(null),
            fields.optionalList("items", MAX_ITEMS, RefundItemBody::read),
            fields.optionalFlag("return_stock").orElse(false),
            fields.optionalFlag("return_voucher").orElse(false));
    if (fields.isFaultless()) {
      body.check(fields);
    }
    fields.finish();
    return body;
  }

  private void check(Fields fields) {
    if ((checkoutId == null) == (merchantOrderNo == null)) {
      fields.fault("checkout_id", "required", "is needed, or merchant_order_no, and not both");
    }
    if (amountFen == null && items.isEmpty()) {
      fields.fault("amount_fen", "required", "is needed where there are no items");
    }
    if (returnStock && items.isEmpty()) {
      fields.fault("return_stock", "unsupported", "needs items, which say what comes back");
    }
    if (items.stream().map(RefundItemBody::sku).distinct().count() < items.size()) {
      fields.fault("items", "duplicate", "must name each sku once");
    }
  }

  /**
   * The digest that tells a repeat from another request under the same number; kept for ever, so a
   * new field may only be added where it is given.
   */
  String fingerprint(CheckoutId checkout) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("refund_no", refundNo)
        .put("checkout_id", checkout.value())
        .put("amount_fen", amountFen)
        .put("reason", reason)
        .put("order_no", orderNo)
        .put("return_stock", returnStock);
    if (returnVoucher) {
      json.put("return_voucher", true);
    }
    ArrayNode list = json.putArray("items");
    items.forEach(item -> list.addObject().put("sku", item.sku()).put("quantity", item.quantity()));
    return Hashing.sha256().hashString(json.toString(), StandardCharsets.UTF_8).toString();
  }
}
