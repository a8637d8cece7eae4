package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultPlan;
import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import dev.durablecheckout.sandbox.gateway.NotifySender;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Tells merchants what happened, and again until they answer 200 or 204. */
final class WechatNotifier implements AutoCloseable {
  /** The type of every notify, for faults that are for one type. */
  static final String TYPE = "notify";

  private static final String PAID = "TRANSACTION.SUCCESS";

  private static final ImmutableList<Duration> PAUSES =
      ImmutableList.of(
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10),
          Duration.ofMinutes(20),
          Duration.ofMinutes(30),
          Duration.ofMinutes(30),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(3),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(6));

  private final Map<String, MchRegistration> merchants;
  private final PlatformSignature signature;
  private final WechatNumbers numbers;
  private final Clock clock;
  private final NotifySender sender;
  private final Map<String, NotifyKey> signedBy = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();

  WechatNotifier(
      Map<String, MchRegistration> merchants,
      PlatformSignature signature,
      WechatNumbers numbers,
      Clock clock,
      FaultPlan faults,
      double factor) {
    this.merchants = merchants;
    this.signature = signature;
    this.numbers = numbers;
    this.clock = clock;
    this.sender =
        new NotifySender(
            "wechatpay",
            faults,
            PAUSES.stream()
                .map(pause -> Duration.ofMillis(Math.round(pause.toMillis() * factor)))
                .toList(),
            answer -> answer.statusCode() == 200 || answer.statusCode() == 204);
  }

  /** From now on this merchant's notifies are signed so. */
  void signWith(String mchId, NotifyKey key) {
    signedBy.put(mchId, key);
  }

  void paid(WechatPayment payment) {
    send(
        new Event(
            payment.order().mchId(),
            payment.outTradeNo(),
            PAID,
            "transaction",
            payment.order().notifyUrl(),
            PaymentJson.transaction(payment)));
  }

  void refunded(PaymentRegister.Refunded refunded) {
    @Nullable String url = refunded.refund().notifyUrl();
    WechatOrder order = refunded.payment().order();
    send(
        new Event(
            order.mchId(),
            order.outTradeNo(),
            "REFUND." + refunded.refund().end(),
            "refund",
            url == null ? order.notifyUrl() : url,
            PaymentJson.refundNotify(refunded)));
  }

  /**
   * What happened.
   *
   * @param number of the merchant's that it is about
   * @param content what the notify holds, to be sealed
   */
  record Event(
      String mchId,
      String number,
      String type,
      String originalType,
      String url,
      ObjectNode content) {}

  void send(Event event) {
    String id = UUID.randomUUID().toString();
    String createdAt = WechatTime.rfc3339(clock.instant());
    sender.send(
        TYPE,
        new NotifySender.Message(
            id,
            event.number(),
            event.type(),
            URI.create(event.url()),
            event.type().equals(PAID),
            fault -> write(event, id, createdAt, fault)));
  }

  /** Sends a payment's notify with something wrong, and waits for the merchant's answer. */
  String forge(WechatPayment paid, Fault fault) throws IOException, InterruptedException {
    WechatOrder order = paid.order();
    return sender.sendNow(
        write(
            new Event(
                order.mchId(),
                order.outTradeNo(),
                PAID,
                "transaction",
                order.notifyUrl(),
                PaymentJson.transaction(paid)),
            UUID.randomUUID().toString(),
            WechatTime.rfc3339(clock.instant()),
            fault));
  }

  /** One sending: sealed and signed anew, under the same id. */
  private HttpRequest write(Event event, String id, String createdAt, @Nullable Fault fault) {
    MchRegistration merchant = merchants.get(event.mchId());
    if (merchant == null) {
      throw new IllegalArgumentException("no merchant " + event.mchId());
    }
    ObjectNode message =
        Json.object()
            .put("id", id)
            .put("create_time", createdAt)
            .put("resource_type", "encrypt-resource")
            .put("event_type", event.type())
            .put("summary", event.type());
    message.set(
        "resource",
        Seal.of(
                altered(event.content(), fault).toString(),
                event.originalType(),
                merchant.apiV3Key(),
                numbers)
            .put("original_type", event.originalType()));
    String body = message.toString();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(event.url()))
            .timeout(NotifySender.TIMEOUT)
            .header("Content-Type", "application/json")
            .header("User-Agent", "Mozilla/4.0")
            .header("Accept", "*/*")
            .header("Pragma", "no-cache")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers(event.mchId(), body, fault).forEach(request::header);
    return request.build();
  }

  private Map<String, String> headers(String mchId, String body, @Nullable Fault fault) {
    if (fault == Fault.NOTIFY_PROBE) {
      return signature.probe();
    }
    String signed = fault == Fault.NOTIFY_BAD_SIGNATURE ? body + " " : body;
    return signature.headers(
        signed,
        switch (signedBy.getOrDefault(mchId, NotifyKey.PUBLIC_KEY)) {
          case PUBLIC_KEY -> false;
          case CERTIFICATE -> true;
          case EITHER -> count.getAndIncrement() % 2 == 0;
        });
  }

  private static ObjectNode altered(ObjectNode content, @Nullable Fault fault) {
    if (fault == null) {
      return content;
    }
    ObjectNode altered = content.deepCopy();
    switch (fault) {
      case NOTIFY_WRONG_AMOUNT -> {
        if (altered.has("transfer_amount")) {
          return altered.put("transfer_amount", altered.path("transfer_amount").longValue() + 1);
        }
        ObjectNode amount = altered.has("amount") ? altered.withObject("/amount") : altered;
        String total = altered.has("amount") ? "total" : "total_amount";
        amount.put(total, amount.path(total).longValue() + 1);
      }
      case NOTIFY_WRONG_SELLER ->
          altered.put(altered.has("mch_id") ? "mch_id" : "mchid", "1999999999");
      case NOTIFY_WRONG_APP -> altered.put("appid", "wx9999999999999999");
      default -> {
        return content;
      }
    }
    return altered;
  }

  List<NotifyRecord> records() {
    return sender.records();
  }

  @Override
  public void close() {
    sender.close();
  }
}
