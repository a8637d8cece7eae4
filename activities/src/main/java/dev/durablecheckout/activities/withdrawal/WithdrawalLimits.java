package dev.durablecheckout.activities.withdrawal;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.withdrawal.Payout;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What merchants pay out, by which channels. What a buyer has in a day counts with what is still
 * under way; it is summed under the lock of the wallet, so of two that fit only one by one, the
 * first passes.
 */
public final class WithdrawalLimits {
  private static final ZoneId DAY = ZoneId.of("Asia/Shanghai");
  private static final String TODAY =
      """
      select coalesce(sum(amount_fen), 0) from withdrawals
      where merchant = :merchant and buyer_id = :buyer and channel = :channel
        and created_at >= date_trunc('day', cast(:at as timestamptz), :zone) and status not in ('FAILED', 'RETURNED')
      """;

  private final ImmutableMap<MerchantId, ImmutableList<WithdrawalLimitConfiguration>> limits;

  public WithdrawalLimits(List<MerchantConfiguration> merchants) {
    limits =
        merchants.stream()
            .collect(toImmutableMap(MerchantConfiguration::id, MerchantConfiguration::withdrawals));
  }

  /** Where a merchant pays wallets out. */
  public ImmutableList<Channel> channels(MerchantId merchant) {
    return limits.getOrDefault(merchant, ImmutableList.of()).stream()
        .map(WithdrawalLimitConfiguration::channel)
        .collect(ImmutableList.toImmutableList());
  }

  /** Why money may not be taken out of a wallet that is locked; empty if it may. */
  Optional<String> refusal(Handle handle, WithdrawalRequest request, Instant at) {
    Payout payout = request.payout();
    return limits.getOrDefault(payout.merchant(), ImmutableList.of()).stream()
        .filter(limit -> limit.channel() == payout.channel())
        .findFirst()
        .map(limit -> refusal(handle, limit, request, at))
        .orElseGet(() -> Optional.of("the merchant pays nothing out through " + payout.channel()));
  }

  private static Optional<String> refusal(
      Handle handle, WithdrawalLimitConfiguration limit, WithdrawalRequest request, Instant at) {
    long amount = request.payout().amount().amountFen();
    Long minimum = limit.minimumFen();
    if (minimum != null && amount < minimum) {
      return Optional.of(minimum + " fen or more are paid out at once, not " + amount);
    }
    Long maximum = limit.maximumFen();
    if (maximum != null && amount > maximum) {
      return Optional.of(maximum + " fen or less are paid out at once, not " + amount);
    }
    Long daily = limit.dailyBuyerFen();
    if (daily != null) {
      long before = today(handle, request, at);
      if (before + amount > daily) {
        return Optional.of(
            "%d fen are paid out to a buyer in a day; %d are or will be, %d would be too much"
                .formatted(daily, before, amount));
      }
    }
    return Optional.empty();
  }

  private static long today(Handle handle, WithdrawalRequest request, Instant at) {
    return handle
        .createQuery(TODAY)
        .bind("merchant", request.payout().merchant().value())
        .bind("buyer", request.buyerId())
        .bind("channel", request.payout().channel().code())
        .bind("at", at)
        .bind("zone", DAY.getId())
        .mapTo(Long.class)
        .one();
  }
}
