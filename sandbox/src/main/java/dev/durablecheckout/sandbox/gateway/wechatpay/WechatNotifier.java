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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tells merchants what happened, and again until they answer 200 or 204. */
final class WechatNotifier implements AutoCloseable {
  /** The type of every notify, for faults that are for one type. */
  static final String TYPE = "notify";

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
  private final Set<String> withCertificate = ConcurrentHashMap.newKeySet();
  private final Set<String> probed = ConcurrentHashMap.newKeySet();

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

  /** From now on this merchant's notifies are signed with the certificate, or with the key. */
  void signWithCertificate(String mchId, boolean certificate) {
    if (certificate) {
      withCertificate.add(mchId);
    } else {
      withCertificate.remove(mchId);
    }
  }

  void send(
      String mchId,
      String outTradeNo,
      String eventType,
      String originalType,
      String url,
      ObjectNode content) {
    String id = UUID.randomUUID().toString();
    String createdAt = WechatTime.rfc3339(clock.instant());
    sender.send(
        TYPE,
        new NotifySender.Message(
            id,
            outTradeNo,
            eventType,
            URI.create(url),
            eventType.equals("TRANSACTION.SUCCESS"),
            fault -> write(mchId, id, createdAt, eventType, originalType, url, content, fault)));
  }

  /** Sends a payment's notify with something wrong, and waits for the merchant's answer. */
  String forge(String mchId, String url, ObjectNode content, Fault fault)
      throws IOException, InterruptedException {
    return sender.sendNow(
        write(
            mchId,
            UUID.randomUUID().toString(),
            WechatTime.rfc3339(clock.instant()),
            "TRANSACTION.SUCCESS",
            "transaction",
            url,
            content,
            fault));
  }

  private HttpRequest write(
      String mchId,
      String id,
      String createdAt,
      String eventType,
      String originalType,
      String url,
      ObjectNode content,
      @Nullable Fault fault) {
    MchRegistration merchant = merchants.get(mchId);
    if (merchant == null) {
      throw new IllegalArgumentException("no merchant " + mchId);
    }
    ObjectNode message = Json.object();
    message
        .put("id", id)
        .put("create_time", createdAt)
        .put("resource_type", "encrypt-resource")
        .put("event_type", eventType)
        .put("summary", eventType);
    ObjectNode resource =
        Seal.of(altered(content, fault).toString(), originalType, merchant.apiV3Key(), numbers);
    resource.put("original_type", originalType);
    message.set("resource", resource);
    String body = message.toString();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(NotifySender.TIMEOUT)
            .header("Content-Type", "application/json")
            .header("User-Agent", "Mozilla/4.0")
            .header("Accept", "*/*")
            .header("Pragma", "no-cache")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers(mchId, id, body, fault).forEach(request::header);
    return request.build();
  }

  private Map<String, String> headers(String mchId, String id, String body, @Nullable Fault fault) {
    if (fault == Fault.NOTIFY_PROBE && probed.add(id)) {
      return signature.probe();
    }
    String signed = fault == Fault.NOTIFY_BAD_SIGNATURE ? body + " " : body;
    return signature.headers(signed, withCertificate.contains(mchId));
  }

  private static ObjectNode altered(ObjectNode content, @Nullable Fault fault) {
    if (fault == null) {
      return content;
    }
    ObjectNode altered = content.deepCopy();
    switch (fault) {
      case NOTIFY_WRONG_AMOUNT -> {
        ObjectNode amount = (ObjectNode) altered.get("amount");
        amount.put("total", amount.get("total").longValue() + 1);
      }
      case NOTIFY_WRONG_SELLER -> altered.put("mchid", "1999999999");
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
