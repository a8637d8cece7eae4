package dev.durablecheckout.sandbox.gateway.alipay;

import com.google.common.base.CharMatcher;
import com.google.common.base.Strings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what the calls that begin a payment ask for, as strictly as the real gateway. */
final class OrderReader {
  private static final Pattern OUT_TRADE_NO = Pattern.compile("[0-9A-Za-z_]{1,64}");
  private static final Pattern TIMEOUT = Pattern.compile("([1-9][0-9]{0,4})([mhdc])");
  private static final CharMatcher FORBIDDEN_IN_SUBJECT = CharMatcher.anyOf("/=&");
  private static final int MAX_SUBJECT_LENGTH = 256;
  private static final Set<String> QR_PRODUCTS = Set.of("FACE_TO_FACE_PAYMENT", "QR_CODE_OFFLINE");
  private static final String PAGE_PRODUCT = "FAST_INSTANT_TRADE_PAY";
  private static final String WAP_PRODUCT = "QUICK_WAP_WAY";
  private static final String APP_PRODUCT = "QUICK_MSECURITY_PAY";
  private static final String TILL_PRODUCT = "FACE_TO_FACE_PAYMENT";
  private static final Pattern AUTH_CODE = Pattern.compile("(?:2[5-9]|30)[0-9]{14,22}");

  private final Clock clock;

  OrderReader(Clock clock) {
    this.clock = clock;
  }

  /** The order; {@link TradeRefusedException} if something in it is not allowed. */
  TradeOrder read(MerchantCall call) {
    Product product = product(call);
    String outTradeNo = Strings.nullToEmpty(call.member("out_trade_no"));
    String subject = Strings.nullToEmpty(call.member("subject"));
    OptionalLong amountFen = Yuan.parse(Strings.nullToEmpty(call.member("total_amount")));
    String sellerId = call.member("seller_id");
    if (amountFen.isEmpty()
        || !OUT_TRADE_NO.matcher(outTradeNo).matches()
        || subject.isBlank()
        || subject.length() > MAX_SUBJECT_LENGTH
        || FORBIDDEN_IN_SUBJECT.matchesAnyOf(subject)
        || !isWebAddress(call.parameter("notify_url"))
        || !isWebAddress(call.parameter("return_url"))) {
      throw new TradeRefusedException(TradeRefusal.INVALID_PARAMETER);
    }
    if (sellerId != null && !sellerId.equals(call.app().sellerId())) {
      throw new TradeRefusedException(TradeRefusal.SELLER_NOT_EXIST);
    }
    Instant now = clock.instant();
    return new TradeOrder(
        call.app(),
        product,
        outTradeNo,
        amountFen.getAsLong(),
        subject,
        call.member("body"),
        call.member("passback_params"),
        now,
        timeExpire(call, product, now),
        call.parameter("notify_url"),
        call.parameter("return_url"));
  }

  /** Also if there is none. */
  private static boolean isWebAddress(@Nullable String url) {
    try {
      return url == null || Strings.nullToEmpty(new URI(url).getScheme()).matches("https?");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static Product product(MerchantCall call) {
    String code = call.member("product_code");
    return switch (call.method()) {
      case PRECREATE -> allowed(code == null || QR_PRODUCTS.contains(code), Product.QR_CODE);
      case PAGE_PAY -> allowed(PAGE_PRODUCT.equals(code), Product.PAGE);
      case WAP_PAY -> allowed(WAP_PRODUCT.equals(code), Product.WAP);
      case APP_PAY -> allowed(APP_PRODUCT.equals(code), Product.APP);
      case PAY ->
          allowed(
              (code == null || TILL_PRODUCT.equals(code))
                  && "bar_code".equals(call.member("scene")),
              Product.BARCODE);
      case QUERY, CLOSE, CANCEL, REFUND, REFUND_QUERY, BILL_URL ->
          throw new IllegalArgumentException(call.method() + " begins no payment");
    };
  }

  private static Product allowed(boolean allowed, Product product) {
    if (!allowed) {
      throw new TradeRefusedException(TradeRefusal.INVALID_PARAMETER);
    }
    return product;
  }

  /** The code that a till has read; {@link TradeRefusedException} if no phone shows such a one. */
  static String authCode(MerchantCall call) {
    String authCode = Strings.nullToEmpty(call.member("auth_code"));
    if (!AUTH_CODE.matcher(authCode).matches()) {
      throw new TradeRefusedException(TradeRefusal.PAYMENT_AUTH_CODE_INVALID);
    }
    return authCode;
  }

  private static Instant timeExpire(MerchantCall call, Product product, Instant now) {
    String absolute = call.member("time_expire");
    if (absolute != null) {
      return AlipayTime.parse(absolute)
          .orElseThrow(() -> new TradeRefusedException(TradeRefusal.INVALID_PARAMETER));
    }
    @Nullable String relative = call.member("timeout_express");
    return relative == null ? now.plus(product.defaultExpiry()) : timeout(relative, now);
  }

  private static Instant timeout(String relative, Instant now) {
    Matcher parts = TIMEOUT.matcher(relative);
    if (!parts.matches()) {
      throw new TradeRefusedException(TradeRefusal.INVALID_PARAMETER);
    }
    int number = Integer.parseInt(parts.group(1));
    return switch (parts.group(2)) {
      case "m" -> now.plus(Duration.ofMinutes(number));
      case "h" -> now.plus(Duration.ofHours(number));
      case "d" -> now.plus(Duration.ofDays(number));
      default ->
          LocalDate.ofInstant(now, AlipayTime.ZONE)
              .plusDays(number)
              .atStartOfDay(AlipayTime.ZONE)
              .toInstant();
    };
  }
}
