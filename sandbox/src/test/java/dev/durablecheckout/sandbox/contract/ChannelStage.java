package dev.durablecheckout.sandbox.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.channel.ChannelAccount;
import dev.durablecheckout.activities.channel.ChannelConnections;
import dev.durablecheckout.activities.channel.NotifyReply;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.PayChannel;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultPlan;
import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import dev.durablecheckout.sandbox.http.SandboxServer;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.Payer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What the contract is tried on: an adapter as it is configured, the simulated channel that it
 * calls, a buyer, and the merchant's address for notifies. One for each test.
 */
abstract class ChannelStage implements AutoCloseable {
  static final Duration READ_TIMEOUT = Duration.ofSeconds(2);
  static final Money AMOUNT = Money.ofFen(1234);

  private static final AtomicInteger ORDERS = new AtomicInteger();
  private static final int PATIENCE_SECONDS = 20;

  final MovableClock clock = new MovableClock();
  private final SandboxServer receiver;
  private final LinkedBlockingQueue<Delivery> received = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Response> answers = new LinkedBlockingQueue<>();
  private @Nullable PayChannel channel;
  private @Nullable NotifyVerifier verifier;

  ChannelStage() throws IOException {
    receiver = SandboxServer.start("merchant", SandboxServer.loopback(0), this::receive);
  }

  // What a channel says of itself.

  abstract ChannelAccount account();

  /** What it lacks, with the reason. */
  abstract Map<Trait, String> lacks();

  /** The method that everything is tried with that is not tried with each. Creating is a call. */
  abstract PayMethod method();

  /** Whether creating by this method is a call: other credentials are only signed by us. */
  boolean isCall(PayMethod byMethod) {
    return true;
  }

  /** Who pays by this method, where that matters. */
  @Nullable Payer payer(PayMethod byMethod) {
    return null;
  }

  /** The simulated channel's name of a call, for faults. */
  String wireName(Call call) {
    throw new IllegalStateException("no calls over a network");
  }

  FaultPlan faults() {
    throw new IllegalStateException("no calls over a network");
  }

  // What the world does.

  /** What has to be there before an order can be paid. */
  void prepare(PayOrder payOrder) {}

  /** The buyer takes up the credential: scans, signs in, opens the page. Does not pay. */
  void arrive(PayOrder payOrder, PayCredential credential) throws Exception {}

  /** The buyer pays with this credential; false if the channel does not let them. */
  abstract boolean pay(PayOrder payOrder, PayCredential credential) throws Exception;

  /** The money arrives although the trade is closed: the race that nobody excludes. */
  void payLate(PayOrder payOrder) {
    throw new IllegalStateException("no buyer pays late");
  }

  void letRefundsEnd() {}

  /** From now on two refunds of one payment have to be so far apart. */
  void keepRefundsApart(Duration pause) {}

  // What the channel's own books say.

  abstract int trades(OutTradeNo outTradeNo);

  abstract Money received(OutTradeNo outTradeNo);

  abstract Money refunded(OutTradeNo outTradeNo);

  List<NotifyRecord> notifies() {
    return List.of();
  }

  /** The channel sends a notify of this trade's payment with something wrong with it. */
  void forge(PayOrder payOrder, Fault fault) throws Exception {
    throw new IllegalStateException("no notifies");
  }

  // The rest is the same for each.

  final synchronized PayChannel channel() {
    PayChannel made = channel;
    if (made == null) {
      made = account().payChannel(connections());
      channel = made;
    }
    return made;
  }

  final synchronized NotifyVerifier verifier() {
    NotifyVerifier made = verifier;
    if (made == null) {
      made = account().notifyVerifier(connections()).orElseThrow();
      verifier = made;
    }
    return made;
  }

  ChannelConnections connections() {
    return new ChannelConnections(clock, Jdbi.create("jdbc:postgresql://nowhere/"));
  }

  final URI notifyUrl() {
    return receiver.uri("/notify");
  }

  /** A checkout that nobody has tried to pay before. */
  final PayOrder order(PayMethod byMethod) {
    CheckoutId checkout = CheckoutId.parse("shop.C-" + ORDERS.incrementAndGet());
    PayOrder payOrder =
        new PayOrder(
            OutTradeNo.of(checkout, 1),
            checkout,
            1,
            account().channel(),
            byMethod,
            AMOUNT,
            "Tea & <cake> = 茶/2 🍵",
            clock.instant().plus(Duration.ofMinutes(3)),
            "https://shop.example/back?a=1&b=2",
            "buyer-1",
            payer(byMethod));
    prepare(payOrder);
    return payOrder;
  }

  private Response receive(Request request) {
    received.add(new Delivery(request.body(), request.headers()));
    Response prepared = answers.poll();
    NotifyReply reply = verifier().reply();
    return prepared == null ? Response.text(reply.takenStatus(), reply.taken()) : prepared;
  }

  /** The next notify is answered so. */
  final void answerNotifyWith(int status, String body) {
    answers.add(Response.text(status, body));
  }

  final Delivery nextNotify() throws InterruptedException {
    Delivery delivery = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(delivery).as("a notify").isNotNull();
    return requireNonNull(delivery);
  }

  @Override
  public void close() throws IOException {
    receiver.close();
  }
}
