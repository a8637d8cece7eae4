package dev.durablecheckout.api.checkout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import dev.durablecheckout.workflows.checkout.CheckoutPurpose;
import dev.durablecheckout.workflows.merchant.MerchantId;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/**
 * The digest that tells a repeat from another request under the same order number: SHA-256 over
 * JSON of everything that a repeat must not change, in a fixed order. Stored in the books for ever,
 * so the form of what exists cannot change: a new field may only be added where it is given.
 */
final class Fingerprint {
  private Fingerprint() {}

  static String of(MerchantId merchant, CreateCheckoutBody body) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("merchant", merchant.value())
        .put("merchant_order_no", body.merchantOrderNo())
        .put("amount_fen", body.amountFen())
        .put("currency", body.currency())
        .put("subject", body.subject())
        .put("buyer_id", body.buyerId());
    ArrayNode items = json.putArray("items");
    for (ItemBody item : body.items()) {
      items
          .addObject()
          .put("sku", item.sku())
          .put("name", item.name())
          .put("quantity", item.quantity())
          .put("unit_price_fen", item.unitPriceFen());
    }
    json.put("channel", body.channel())
        .put("method", body.method())
        .put("expires_in", body.expiresIn())
        .put("return_url", body.returnUrl());
    PayerBody payer = body.payer();
    if (payer != null) {
      json.putObject("payer")
          .put("openid", payer.openid())
          .put("login_code", payer.loginCode())
          .put("client_ip", payer.clientIp())
          .put("auth_code", payer.authCode());
    }
    if (body.purpose() != CheckoutPurpose.SALE) {
      json.put("purpose", Wire.word(body.purpose()));
    }
    VoucherBody voucher = body.voucher();
    if (voucher != null) {
      json.putObject("voucher")
          .put("voucher_no", voucher.voucherNo())
          .put("discount_fen", voucher.discountFen());
    }
    ObjectNode metadata = json.putObject("metadata");
    new TreeMap<>(body.metadata()).forEach(metadata::put);
    return Hashing.sha256().hashString(json.toString(), StandardCharsets.UTF_8).toString();
  }
}
