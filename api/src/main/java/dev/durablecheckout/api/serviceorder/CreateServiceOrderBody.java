package dev.durablecheckout.api.serviceorder;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.api.json.JsonBody;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/service-orders}. */
@Schema(
    name = "CreateServiceOrderRequest",
    description = "A merchant's wish to render a service and be paid afterwards")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CreateServiceOrderBody(
    @Schema(
            example = "UMBRELLA-0001",
            pattern = MerchantOrderNo.FORM,
            description = "the merchant's order number, unique among its service orders for ever",
            requiredMode = Schema.RequiredMode.REQUIRED)
        String merchantOrderNo,
    @Schema(
            example = "An umbrella",
            maxLength = 20,
            description = "what the service is",
            requiredMode = Schema.RequiredMode.REQUIRED)
        String introduction,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) RiskFundBody riskFund,
    @Schema(example = "buyer-81", maxLength = 64, requiredMode = Schema.RequiredMode.REQUIRED)
        String buyerId,
    @Schema(
            example = "{\"store\":\"hangzhou-2\"}",
            nullable = true,
            description = "up to 20 texts of up to 200 characters, kept and given back")
        Map<String, String> metadata) {
  private static final int MAX_INTRODUCTION = 20;
  private static final int MAX_BUYER_ID = 64;
  private static final int MAX_METADATA = 20;
  private static final int MAX_METADATA_KEY = 40;
  private static final int MAX_METADATA_VALUE = 200;
  private static final Pattern ORDER_NO = Pattern.compile(MerchantOrderNo.FORM);

  /** Reads and checks a body; ProblemException with everything that is wrong in it. */
  static CreateServiceOrderBody read(JsonBody json) {
    Fields fields = Fields.of(json);
    CreateServiceOrderBody body =
        new CreateServiceOrderBody(
            fields.text("merchant_order_no", ORDER_NO),
            fields.text("introduction", MAX_INTRODUCTION),
            fields.object("risk_fund", RiskFundBody::read).orElseGet(() -> new RiskFundBody("", 0)),
            fields.text("buyer_id", MAX_BUYER_ID),
            fields.texts("metadata", MAX_METADATA, MAX_METADATA_KEY, MAX_METADATA_VALUE));
    fields.finish();
    return body;
  }

  ServiceOrderRequest request(
      MerchantId merchant, UUID requestId, @Nullable String idempotencyKey) {
    return new ServiceOrderRequest(
        new ServiceOrderId(merchant, MerchantOrderNo.of(merchantOrderNo)),
        requestId.toString(),
        fingerprint(merchant),
        idempotencyKey,
        introduction,
        riskFund.fund(),
        buyerId,
        metadata);
  }

  /** The digest that tells a repeat from another request under the same number; kept for ever. */
  private String fingerprint(MerchantId merchant) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("merchant", merchant.value())
        .put("merchant_order_no", merchantOrderNo)
        .put("introduction", introduction)
        .put("risk_fund_name", riskFund.name())
        .put("risk_fund_fen", riskFund.amountFen())
        .put("buyer_id", buyerId);
    ObjectNode texts = json.putObject("metadata");
    new TreeMap<>(metadata).forEach(texts::put);
    return Hashing.sha256().hashString(json.toString(), StandardCharsets.UTF_8).toString();
  }
}
