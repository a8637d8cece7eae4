package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Strings;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Carries out the calls about transfers to users and says what became of them. */
final class TransferService {
  private static final Pattern OUT_BILL_NO = Pattern.compile("[0-9A-Za-z]{1,32}");
  private static final Pattern SCENE = Pattern.compile("[0-9A-Za-z]{1,36}");
  private static final Pattern OPENID = Pattern.compile("[0-9A-Za-z_-]{1,64}");
  private static final Pattern REMARK = Pattern.compile(".{1,32}", Pattern.DOTALL);
  private static final Pattern NOTIFY_URL = Pattern.compile("https?://[^?#\\s]{1,240}");
  private static final int MAX_NAME = 1024;
  private static final int MAX_PERCEPTION = 64;
  private static final long NAME_NEEDED_FROM = 200_000;
  private static final long NAME_ALLOWED_FROM = 30;

  private final TransferRegister register;
  private final WechatLogins logins;
  private final PlatformSignature platform;

  TransferService(TransferRegister register, WechatLogins logins, PlatformSignature platform) {
    this.register = register;
    this.logins = logins;
    this.platform = platform;
  }

  ObjectNode perform(MerchantCall call) {
    String mchId = call.merchant().mchId();
    return switch (call.api()) {
      case TRANSFER -> asked(register.ask(request(call)));
      case TRANSFER_QUERY ->
          bill(
              register
                  .find(mchId, call.number())
                  .orElseThrow(() -> new WechatRefusedException(WechatRefusal.TRANSFER_NOT_FOUND)));
      case TRANSFER_CANCEL -> {
        TransferBill bill = register.cancel(mchId, call.number());
        yield numbers(bill).put("update_time", WechatTime.rfc3339(bill.at()));
      }
      default -> throw new IllegalArgumentException(call.api() + " is not about transfers");
    };
  }

  private TransferRequest request(MerchantCall call) {
    JsonNode body = call.body();
    String appId = Json.text(body, "/appid", OrderReader.ANY);
    String openid = Json.text(body, "/openid", OPENID);
    if (!call.merchant().appSecrets().containsKey(appId)) {
      throw new WechatRefusedException(WechatRefusal.APPID_MCHID_NOT_MATCH);
    }
    if (logins.isOfAnotherApp(openid, appId)) {
      throw new WechatRefusedException(WechatRefusal.TRANSFER_OPENID);
    }
    long amount = Json.number(body, "/transfer_amount", 1);
    return new TransferRequest(
        call.merchant().mchId(),
        appId,
        Json.text(body, "/out_bill_no", OUT_BILL_NO),
        Json.text(body, "/transfer_scene_id", SCENE),
        openid,
        userName(call, amount),
        amount,
        Json.text(body, "/transfer_remark", REMARK),
        Json.text(body, "/notify_url", NOTIFY_URL),
        Strings.nullToEmpty(Json.optional(body, "/user_recv_perception", MAX_PERCEPTION)),
        reportInfos(body));
  }

  private String userName(MerchantCall call, long amount) {
    @Nullable String sealed = Json.optional(call.body(), "/user_name", MAX_NAME);
    boolean wrong = sealed == null ? amount >= NAME_NEEDED_FROM : amount < NAME_ALLOWED_FROM;
    if (wrong) {
      throw Json.wrong("user_name");
    }
    try {
      return sealed == null ? "" : platform.open(call.platformSerial(), sealed);
    } catch (IllegalArgumentException e) {
      throw new WechatRefusedException(WechatRefusal.TRANSFER_SEALED);
    }
  }

  private static String reportInfos(JsonNode body) {
    JsonNode infos = body.path("transfer_scene_report_infos");
    if (!infos.isArray() || infos.isEmpty()) {
      throw Json.wrong("transfer_scene_report_infos");
    }
    return infos.toString();
  }

  private static ObjectNode asked(TransferBill bill) {
    ObjectNode json = numbers(bill).put("create_time", WechatTime.rfc3339(bill.createdAt()));
    if (bill.state() == TransferBill.State.WAIT_USER_CONFIRM) {
      json.put("package_info", bill.packageInfo());
    }
    if (bill.failReason() != null) {
      json.put("fail_reason", bill.failReason());
    }
    return json;
  }

  /** What a query answers and a notify holds. */
  static ObjectNode bill(TransferBill bill) {
    TransferRequest request = bill.request();
    ObjectNode json =
        numbers(bill)
            .put("mch_id", request.mchId())
            .put("appid", request.appId())
            .put("openid", request.openid())
            .put("transfer_amount", request.amountFen())
            .put("transfer_remark", request.remark())
            .put("create_time", WechatTime.rfc3339(bill.createdAt()))
            .put("update_time", WechatTime.rfc3339(bill.at()));
    if (bill.failReason() != null) {
      json.put("fail_reason", bill.failReason());
    }
    return json;
  }

  private static ObjectNode numbers(TransferBill bill) {
    return Json.object()
        .put("out_bill_no", bill.request().outBillNo())
        .put("transfer_bill_no", bill.billNo())
        .put("state", bill.state().name());
  }
}
