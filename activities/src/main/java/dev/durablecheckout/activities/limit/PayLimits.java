package dev.durablecheckout.activities.limit;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.PayOrder;
import dev.durablecheckout.workflows.payment.Refusal;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Refuses a payment that is beyond a limit before its channel is asked, and names the limit. What a
 * buyer has paid in a day counts with what was begun before and may still be paid; so of two that
 * fit only one by one, the first passes. Asked again about the same pay order, it refuses nothing
 * that it let pass; and nothing that is paid, however the limits have changed since.
 */
public final class PayLimits {
  private static final ZoneId DAY = ZoneId.of("Asia/Shanghai");
  private static final String SPENT =
      """
      select coalesce(sum(p.amount_fen), 0)
      from checkouts c join pay_orders p using (checkout_id)
      join pay_orders mine on mine.out_trade_no = :no
      where c.merchant = :merchant and c.buyer_id = :buyer and p.channel = :channel
        and (p.created_at, p.out_trade_no) < (mine.created_at, mine.out_trade_no)
        and p.created_at >= date_trunc('day', mine.created_at, :zone)
        and (p.status = 'PAYING' or p.settlement = 'SETTLED')
        and p.checkout_id <> mine.checkout_id
      """;

  private static final String PAID =
      "select exists (select 1 from pay_orders where out_trade_no = :no and status = 'SUCCEEDED')";

  private final Jdbi jdbi;
  private final ImmutableMap<MerchantId, List<PayLimitConfiguration>> limits;

  public PayLimits(Jdbi jdbi, List<MerchantConfiguration> merchants) {
    this.jdbi = jdbi;
    this.limits =
        merchants.stream()
            .collect(toImmutableMap(MerchantConfiguration::id, MerchantConfiguration::limits));
  }

  /** Why the payment may not be begun; empty if it may. */
  public Optional<Refusal> refusal(PayOrder payOrder) {
    return limits.getOrDefault(payOrder.checkoutId().merchant(), ImmutableList.of()).stream()
        .filter(limit -> limit.isFor(payOrder.channel(), payOrder.method()))
        .flatMap(limit -> refusal(limit, payOrder).stream())
        .findFirst()
        .filter(refusal -> !isPaid(payOrder));
  }

  /** A wallet pays at once: when its answer was lost, the repeat must still hear of it. */
  private boolean isPaid(PayOrder payOrder) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(PAID)
                .bind("no", payOrder.outTradeNo().value())
                .mapTo(Boolean.class)
                .one());
  }

  private Optional<Refusal> refusal(PayLimitConfiguration limit, PayOrder payOrder) {
    long amount = payOrder.amount().amountFen();
    String way = (payOrder.channel() + " " + payOrder.method()).toLowerCase(Locale.ROOT);
    Long minimum = limit.minimumFen();
    if (minimum != null && amount < minimum) {
      return refused("MINIMUM_FEN", way + " takes " + minimum + " fen or more, not " + amount);
    }
    Long maximum = limit.maximumFen();
    if (maximum != null && amount > maximum) {
      return refused("MAXIMUM_FEN", way + " takes " + maximum + " fen or less, not " + amount);
    }
    Long daily = limit.dailyBuyerFen();
    if (daily != null) {
      long spent = spentToday(payOrder);
      if (spent + amount > daily) {
        return Optional.of(
            new Refusal(
                Refusal.Code.DAILY_LIMIT,
                "DAILY_BUYER_FEN",
                way
                    + " takes "
                    + daily
                    + " fen of a buyer in a day; "
                    + spent
                    + " are paid or being paid, "
                    + amount
                    + " would be too much"));
      }
    }
    return Optional.empty();
  }

  private static Optional<Refusal> refused(String limit, String message) {
    return Optional.of(new Refusal(Refusal.Code.LIMIT, limit, message));
  }

  private long spentToday(PayOrder payOrder) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(SPENT)
                .bind("no", payOrder.outTradeNo().value())
                .bind("merchant", payOrder.checkoutId().merchant().value())
                .bind("buyer", payOrder.buyerId())
                .bind("channel", payOrder.channel().code())
                .bind("zone", DAY.getId())
                .mapTo(Long.class)
                .one());
  }
}
