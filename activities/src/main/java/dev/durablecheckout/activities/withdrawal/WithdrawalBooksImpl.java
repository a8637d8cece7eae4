package dev.durablecheckout.activities.withdrawal;

import dev.durablecheckout.activities.checkout.TimelineDao;
import dev.durablecheckout.activities.event.EventDao;
import dev.durablecheckout.activities.ledger.Ledger;
import dev.durablecheckout.activities.ledger.Posted;
import dev.durablecheckout.activities.ledger.Posting;
import dev.durablecheckout.activities.notify.NotifyLogDao;
import dev.durablecheckout.activities.wallet.Wallet;
import dev.durablecheckout.activities.wallet.WalletDao;
import dev.durablecheckout.workflows.event.EventType;
import dev.durablecheckout.workflows.payment.PaySource;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.temporal.FailureType;
import dev.durablecheckout.workflows.withdrawal.PayoutResult;
import dev.durablecheckout.workflows.withdrawal.WithdrawalAttention;
import dev.durablecheckout.workflows.withdrawal.WithdrawalBooks;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRecord;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRequest;
import dev.durablecheckout.workflows.withdrawal.WithdrawalStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * {@link WithdrawalBooks} on PostgreSQL: each method is one transaction, which moves the state, the
 * money and the event together. The row of a withdrawal is locked before the wallet's.
 */
public final class WithdrawalBooksImpl implements WithdrawalBooks {
  private final Jdbi jdbi;
  private final Clock clock;
  private final Supplier<WithdrawalLimits> limits;

  public WithdrawalBooksImpl(Jdbi jdbi, Clock clock, Supplier<WithdrawalLimits> limits) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.limits = limits;
  }

  @Override
  public WithdrawalRecord hold(WithdrawalRequest request) {
    return jdbi.inTransaction(
        handle -> {
          Optional<WithdrawalRow> known = WithdrawalDao.find(handle, request.no());
          WithdrawalRow row = known.isPresent() ? known.get() : hold(handle, request);
          if (!row.fingerprint().equals(request.fingerprint())) {
            throw FailureType.WITHDRAWAL_NO_REUSED.verdict(
                request.merchantNo() + " exists with another request");
          }
          return row.withdrawal();
        });
  }

  private WithdrawalRow hold(Handle handle, WithdrawalRequest request) {
    Instant now = clock.instant();
    long amount = request.payout().amount().amountFen();
    Optional<Wallet> wallet =
        WalletDao.lock(handle, request.payout().merchant(), request.buyerId());
    // A repeat that came at the same time has waited for the lock: it finds the first.
    Optional<WithdrawalRow> known = WithdrawalDao.find(handle, request.no());
    if (known.isPresent()) {
      return known.get();
    }
    limits
        .get()
        .refusal(handle, request, now)
        .ifPresent(
            why -> {
              throw FailureType.WITHDRAWAL_LIMIT.verdict(why);
            });
    long balance = wallet.map(one -> one.balance().amountFen()).orElse(0L);
    if (wallet.isEmpty() || balance < amount) {
      throw FailureType.INSUFFICIENT_BALANCE.verdict(
          "the wallet holds %d fen of %d: %d are missing"
              .formatted(balance, amount, amount - balance));
    }
    if (!WithdrawalDao.insert(handle, request, now)) {
      throw new IllegalStateException(request.no() + " came into being under another wallet");
    }
    WithdrawalRow row = WithdrawalDao.find(handle, request.no()).orElseThrow();
    Posted unused = WalletDao.post(handle, wallet.get(), WithdrawalPostings.hold(row), now);
    TimelineDao.add(
        handle,
        row.no(),
        now,
        "HELD",
        row.amount() + " are taken out of the wallet and held",
        Map.of("amount_fen", amount));
    return row;
  }

  @Override
  public WithdrawalRecord record(
      WithdrawalNo no, PayoutResult result, PaySource source, @Nullable Long notifyLogId) {
    return jdbi.inTransaction(
        handle -> {
          Instant now = clock.instant();
          WithdrawalRow row = WithdrawalDao.lock(handle, no);
          if (notifyLogId != null) {
            NotifyLogDao.markApplied(handle, notifyLogId, now);
          }
          switch (result.state()) {
            case NOT_CREATED, NOT_NOW -> {}
            case PROCESSING -> move(handle, row, WithdrawalStatus.PROCESSING, result, source, now);
            case AWAITING_BUYER ->
                move(handle, row, WithdrawalStatus.AWAITING_BUYER, result, source, now);
            case SUCCEEDED -> move(handle, row, WithdrawalStatus.SUCCEEDED, result, source, now);
            case REFUSED, CANCELLED ->
                move(handle, row, WithdrawalStatus.FAILED, result, source, now);
            case RETURNED -> {
              // If news of the payment was lost, it comes first: so the ledger tells what happened.
              move(handle, row, WithdrawalStatus.SUCCEEDED, result, source, now);
              move(handle, row, WithdrawalStatus.RETURNED, result, source, now);
            }
          }
          return WithdrawalDao.find(handle, no).orElseThrow().withdrawal();
        });
  }

  @Override
  public WithdrawalRecord giveUp(WithdrawalNo no, Refusal reason) {
    return jdbi.inTransaction(
        handle -> {
          WithdrawalRow row = WithdrawalDao.lock(handle, no);
          move(
              handle,
              row,
              WithdrawalStatus.FAILED,
              PayoutResult.refused(null, reason),
              PaySource.CLOSE,
              clock.instant());
          return WithdrawalDao.find(handle, no).orElseThrow().withdrawal();
        });
  }

  private static void move(
      Handle handle,
      WithdrawalRow row,
      WithdrawalStatus to,
      PayoutResult result,
      PaySource source,
      Instant now) {
    if (!WithdrawalDao.move(handle, row.no(), to, result, now)) {
      return;
    }
    switch (to) {
      case HELD, PROCESSING, AWAITING_BUYER -> {}
      case SUCCEEDED -> {
        Posted unused = Ledger.post(handle, WithdrawalPostings.paid(row), now);
        tell(handle, EventType.WITHDRAWAL_SUCCEEDED, row, now);
      }
      case FAILED -> {
        giveBack(handle, row, WithdrawalPostings.release(row), now);
        tell(handle, EventType.WITHDRAWAL_FAILED, row, now);
      }
      case RETURNED -> {
        giveBack(handle, row, WithdrawalPostings.returned(row), now);
        tell(handle, EventType.WITHDRAWAL_RETURNED, row, now);
      }
    }
    Refusal refusal = result.refusal();
    TimelineDao.add(
        handle,
        row.no(),
        now,
        to.name(),
        "the channel says " + result.state() + ", by " + source,
        refusal == null
            ? Map.of("source", source.name())
            : Map.of("source", source.name(), "channel_code", refusal.channelCode()));
  }

  private static void giveBack(Handle handle, WithdrawalRow row, Posting posting, Instant now) {
    Wallet wallet = WalletDao.lock(handle, row.merchant(), row.buyerId()).orElseThrow();
    Posted unused = WalletDao.post(handle, wallet, posting, now);
  }

  private static void tell(Handle handle, EventType type, WithdrawalRow before, Instant now) {
    WithdrawalRow row = WithdrawalDao.find(handle, before.no()).orElseThrow();
    WithdrawalRecord withdrawal = row.withdrawal();
    Refusal refusal = withdrawal.refusal();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("withdrawal_no", row.merchantNo().value());
    data.put("buyer_id", row.buyerId());
    data.put("status", withdrawal.status().name().toLowerCase(Locale.ROOT));
    data.put("channel", row.channel().name().toLowerCase(Locale.ROOT));
    data.put("amount_fen", row.amount().amountFen());
    data.put("payout_no", withdrawal.payoutNo());
    Instant paidAt = withdrawal.paidAt();
    if (paidAt != null) {
      data.put("paid_at", paidAt.toString());
    }
    Instant returnedAt = withdrawal.returnedAt();
    if (returnedAt != null) {
      data.put("returned_at", returnedAt.toString());
    }
    if (refusal != null) {
      data.put("refusal_code", refusal.code().name().toLowerCase(Locale.ROOT));
    }
    EventDao.add(handle, type, row.merchant(), row.no(), now, data);
  }

  @Override
  public void recordAttention(
      WithdrawalNo no, @Nullable WithdrawalAttention attention, String detail) {
    jdbi.useTransaction(
        handle -> {
          Instant now = clock.instant();
          if (WithdrawalDao.attention(handle, no, attention, detail, now)) {
            TimelineDao.add(
                handle,
                no,
                now,
                "ATTENTION",
                detail,
                Map.of("attention", attention == null ? "none" : attention.name()));
          }
        });
  }
}
