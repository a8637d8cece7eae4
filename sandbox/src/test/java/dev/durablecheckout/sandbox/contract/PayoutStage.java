package dev.durablecheckout.sandbox.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.activities.channel.ChannelAccount;
import dev.durablecheckout.activities.channel.ChannelConnections;
import dev.durablecheckout.activities.channel.NotifyReply;
import dev.durablecheckout.activities.channel.NotifyVerifier;
import dev.durablecheckout.activities.channel.PayoutChannel;
import dev.durablecheckout.sandbox.gateway.FaultPlan;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import dev.durablecheckout.sandbox.http.SandboxServer;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.withdrawal.Payee;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What the contract of payouts is tried on: an adapter as it is configured, the simulated channel
 * that it calls, a payee, and the merchant's address for messages. One for each test.
 */
abstract class PayoutStage implements AutoCloseable {
  static final Duration READ_TIMEOUT = Duration.ofSeconds(2);
  static final Money AMOUNT = Money.ofFen(1234);
  static final String NAME = "欧阳震华";
  static final MerchantId MERCHANT = MerchantId.of("shop");

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final int PATIENCE_SECONDS = 20;

  final MovableClock clock = new MovableClock();
  private final SandboxServer receiver;
  private final LinkedBlockingQueue<Delivery> received = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Response> answers = new LinkedBlockingQueue<>();
  private @Nullable PayoutChannel channel;
  private @Nullable NotifyVerifier verifier;

  PayoutStage() throws IOException {
    receiver = SandboxServer.start("merchant", SandboxServer.loopback(0), this::receive);
  }

  abstract ChannelAccount account();

  /** Somebody, with the real name. */
  abstract Payee payee();

  /** Somebody whom the channel does not know there. */
  abstract Payee nobody();

  /** The simulated channel's names of the calls, for faults. */
  abstract String payName();

  abstract String queryName();

  abstract FaultPlan faults();

  /** The payee does what it takes, and time passes, until a payout that was asked for is paid. */
  abstract void letItArrive(Payout payout);

  /** What the merchant's account holds. */
  abstract Money balance();

  abstract void balance(Money balance);

  abstract void dayLimit(Money limit);

  /** How many payouts there are under a number. */
  abstract long payouts(WithdrawalNo no);

  /** What has gone out under a number, and not come back. */
  abstract Money gone(WithdrawalNo no);

  final synchronized PayoutChannel channel() {
    PayoutChannel made = channel;
    if (made == null) {
      made = account().payouts(connections()).orElseThrow();
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

  private ChannelConnections connections() {
    return new ChannelConnections(clock, Jdbi.create("jdbc:postgresql://nowhere/"));
  }

  final URI notifyUrl() {
    return receiver.uri("/notify");
  }

  /** A payout that nobody has asked for before. */
  final Payout payout() {
    return payout(payee(), AMOUNT);
  }

  final Payout payout(Payee payee, Money amount) {
    WithdrawalNo no =
        WithdrawalNo.of(MERCHANT, MerchantOrderNo.of("W-" + NUMBERS.incrementAndGet()));
    return new Payout(no, MERCHANT, account().channel(), amount, payee, "Tea & <money> = 茶/2 🍵");
  }

  private Response receive(Request request) {
    received.add(new Delivery(request.body(), request.headers()));
    Response prepared = answers.poll();
    NotifyReply reply = verifier().reply();
    return prepared == null ? Response.text(reply.takenStatus(), reply.taken()) : prepared;
  }

  /** The next message is answered so. */
  final void answerMessageWith(int status, String body) {
    answers.add(Response.text(status, body));
  }

  final Delivery nextMessage() throws InterruptedException {
    Delivery delivery = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(delivery).as("a message").isNotNull();
    return requireNonNull(delivery);
  }

  @Override
  public void close() throws IOException {
    receiver.close();
  }
}
