package dev.durablecheckout.api.checkout;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.api.json.JsonBody;
import dev.durablecheckout.workflows.checkout.CheckoutPurpose;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayChoice;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/checkouts}. */
@Schema(name = "CreateCheckoutRequest", description = "A merchant's wish to be paid")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CreateCheckoutBody(
    @Schema(
            example = "20261124-0001",
            pattern = MerchantOrderNo.FORM,
            description = "the merchant's order number, unique per merchant for ever",
            requiredMode = Schema.RequiredMode.REQUIRED)
        String merchantOrderNo,
    @Schema(
            example = "Two tins of Longjing tea",
            maxLength = 128,
            requiredMode = Schema.RequiredMode.REQUIRED)
        String subject,
    @Schema(
            example = "12800",
            minimum = "1",
            maximum = "10000000000",
            description =
                "what is to be paid, in fen; the items must add up to it, and to what a voucher takes"
                    + " off",
            requiredMode = Schema.RequiredMode.REQUIRED)
        long amountFen,
    @Schema(
            example = "CNY",
            allowableValues = {"CNY"},
            requiredMode = Schema.RequiredMode.REQUIRED)
        String currency,
    @Schema(example = "buyer-81", maxLength = 64, requiredMode = Schema.RequiredMode.REQUIRED)
        String buyerId,
    @Schema(description = "1 to 50 lines; left out of a wallet_top_up", nullable = true)
        List<ItemBody> items,
    @Schema(
            example = "alipay",
            allowableValues = {"alipay", "wechat_pay", "wallet"},
            nullable = true,
            description =
                "left out, with method, if the buyer is to choose on the cashier page; not wallet"
                    + " for a wallet_top_up")
        @Nullable String channel,
    @Schema(
            example = "qr",
            allowableValues = {
              "qr",
              "page",
              "wap",
              "app",
              "barcode",
              "jsapi",
              "mini_program",
              "h5",
              "balance"
            },
            nullable = true,
            description = "one that the channel has")
        @Nullable String method,
    @Schema(nullable = true) @Nullable PayerBody payer,
    @Schema(
            example = "1800",
            nullable = true,
            description = "seconds until the deadline; the default is 30 minutes")
        @Nullable Long expiresIn,
    @Schema(
            example = "https://shop.example/orders/20261124-0001",
            maxLength = 512,
            nullable = true,
            description = "where the buyer goes afterwards; http or https")
        @Nullable String returnUrl,
    @Schema(
            example = "{\"store\":\"hangzhou-2\"}",
            nullable = true,
            description = "up to 20 texts of up to 200 characters, kept and given back")
        Map<String, String> metadata,
    @Schema(
            example = "sale",
            implementation = String.class,
            allowableValues = {"sale", "wallet_top_up"},
            nullable = true,
            description =
                "sale, unless said otherwise; wallet_top_up: buyer_id's own wallet is what is paid"
                    + " for, and holds the money from the moment in which the checkout is paid")
        CheckoutPurpose purpose,
    @Schema(
            nullable = true,
            description = "one that the merchant keeps here; not with a wallet_top_up")
        @Nullable VoucherBody voucher) {
  private static final int MAX_SUBJECT = 128;
  public static final int MAX_BUYER_ID = 64;
  private static final int MAX_ITEMS = 50;
  private static final int MAX_RETURN_URL = 512;
  private static final int MAX_METADATA = 20;
  private static final int MAX_METADATA_KEY = 40;
  private static final int MAX_METADATA_VALUE = 200;
  private static final ImmutableMap<String, String> CURRENCIES = ImmutableMap.of("CNY", "CNY");
  private static final ImmutableMap<String, CheckoutPurpose> PURPOSES =
      ImmutableMap.of("sale", CheckoutPurpose.SALE, "wallet_top_up", CheckoutPurpose.WALLET_TOP_UP);
  private static final Pattern ORDER_NO = Pattern.compile(MerchantOrderNo.FORM);

  /** Reads and checks a body; ProblemException with everything that is wrong in it. */
  static CreateCheckoutBody read(JsonBody json, Limits limits) {
    Fields fields = Fields.of(json);
    String merchantOrderNo = fields.text("merchant_order_no", ORDER_NO);
    String subject = fields.text("subject", MAX_SUBJECT);
    long amountFen =
        fields.integer("amount_fen", limits.minimumAmountFen(), limits.maximumAmountFen());
    Optional<String> currency = fields.oneOf("currency", CURRENCIES);
    String buyerId = fields.text("buyer_id", MAX_BUYER_ID);
    CheckoutPurpose purpose =
        fields.hasAny("purpose")
            ? fields.oneOf("purpose", PURPOSES).orElse(CheckoutPurpose.SALE)
            : CheckoutPurpose.SALE;
    List<ItemBody> items = items(fields, purpose, limits);
    Optional<PayBody> choice =
        fields.hasAny("channel", "method", "payer") ? PayBody.readChoice(fields) : Optional.empty();
    Optional<Long> expiresIn =
        fields.optionalInteger(
            "expires_in",
            limits.minimumExpiresIn().toSeconds(),
            limits.maximumExpiresIn().toSeconds());
    Optional<String> returnUrl = fields.optionalText("return_url", MAX_RETURN_URL);
    returnUrl
        .filter(url -> !isWebUrl(url))
        .ifPresent(
            url ->
                fields.fault("return_url", "bad_form", "must be an http or https URL with a host"));
    Map<String, String> metadata =
        fields.texts("metadata", MAX_METADATA, MAX_METADATA_KEY, MAX_METADATA_VALUE);
    if (purpose == CheckoutPurpose.WALLET_TOP_UP
        && choice.map(PayBody::channel).equals(Optional.of(Wire.word(Channel.WALLET)))) {
      fields.fault("channel", "unsupported", "a wallet is not filled from itself");
    }
    Optional<VoucherBody> voucher =
        fields.optionalObject("voucher", given -> VoucherBody.read(given, limits));
    if (purpose == CheckoutPurpose.WALLET_TOP_UP && voucher.isPresent()) {
      fields.fault("voucher", "unsupported", "a wallet_top_up has none; leave it out");
    }
    if (fields.isFaultless() && purpose == CheckoutPurpose.SALE) {
      checkSum(fields, amountFen, items, voucher.map(VoucherBody::discountFen).orElse(0L));
    }
    fields.finish();
    return new CreateCheckoutBody(
        merchantOrderNo,
        subject,
        amountFen,
        currency.orElseThrow(),
        buyerId,
        items,
        choice.map(PayBody::channel).orElse(null),
        choice.map(PayBody::method).orElse(null),
        choice.map(PayBody::payer).orElse(null),
        expiresIn.orElse(null),
        returnUrl.orElse(null),
        metadata,
        purpose,
        voucher.orElse(null));
  }

  private static List<ItemBody> items(Fields fields, CheckoutPurpose purpose, Limits limits) {
    if (purpose == CheckoutPurpose.SALE) {
      return fields.list("items", MAX_ITEMS, item -> ItemBody.read(item, limits));
    }
    if (fields.hasAny("items")) {
      fields.fault("items", "unsupported", "a wallet_top_up has none; leave it out");
    }
    return List.of();
  }

  /** Absent if the buyer is to choose. */
  Optional<PayChoice> choice() {
    return channel == null || method == null
        ? Optional.empty()
        : Optional.of(new PayBody(channel, method, payer).choice());
  }

  private static void checkSum(
      Fields fields, long amountFen, List<ItemBody> items, long discountFen) {
    long sum = items.stream().mapToLong(ItemBody::totalFen).sum();
    if (sum != amountFen + discountFen) {
      fields.fault(
          "amount_fen",
          "sum_mismatch",
          "is "
              + amountFen
              + ", yet the items add up to "
              + sum
              + (discountFen == 0 ? "" : ", of which the voucher takes " + discountFen));
    }
  }

  private static boolean isWebUrl(String url) {
    try {
      URI uri = new URI(url);
      return uri.getHost() != null
          && uri.getRawUserInfo() == null
          && ("https".equalsIgnoreCase(uri.getScheme())
              || "http".equalsIgnoreCase(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
