package dev.durablecheckout.activities.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableListMultimap;
import dev.durablecheckout.activities.channel.NotifiedRefund;
import dev.durablecheckout.activities.channel.VerifiedPayment;
import dev.durablecheckout.activities.checkout.CheckoutBooksImpl;
import dev.durablecheckout.activities.checkout.SampleCheckout;
import dev.durablecheckout.activities.db.AtOnce;
import dev.durablecheckout.activities.db.TestDatabase;
import dev.durablecheckout.activities.refund.RefundBooksImpl;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PaymentNotified;
import dev.durablecheckout.workflows.payment.TradeState;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundNotified;
import dev.durablecheckout.workflows.refund.RefundOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was acknowledged reaches its workflow, whatever else cannot be brought on. */
final class NotifyLogRelayTest {
  private static final Instant NOON = Instant.parse("2029-12-31T12:00:00Z");
  private static final Duration AGE = Duration.ofSeconds(30);

  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void close() {
    database.close();
  }

  private NotifyLogDao log(Instant now) {
    return new NotifyLogDao(database.jdbi(), Clock.fixed(now, ZoneOffset.UTC));
  }

  /** A notify of its own checkout, this long before noon. */
  private long received(String orderNo, Duration before) {
    SampleCheckout checkout = SampleCheckout.of("shop." + orderNo);
    return log(NOON.minus(before))
        .logVerified(
            new NotifyMessage(
                checkout.id().merchant(), Channel.ALIPAY, new byte[0], ImmutableListMultimap.of()),
            new VerifiedPayment("n", checkout.id(), checkout.trade(1, TradeState.PAID)))
        .id();
  }

  private List<String> relayed(int limit) {
    List<String> handedOut = new ArrayList<>();
    log(NOON).relay(AGE, limit, notify -> handedOut.add(orderNo(notify)));
    return handedOut;
  }

  private static String orderNo(UnrelayedNotify notify) {
    return notify.checkoutId().orderNo().value();
  }

  private static Consumer<UnrelayedNotify> failingOn(Set<String> orderNos, List<String> handedOut) {
    return notify -> {
      handedOut.add(orderNo(notify));
      if (orderNos.contains(orderNo(notify))) {
        throw new IllegalStateException(orderNo(notify) + " cannot be brought on");
      }
    };
  }

  @Test
  void oldestFirstAndEachOnce() {
    received("B", Duration.ofMinutes(2));
    received("C", Duration.ofMinutes(1));
    received("A", Duration.ofMinutes(3));
    assertThat(relayed(2)).containsExactly("A", "B");
    assertThat(relayed(2)).containsExactly("C");
    assertThat(relayed(2)).isEmpty();
  }

  /** That of a stranger stays in the log: no workflow would know what to do with it. */
  @Test
  void aNotifyOfARefundOfOursGoesToTheRefundAndToNobodyElse() {
    SampleCheckout checkout = SampleCheckout.of("shop.A");
    CheckoutBooksImpl checkouts = new CheckoutBooksImpl(database.jdbi(), Clock.systemUTC());
    checkouts.open(checkout.request(), checkout.payOrder(1));
    checkouts.recordClosed(checkout.closing());
    checkouts.recordPayment(checkout.paid(1, null));
    RefundOrder refund = checkout.refund(1);
    new RefundBooksImpl(database.jdbi(), Clock.systemUTC()).beginRefund(refund);
    LoggedNotify ours = refunded(checkout, refund.outRefundNo());
    LoggedNotify theirs = refunded(checkout, OutRefundNo.of("X"));

    assertThat(ours.refundKnown()).isTrue();
    assertThat(theirs.refundKnown()).isFalse();
    List<UnrelayedRefund> handedOut = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      assertThat(relayed(9)).isEmpty();
      log(NOON).relayRefunds(AGE, 9, handedOut::add);
    }
    assertThat(handedOut)
        .containsExactly(
            new UnrelayedRefund(
                ours.id(),
                refund.outRefundNo(),
                new RefundNotified(ours.id(), "n" + refund.outRefundNo())));
  }

  private LoggedNotify refunded(SampleCheckout checkout, OutRefundNo outRefundNo) {
    return log(NOON.minus(AGE))
        .logVerified(
            new NotifyMessage(
                checkout.id().merchant(), Channel.ALIPAY, new byte[0], ImmutableListMultimap.of()),
            new VerifiedPayment(
                "n" + outRefundNo,
                checkout.id(),
                checkout.trade(1, TradeState.REFUNDED),
                new NotifiedRefund(outRefundNo, SampleCheckout.AMOUNT)));
  }

  @Test
  void whatTheWorkflowNeedsToKnowIsHandedOut() {
    long id = received("A", AGE);
    List<UnrelayedNotify> handedOut = new ArrayList<>();
    assertThat(log(NOON).relay(AGE, 9, handedOut::add)).isEqualTo(1);
    SampleCheckout checkout = SampleCheckout.of("shop.A");
    assertThat(handedOut)
        .containsExactly(
            new UnrelayedNotify(
                id,
                checkout.id(),
                new PaymentNotified(id, "n", checkout.trade(1, TradeState.PAID))));
  }

  @Test
  void theYoungTheAppliedAndTheUnknownAreLeftAlone() {
    received("young", AGE.minusMillis(1));
    long applied = received("applied", AGE);
    database.jdbi().useHandle(handle -> NotifyLogDao.markApplied(handle, applied, NOON));
    SampleCheckout nobodys = SampleCheckout.of("shop.nobodys");
    log(NOON.minus(AGE))
        .logVerified(
            new NotifyMessage(
                nobodys.id().merchant(), Channel.ALIPAY, new byte[0], ImmutableListMultimap.of()),
            new VerifiedPayment("n", null, nobodys.trade(1, TradeState.PAID)));
    received("old", AGE);
    assertThat(relayed(9)).containsExactly("old");
  }

  @Test
  void oneThatFailsStaysAndDoesNotHoldUpTheOthers() {
    received("A", Duration.ofMinutes(3));
    received("B", Duration.ofMinutes(2));
    received("C", Duration.ofMinutes(1));
    List<String> handedOut = new ArrayList<>();
    assertThatThrownBy(() -> log(NOON).relay(AGE, 9, failingOn(Set.of("A", "B"), handedOut)))
        .hasMessage("A cannot be brought on");
    assertThat(handedOut).containsExactly("A", "B", "C");
    assertThat(relayed(9)).containsExactly("A", "B");
  }

  @Test
  void aBatchFullOfFailingOnesDoesNotHoldUpTheOthersForEver() {
    received("A", Duration.ofMinutes(5));
    received("B", Duration.ofMinutes(4));
    received("C", Duration.ofMinutes(3));
    received("D", Duration.ofMinutes(2));
    Set<String> failing = Set.of("A", "B");
    List<String> handedOut = new ArrayList<>();
    NotifyLogDao relay = log(NOON);
    assertThatThrownBy(() -> relay.relay(AGE, 2, failingOn(failing, handedOut)))
        .hasMessage("A cannot be brought on");
    assertThat(relay.relay(AGE, 2, failingOn(failing, handedOut))).isEqualTo(2);
    assertThat(handedOut).containsExactly("A", "B", "C", "D");
    assertThat(relayed(9)).containsExactly("A", "B");
  }

  @Test
  void holdsNoLockMeanwhile() {
    long id = received("A", AGE);
    log(NOON)
        .relay(
            AGE,
            1,
            notify ->
                database
                    .jdbi()
                    .useTransaction(
                        handle -> {
                          handle.execute(
                              "select 1 from notify_log where id = ? for update nowait", id);
                          handle.execute("lock table notify_log in exclusive mode nowait");
                        }));
    assertThat(relayed(1)).isEmpty();
  }

  @Test
  void twoAtOnceLoseNothingAndDoNotWaitForEachOther() throws Exception {
    List<String> all = new ArrayList<>();
    for (int number = 0; number < 20; number++) {
      all.add("N" + number);
      received("N" + number, Duration.ofMinutes(number + 1));
    }
    CyclicBarrier bothHaveTheirBatch = new CyclicBarrier(2);
    ConcurrentLinkedQueue<String> handedOut = new ConcurrentLinkedQueue<>();
    List<Integer> counts =
        AtOnce.call(
            Collections.nCopies(
                2,
                () -> {
                  List<String> own = new ArrayList<>();
                  return log(NOON)
                      .relay(
                          AGE,
                          20,
                          notify -> {
                            if (own.isEmpty()) {
                              await(bothHaveTheirBatch);
                            }
                            own.add(orderNo(notify));
                            handedOut.add(orderNo(notify));
                          });
                }));
    assertThat(counts).containsExactly(20, 20);
    assertThat(Set.copyOf(handedOut)).isEqualTo(Set.copyOf(all));
    assertThat(relayed(20)).isEmpty();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("the other relay waits", e);
    }
  }
}
