package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Strings;
import dev.durablecheckout.sandbox.gateway.wechatpay.ServiceOrder.Bill;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a merchant asks of PayScore, and refuses it in PayScore's own words. */
final class ServiceOrderReader {
  static final String ON_ACCEPT = "OnAccept";

  private static final Pattern OUT_ORDER_NO = Pattern.compile("[0-9A-Za-z_\\-|*]{1,32}");
  private static final Pattern INTRODUCTION = Pattern.compile(".{1,20}", Pattern.DOTALL);
  private static final Pattern RISK_FUND =
      Pattern.compile("DEPOSIT|ADVANCE|CASH_DEPOSIT|ESTIMATE_ORDER_COST");
  private static final Pattern NOTIFY_URL = Pattern.compile("https?://[^?#\\s]{1,240}");
  private static final Pattern START = Pattern.compile("OnAccept|[0-9]{8}(?:[0-9]{6})?");
  private static final Pattern TIME = Pattern.compile("[0-9]{8}(?:[0-9]{6})?");
  private static final int MAX_ATTACH = 256;
  private static final int MAX_TIME = 14;
  private static final int MAX_NAME = 20;
  private static final int MAX_DESCRIPTION = 30;
  private static final int MAX_PAYMENTS = 100;
  private static final int MAX_DISCOUNTS = 30;

  /** What the service may cost at most where only an estimate was given. */
  private static final long SERVICE_RISK_CAP_FEN = 100_000;

  private final Clock clock;

  ServiceOrderReader(Clock clock) {
    this.clock = clock;
  }

  ServiceRequest request(MerchantCall call) {
    JsonNode body = call.body();
    checkService(
        call, body.path("service_id").asText(""), Json.text(body, "/appid", OrderReader.ANY));
    String start = Json.text(body, "/time_range/start_time", START);
    if (!start.equals(ON_ACCEPT) && isBefore(start, clock.instant())) {
      throw new WechatRefusedException(WechatRefusal.START_TOO_EARLY);
    }
    @Nullable String end = Json.optional(body, "/time_range/end_time", MAX_TIME);
    if (body.has("need_user_confirm") && !body.path("need_user_confirm").asBoolean()) {
      throw new WechatRefusedException(WechatRefusal.NO_AUTH);
    }
    return new ServiceRequest(
        call.merchant().mchId(),
        body.path("appid").asText(),
        call.merchant().payScoreServiceId(),
        Json.text(body, "/out_order_no", OUT_ORDER_NO),
        Json.text(body, "/service_introduction", INTRODUCTION),
        Json.text(body, "/risk_fund/name", RISK_FUND),
        Json.number(body, "/risk_fund/amount", 1),
        start,
        end == null ? null : Json.text(body, "/time_range/end_time", TIME),
        Json.text(body, "/notify_url", NOTIFY_URL),
        Strings.nullToEmpty(Json.optional(body, "/attach", MAX_ATTACH)));
  }

  /** Whether the merchant has this service, for this application. */
  static void checkService(MerchantCall call, String serviceId, String appId) {
    MchRegistration merchant = call.merchant();
    if (merchant.payScoreServiceId().isEmpty() || !merchant.payScoreServiceId().equals(serviceId)) {
      throw new WechatRefusedException(WechatRefusal.NO_AUTH);
    }
    if (!merchant.appSecrets().containsKey(appId)) {
      throw new WechatRefusedException(WechatRefusal.APPID_MCHID_NOT_MATCH);
    }
  }

  /** The bill of a complete or a modify: it must add up. */
  static Bill bill(JsonNode body, Instant firstTry) {
    JsonNode payments = body.path("post_payments");
    JsonNode discounts = body.path("post_discounts");
    long total = Json.number(body, "/total_amount", 0);
    if (sum(payments, "post_payments", MAX_PAYMENTS)
            - sum(discounts, "post_discounts", MAX_DISCOUNTS)
        != total) {
      throw new WechatRefusedException(WechatRefusal.WRONG_TOTAL);
    }
    return new Bill(
        payments.isMissingNode() ? "[]" : payments.toString(),
        discounts.isMissingNode() ? "[]" : discounts.toString(),
        total,
        Strings.nullToEmpty(Json.optional(body, "/time_range/end_time", MAX_TIME)),
        firstTry);
  }

  private static long sum(JsonNode fees, String field, int most) {
    if (fees.size() > most) {
      throw Json.wrong(field);
    }
    long sum = 0;
    for (JsonNode fee : fees) {
      Json.optional(fee, "/name", MAX_NAME);
      Json.optional(fee, "/description", MAX_DESCRIPTION);
      sum = Math.addExact(sum, Json.number(fee, "/amount", 0));
    }
    return sum;
  }

  /** Whether the bill may end this order now; gives it back. */
  Bill checked(ServiceOrder order, Bill bill) {
    ServiceRequest request = order.request();
    String end = bill.endTime().isEmpty() ? Strings.nullToEmpty(request.endTime()) : bill.endTime();
    refuseIf(end.isEmpty(), WechatRefusal.END_MISSING);
    if (!TIME.matcher(end).matches()) {
      throw Json.wrong("time_range/end_time");
    }
    refuseIf(!isBefore(startTime(order), end), WechatRefusal.END_TOO_EARLY);
    refuseIf(isBefore(clock.instant(), end), WechatRefusal.END_TOO_LATE);
    long most =
        request.riskFundName().equals("ESTIMATE_ORDER_COST")
            ? SERVICE_RISK_CAP_FEN
            : request.riskFundFen();
    refuseIf(bill.totalFen() > most, WechatRefusal.WRONG_TOTAL);
    return bill;
  }

  /** When the service began: at the buyer's confirmation, if that was asked for. */
  static String startTime(ServiceOrder order) {
    ServiceOrder.@Nullable Confirmation confirmation = order.confirmation();
    return order.request().startTime().equals(ON_ACCEPT) && confirmation != null
        ? WechatTime.plain(confirmation.at())
        : order.request().startTime();
  }

  /** To the day, if one of them is a day. */
  private static boolean isBefore(String time, String other) {
    int length = Math.min(time.length(), other.length());
    int compared = time.substring(0, length).compareTo(other.substring(0, length));
    return compared < 0 || (compared == 0 && length < MAX_TIME);
  }

  private static boolean isBefore(String time, Instant now) {
    String plain = WechatTime.plain(now).substring(0, time.length());
    return time.compareTo(plain) < 0;
  }

  private static boolean isBefore(Instant now, String time) {
    return WechatTime.plain(now).substring(0, time.length()).compareTo(time) < 0;
  }

  private static void refuseIf(boolean wrong, WechatRefusal refusal) {
    if (wrong) {
      throw new WechatRefusedException(refusal);
    }
  }
}
