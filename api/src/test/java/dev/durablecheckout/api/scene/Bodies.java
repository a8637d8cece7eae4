package dev.durablecheckout.api.scene;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicInteger;

/** Request bodies, with an order number of their own. */
public final class Bodies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger number = new AtomicInteger();

  private Bodies() {}

  public static String orderNo() {
    return "T-" + number.incrementAndGet();
  }

  public static ObjectNode checkout(String orderNo) {
    ObjectNode body = JSON.createObjectNode();
    body.put("merchant_order_no", orderNo)
        .put("subject", "Two tins of tea")
        .put("amount_fen", 12800)
        .put("currency", "CNY")
        .put("buyer_id", "buyer-81")
        .put("channel", "alipay")
        .put("method", "qr");
    body.putArray("items")
        .addObject()
        .put("sku", "TEA-01")
        .put("name", "Longjing tea")
        .put("quantity", 2)
        .put("unit_price_fen", 6400);
    return body;
  }
}
