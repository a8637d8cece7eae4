package dev.durablecheckout.api.checkout;

import static dev.durablecheckout.api.checkout.BadBody.field;
import static dev.durablecheckout.api.checkout.BadBody.malformed;
import static dev.durablecheckout.api.checkout.BadBody.raw;
import static dev.durablecheckout.api.checkout.BadBody.refused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.io.ByteSource;
import dev.durablecheckout.api.scene.Bodies;
import java.util.stream.Stream;

/** The ways in which a body of POST /v1/checkouts can be wrong. */
final class BadBodies {
  private static final String INTEGER = "must be an integer, written without fraction or exponent";

  private BadBodies() {}

  static Stream<BadBody> all() {
    return Stream.of(
            amounts(), orderNumbers(), fields(), returnUrls(), vouchers(), items(), documents())
        .flatMap(table -> table);
  }

  private static Stream<BadBody> amounts() {
    String good = "\"amount_fen\":12800";
    return Stream.of(
        raw("zero", "amount_fen", "below_minimum", "at least 10", good, "\"amount_fen\":0"),
        raw("minus zero", "amount_fen", "below_minimum", "at least 10", good, "\"amount_fen\":-0"),
        raw("negative", "amount_fen", "below_minimum", "at least 10", good, "\"amount_fen\":-1"),
        raw("below minimum", "amount_fen", "below_minimum", "10", good, "\"amount_fen\":9"),
        raw("fraction", "amount_fen", "not_an_integer", INTEGER, good, "\"amount_fen\":1.5"),
        raw("whole fraction", "amount_fen", "not_an_integer", "", good, "\"amount_fen\":12800.0"),
        raw("exponent", "amount_fen", "not_an_integer", INTEGER, good, "\"amount_fen\":128e2"),
        raw("huge exponent", "amount_fen", "not_an_integer", "", good, "\"amount_fen\":1e999999"),
        raw("string", "amount_fen", "wrong_type", "an integer", good, "\"amount_fen\":\"12800\""),
        raw("null", "amount_fen", "required", "must not be null", good, "\"amount_fen\":null"),
        raw("boolean", "amount_fen", "wrong_type", "an integer", good, "\"amount_fen\":true"),
        raw("array", "amount_fen", "wrong_type", "an integer", good, "\"amount_fen\":[12800]"),
        raw("missing", "amount_fen", "required", "is missing", good + ",", ""),
        raw(
            "above maximum",
            "amount_fen",
            "above_maximum",
            "at most 10000000000",
            good,
            "\"amount_fen\":10000000001"),
        raw(
            "above long",
            "amount_fen",
            "above_maximum",
            "at most 10000000000",
            good,
            "\"amount_fen\":9223372036854775808"),
        raw(
            "wraps to the right one",
            "amount_fen",
            "above_maximum",
            "at most",
            good,
            "\"amount_fen\":18446744073709564416"),
        raw(
            "not the items' sum",
            "amount_fen",
            "sum_mismatch",
            "add up to 12800",
            good,
            "\"amount_fen\":12801"),
        malformed("leading zero", "eading zero", good, "\"amount_fen\":012800"),
        malformed("plus sign", "", good, "\"amount_fen\":+12800"),
        malformed("hexadecimal", "", good, "\"amount_fen\":0x3200"),
        malformed("not a number", "", good, "\"amount_fen\":NaN"),
        malformed("too many digits", "", good, "\"amount_fen\":" + "9".repeat(2000)));
  }

  private static Stream<BadBody> orderNumbers() {
    return Stream.of(
            "",
            " ",
            "a b",
            " a",
            "a ",
            "a\n",
            "a\u0000",
            "a\u0007",
            "-a",
            "_a",
            "a.b",
            "a:b",
            "a/b",
            "../a",
            "a%2fb",
            "'; drop table checkouts; --",
            "\uff21\uff11",
            "\u0660\u0661",
            "a\u200b",
            "\u202ea",
            "a\u0301",
            "\u8ba2\u5355",
            "\ud83c\udf75",
            "x".repeat(65))
        .map(
            value ->
                field(
                    "order number " + escaped(value),
                    "merchant_order_no",
                    "bad_form",
                    "[0-9A-Za-z][0-9A-Za-z_-]{0,63}",
                    body -> body.put("merchant_order_no", value)));
  }

  private static Stream<BadBody> fields() {
    return Stream.of(
        field(
            "order number is a number",
            "merchant_order_no",
            "wrong_type",
            "a string",
            body -> body.put("merchant_order_no", 7)),
        field(
            "no order number",
            "merchant_order_no",
            "required",
            "missing",
            body -> body.remove("merchant_order_no")),
        field(
            "blank subject",
            "subject",
            "too_short",
            "blank",
            body -> body.put("subject", "\u3000")),
        field(
            "long subject",
            "subject",
            "too_long",
            "at most 128 characters, not 129",
            body -> body.put("subject", "\ud83c\udf75".repeat(129))),
        field(
            "NUL in the subject",
            "subject",
            "control_character",
            "control characters",
            body -> body.put("subject", "tea\u0000")),
        field(
            "escape in the subject",
            "subject",
            "control_character",
            "control characters",
            body -> body.put("subject", "\u001b[2Jtea")),
        field(
            "C1 control in the subject",
            "subject",
            "control_character",
            "control",
            body -> body.put("subject", "tea\u0085")),
        raw(
            "half a surrogate",
            "subject",
            "control_character",
            "half surrogates",
            "Two tins of tea",
            "tea \\ud83c"),
        raw(
            "surrogates the wrong way round",
            "subject",
            "control_character",
            "half surrogates",
            "Two tins of tea",
            "tea \\udf75\\ud83c"),
        field(
            "long buyer",
            "buyer_id",
            "too_long",
            "at most 64",
            body -> body.put("buyer_id", "b".repeat(65))),
        field(
            "buyer null",
            "buyer_id",
            "required",
            "must not be null",
            body -> body.putNull("buyer_id")),
        field(
            "another currency",
            "currency",
            "unsupported",
            "must be one of: CNY",
            body -> body.put("currency", "USD")),
        field(
            "currency in lower case",
            "currency",
            "unsupported",
            "must be one of: CNY",
            body -> body.put("currency", "cny")),
        field(
            "another channel",
            "channel",
            "unsupported",
            "must be one of: alipay",
            body -> body.put("channel", "paypal")),
        field(
            "another method",
            "method",
            "unsupported",
            "must be one of: qr, page",
            body -> body.put("method", "cash")),
        field(
            "a method of another channel",
            "method",
            "unsupported",
            "alipay has: qr, page, wap, app, barcode",
            body -> body.put("method", "jsapi")),
        field(
            "a payer where none is needed",
            "payer",
            "not_needed",
            "qr has no payer",
            body -> body.putObject("payer").put("openid", "o1")),
        field(
            "a till without a code",
            "payer",
            "required",
            "barcode needs a payer with auth_code",
            body -> body.put("method", "barcode")),
        field(
            "a till with somebody's openid",
            "payer",
            "bad_form",
            "barcode needs auth_code, and only it",
            body -> body.put("method", "barcode").putObject("payer").put("openid", "o1")),
        field(
            "a code that no phone shows",
            "payer.auth_code",
            "bad_form",
            "of the form",
            body -> body.put("method", "barcode").putObject("payer").put("auth_code", "28-67")),
        field(
            "an openid and a login code",
            "payer",
            "bad_form",
            "jsapi needs openid or login_code, and only it",
            body ->
                body.put("channel", "wechat_pay")
                    .put("method", "jsapi")
                    .putObject("payer")
                    .put("openid", "o1")
                    .put("login_code", "c1")),
        field(
            "an address that is a name",
            "payer.client_ip",
            "bad_form",
            "of the form",
            body ->
                body.put("channel", "wechat_pay")
                    .put("method", "h5")
                    .putObject("payer")
                    .put("client_ip", "localhost")),
        field(
            "a payer with a field nobody knows",
            "payer.name",
            "unknown_field",
            "the fields are",
            body ->
                body.put("channel", "wechat_pay")
                    .put("method", "jsapi")
                    .putObject("payer")
                    .put("openid", "o1")
                    .put("name", "Ann")),
        field(
            "a payer that is a text",
            "payer",
            "wrong_type",
            "an object, not a string",
            body -> body.put("method", "barcode").put("payer", "Ann")),
        field(
            "method is an object",
            "method",
            "wrong_type",
            "a string, not an object",
            body -> body.putObject("method")),
        field(
            "expires too soon",
            "expires_in",
            "below_minimum",
            "at least 2",
            body -> body.put("expires_in", 1)),
        field(
            "expires too late",
            "expires_in",
            "above_maximum",
            "at most 86400",
            body -> body.put("expires_in", 86401)),
        field(
            "expires in a text",
            "expires_in",
            "wrong_type",
            "an integer, not a string",
            body -> body.put("expires_in", "PT30M")),
        field(
            "expires in null",
            "expires_in",
            "wrong_type",
            "leave it out",
            body -> body.putNull("expires_in")),
        field(
            "metadata is nested",
            "metadata.a",
            "wrong_type",
            "a string, not an object",
            body -> body.putObject("metadata").putObject("a")),
        field(
            "metadata is a list",
            "metadata",
            "wrong_type",
            "an object of texts",
            body -> body.putArray("metadata")),
        field(
            "metadata is too much",
            "metadata",
            "too_long",
            "at most 20 entries, not 21",
            body -> {
              ObjectNode metadata = body.putObject("metadata");
              for (int i = 0; i <= 20; i++) {
                metadata.put("k" + i, "v");
              }
            }),
        field(
            "metadata with a NUL in a value",
            "metadata.a",
            "control_character",
            "control",
            body -> body.putObject("metadata").put("a", "\u0000")),
        field(
            "metadata with a NUL in a key",
            "metadata.a\u0000",
            "control_character",
            "as a key",
            body -> body.putObject("metadata").put("a\u0000", "v")),
        field(
            "a field nobody knows",
            "amount",
            "unknown_field",
            "the fields are",
            body -> body.put("amount", 12800)),
        field(
            "a field of a prototype",
            "__proto__",
            "unknown_field",
            "the fields are",
            body -> body.putObject("__proto__")),
        raw(
            "an unknown field named by half a surrogate",
            "\ufffd",
            "unknown_field",
            "the fields",
            "{\"merchant",
            "{\"\\ud800\":1,\"merchant"),
        raw(
            "a field that stands twice",
            "amount_fen",
            "duplicate_field",
            "say it once",
            "\"currency\"",
            "\"amount_fen\":12800,\"currency\""),
        raw(
            "a field twice, once escaped",
            "amount_fen",
            "duplicate_field",
            "say it once",
            "\"currency\"",
            "\"amount\\u005ffen\":1,\"currency\""));
  }

  private static Stream<BadBody> returnUrls() {
    return Stream.of(
            "javascript:alert(1)",
            "data:text/html,hi",
            "ftp://shop.example/",
            "//shop.example/",
            "/orders/1",
            "https://",
            "https:///orders",
            "https://shop.example/a b",
            "https://user:secret@shop.example/",
            "https://shop.example@evil.example/",
            "not a url")
        .map(
            url ->
                field(
                    "return_url " + url,
                    "return_url",
                    "bad_form",
                    "http or https URL with a host",
                    body -> body.put("return_url", url)));
  }

  private static Stream<BadBody> vouchers() {
    return Stream.of(
        field(
            "voucher is a text",
            "voucher",
            "wrong_type",
            "object",
            body -> body.put("voucher", "SPRING-1")),
        field(
            "voucher without a number",
            "voucher.voucher_no",
            "required",
            "missing",
            body -> body.putObject("voucher").put("discount_fen", 1)),
        field(
            "voucher with a blank in its number",
            "voucher.voucher_no",
            "bad_form",
            "",
            body -> body.putObject("voucher").put("voucher_no", "a b").put("discount_fen", 1)),
        field(
            "voucher that takes nothing off",
            "voucher.discount_fen",
            "below_minimum",
            "at least 1",
            body -> body.putObject("voucher").put("voucher_no", "V").put("discount_fen", 0)),
        field(
            "voucher that pays more than the rest",
            "amount_fen",
            "sum_mismatch",
            "of which the voucher takes 12800",
            body -> body.putObject("voucher").put("voucher_no", "V").put("discount_fen", 12_800)),
        field(
            "voucher for a top-up",
            "voucher",
            "unsupported",
            "has none",
            body -> {
              body.put("purpose", "wallet_top_up").remove("items");
              body.putObject("voucher").put("voucher_no", "V").put("discount_fen", 1);
            }));
  }

  private static Stream<BadBody> items() {
    return Stream.of(
        field("no items", "items", "too_short", "at least one", body -> body.putArray("items")),
        field("items missing", "items", "required", "missing", body -> body.remove("items")),
        field(
            "items are one object",
            "items",
            "wrong_type",
            "an array of objects, not an object",
            body -> body.putObject("items")),
        field(
            "an item is a text",
            "items[0]",
            "wrong_type",
            "an object, not a string",
            body -> body.putArray("items").add("tea")),
        field(
            "an item is null",
            "items[0]",
            "wrong_type",
            "an object, not null",
            body -> body.putArray("items").addNull()),
        field(
            "51 items",
            "items",
            "too_long",
            "at most 50 entries, not 51",
            body -> BadBody.items(body, 51)),
        field(
            "no quantity",
            "items[0].quantity",
            "required",
            "missing",
            body -> BadBody.item(body).remove("quantity")),
        field(
            "quantity zero",
            "items[0].quantity",
            "below_minimum",
            "at least 1",
            body -> BadBody.item(body).put("quantity", 0)),
        field(
            "quantity minus two, price minus too",
            "items[0].quantity",
            "below_minimum",
            "1",
            body -> BadBody.item(body).put("quantity", -2).put("unit_price_fen", -6400)),
        field(
            "quantity and a half",
            "items[0].quantity",
            "not_an_integer",
            INTEGER,
            body -> BadBody.item(body).put("quantity", 1.5)),
        field(
            "quantity above an int",
            "items[0].quantity",
            "above_maximum",
            "at most 1000000",
            body -> BadBody.item(body).put("quantity", 4294967298L)),
        field(
            "price below zero",
            "items[0].unit_price_fen",
            "below_minimum",
            "at least 0",
            body -> BadBody.item(body).put("unit_price_fen", -1)),
        field(
            "a sum that wraps around a long",
            "items[0].unit_price_fen",
            "above_maximum",
            "most",
            body -> BadBody.item(body).put("unit_price_fen", 4611686018427394304L)),
        field(
            "blank sku",
            "items[0].sku",
            "too_short",
            "blank",
            body -> BadBody.item(body).put("sku", "")),
        field(
            "long sku",
            "items[0].sku",
            "too_long",
            "at most 64 characters, not 65",
            body -> BadBody.item(body).put("sku", "s".repeat(65))),
        field(
            "NUL in a sku",
            "items[0].sku",
            "control_character",
            "control",
            body -> BadBody.item(body).put("sku", "TEA\u000001")),
        field(
            "an item's unknown field",
            "items[0].price",
            "unknown_field",
            "sku, name, quantity, unit_price_fen",
            body -> BadBody.item(body).put("price", 1)),
        field(
            "the same sku twice, not counted twice",
            "amount_fen",
            "sum_mismatch",
            "add up to 25600",
            body -> BadBody.items(body, 2)));
  }

  private static Stream<BadBody> documents() {
    byte[] good = Bodies.checkout("bad-1").toString().getBytes(UTF_8);
    return Stream.of(
        malformed("empty", "send a JSON object", new byte[0]),
        malformed("blank", "send a JSON object", "  \n".getBytes(UTF_8)),
        malformed("text", "", "hello".getBytes(UTF_8)),
        malformed("a form", "", "amount_fen=1".getBytes(UTF_8)),
        malformed("cut off", "line 1", new String(good, UTF_8).substring(0, 80).getBytes(UTF_8)),
        malformed("a token after the end", "follows the end", "}]}", "}]} {}"),
        malformed("a brace after the end", "", "}]}", "}]}}"),
        malformed("a comma too many", "", "}]}", "}],}"),
        malformed("a comment", "", "}]}", "}]/* hi */}"),
        malformed("single quotes", "", "\"CNY\"", "'CNY'"),
        malformed("a raw newline in a text", "", "Two tins", "Two\ntins"),
        malformed("a raw NUL", "", "Two tins", "Two\u0000tins"),
        malformed("bad UTF-8", "", bytes(good, "Two", 0xff)),
        malformed("overlong UTF-8", "", bytes(good, "Two", 0xc0, 0xaf)),
        malformed("a surrogate in UTF-8", "", bytes(good, "Two", 0xed, 0xa0, 0xbd)),
        malformed("nested too deep", "", ("[".repeat(17) + "]".repeat(17)).getBytes(UTF_8)),
        malformed("UTF-16", "", new String(good, UTF_8).getBytes(UTF_16)),
        malformed("nested very deep", "", "{\"a\":".repeat(10_000).getBytes(UTF_8)),
        refused("an array", "[]", "", "wrong_type", "must be a JSON object"),
        refused("null", "null", "", "wrong_type", "must be a JSON object"),
        refused("a number", "1", "", "wrong_type", "must be a JSON object"),
        new BadBody(
            "too large",
            ByteSource.wrap(" ".repeat(64 * 1024 + 1).getBytes(UTF_8)),
            413,
            "body_too_large",
            "",
            null,
            "at most 65536 bytes"));
  }

  private static byte[] bytes(byte[] good, String old, int... replacement) {
    StringBuilder latin = new StringBuilder();
    for (int b : replacement) {
      latin.append((char) b);
    }
    return new String(good, ISO_8859_1).replace(old, latin).getBytes(ISO_8859_1);
  }

  private static String escaped(String value) {
    StringBuilder escaped = new StringBuilder("\"");
    value
        .chars()
        .limit(20)
        .forEach(
            c -> escaped.append(c > ' ' && c < 127 ? (char) c + "" : String.format("<%x>", c)));
    return escaped.append('"').toString();
  }
}
