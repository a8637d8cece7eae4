package dev.durablecheckout.sandbox.gateway.alipay;

import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultPlan;
import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import dev.durablecheckout.sandbox.gateway.NotifySender;
import dev.durablecheckout.sandbox.gateway.RsaKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells merchants what happened, and again until they say {@code success}. */
final class Notifier implements AutoCloseable {
  private static final int HTTP_OK = 200;

  private final RsaKeys keys;
  private final Clock clock;
  private final NotifySender sender;

  Notifier(RsaKeys keys, Clock clock, FaultPlan faults, List<Duration> pauses) {
    this.keys = keys;
    this.clock = clock;
    this.sender =
        new NotifySender(
            "alipay",
            faults,
            pauses,
            answer -> answer.statusCode() == HTTP_OK && answer.body().equals("success"));
  }

  void paid(Trade trade) {
    send(trade, NotifyFields.ofPayment(trade), true);
  }

  void refunded(Trade trade, Refund refund) {
    send(trade, NotifyFields.ofRefund(trade, refund), false);
  }

  /** Tells of something that is no trade, under a number of the merchant's. */
  void message(URI url, String number, String state, Map<String, String> fields) {
    sender.send(
        String.valueOf(fields.get("msg_method")),
        new NotifySender.Message(
            String.valueOf(fields.get("notify_id")),
            number,
            state,
            url,
            false,
            fault -> post(url, fields, fault)));
  }

  private void send(Trade trade, Map<String, String> fields, boolean ofPayment) {
    notifyUrl(trade)
        .ifPresent(
            url ->
                sender.send(
                    NotifyFields.TYPE,
                    new NotifySender.Message(
                        String.valueOf(fields.get("notify_id")),
                        trade.outTradeNo(),
                        String.valueOf(fields.get("trade_status")),
                        url,
                        ofPayment,
                        fault -> post(url, fields, fault))));
  }

  /**
   * Posts a payment's notify that has something wrong with it, whatever the trade's state, and
   * waits for what the merchant says to it: status and body. IllegalArgumentException if the trade
   * has no notify_url.
   */
  String forge(Trade paidTrade, Fault fault) throws IOException, InterruptedException {
    URI url =
        notifyUrl(paidTrade)
            .orElseThrow(() -> new IllegalArgumentException("the trade has no notify_url"));
    return sender.sendNow(post(url, NotifyFields.ofPayment(paidTrade), fault));
  }

  /** Every notify so far, in the order they came about. */
  List<NotifyRecord> records() {
    return sender.records();
  }

  private static Optional<URI> notifyUrl(Trade trade) {
    return Optional.ofNullable(trade.order().notifyUrl()).map(URI::create);
  }

  private HttpRequest post(URI url, Map<String, String> fields, @Nullable Fault fault) {
    return HttpRequest.newBuilder(url)
        .timeout(NotifySender.TIMEOUT)
        .header("Content-Type", "application/x-www-form-urlencoded; text/html; charset=utf-8")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                NotifyFields.sending(fields, keys, clock.instant(), fault)))
        .build();
  }

  @Override
  public void close() {
    sender.close();
  }
}
