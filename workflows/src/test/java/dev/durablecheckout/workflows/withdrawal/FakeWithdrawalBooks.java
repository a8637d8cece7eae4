package dev.durablecheckout.workflows.withdrawal;

import dev.durablecheckout.workflows.event.EventType;
import dev.durablecheckout.workflows.event.OrderEvent;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.temporal.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Books of one withdrawal over a wallet with 1000 fen, in memory. */
final class FakeWithdrawalBooks implements WithdrawalBooks {
  private final Supplier<Instant> clock;
  private final List<OrderEvent> events = new ArrayList<>();
  private final List<String> attentions = new ArrayList<>();
  private @Nullable WithdrawalRequest held;
  private @Nullable WithdrawalRecord record;
  private long wallet = 1_000;
  private long paidOut;

  FakeWithdrawalBooks(Supplier<Instant> clock) {
    this.clock = clock;
  }

  synchronized long wallet() {
    return wallet;
  }

  synchronized long paidOut() {
    return paidOut;
  }

  /** Every reason that was raised or, as a dash, taken back. */
  synchronized List<String> attentions() {
    return List.copyOf(attentions);
  }

  @Override
  public synchronized WithdrawalRecord hold(WithdrawalRequest request) {
    long fen = request.payout().amount().amountFen();
    if (held == null) {
      if (fen > wallet) {
        throw ApplicationFailure.newNonRetryableFailure(
            "too little", FailureType.INSUFFICIENT_BALANCE.name());
      }
      held = request;
      wallet -= fen;
      record =
          new WithdrawalRecord(
              request.no(),
              WithdrawalStatus.HELD,
              null,
              null,
              null,
              null,
              null,
              null,
              List.of(),
              clock.get());
    } else if (!held.fingerprint().equals(request.fingerprint())) {
      throw ApplicationFailure.newNonRetryableFailure(
          "another request", FailureType.WITHDRAWAL_NO_REUSED.name());
    }
    return record;
  }

  @Override
  public synchronized WithdrawalRecord record(
      WithdrawalNo no, PayoutResult result, PaySource source, @Nullable Long notifyLogId) {
    switch (result.state()) {
      case NOT_CREATED, NOT_NOW -> {}
      case PROCESSING -> move(WithdrawalStatus.PROCESSING, result);
      case AWAITING_BUYER -> move(WithdrawalStatus.AWAITING_BUYER, result);
      case SUCCEEDED -> move(WithdrawalStatus.SUCCEEDED, result);
      case REFUSED, CANCELLED -> move(WithdrawalStatus.FAILED, result);
      case RETURNED -> {
        move(WithdrawalStatus.SUCCEEDED, result);
        move(WithdrawalStatus.RETURNED, result);
      }
    }
    return record;
  }

  @Override
  public synchronized WithdrawalRecord giveUp(WithdrawalNo no, Refusal reason) {
    move(WithdrawalStatus.FAILED, PayoutResult.refused(null, reason));
    return record;
  }

  private void move(WithdrawalStatus to, PayoutResult result) {
    if (!WithdrawalStatus.MOVES.allows(record.status(), to)) {
      return;
    }
    long fen = held.payout().amount().amountFen();
    switch (to) {
      case SUCCEEDED -> {
        paidOut += fen;
        tell(EventType.WITHDRAWAL_SUCCEEDED);
      }
      case FAILED -> {
        wallet += fen;
        tell(EventType.WITHDRAWAL_FAILED);
      }
      case RETURNED -> {
        paidOut -= fen;
        wallet += fen;
        tell(EventType.WITHDRAWAL_RETURNED);
      }
      default -> {}
    }
    record =
        new WithdrawalRecord(
            record.no(),
            to,
            record.attention(),
            result.payoutNo(),
            null,
            to == WithdrawalStatus.SUCCEEDED ? result.at() : record.paidAt(),
            to == WithdrawalStatus.RETURNED ? result.at() : null,
            to == WithdrawalStatus.SUCCEEDED ? null : result.refusal(),
            List.copyOf(events),
            record.heldAt());
  }

  private void tell(EventType type) {
    events.add(new OrderEvent("evt_" + type, type, MerchantId.of("shop"), null, "{}"));
  }

  @Override
  public synchronized void recordAttention(
      WithdrawalNo no, @Nullable WithdrawalAttention attention, String detail) {
    attentions.add(attention == null ? "-" : attention.name());
    noteBeside(attention);
  }

  /** The order system has acknowledged it. */
  synchronized void delivered(String eventId) {
    boolean unused = events.removeIf(event -> event.eventId().equals(eventId));
    noteBeside(record.attention());
  }

  private void noteBeside(@Nullable WithdrawalAttention attention) {
    record =
        new WithdrawalRecord(
            record.no(),
            record.status(),
            attention,
            record.payoutNo(),
            record.fee(),
            record.paidAt(),
            record.returnedAt(),
            record.refusal(),
            List.copyOf(events),
            record.heldAt());
  }
}
