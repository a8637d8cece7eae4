package dev.durablecheckout.activities.channel;

import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import org.jspecify.annotations.Nullable;

/**
 * What a notify says of a refund. Only that there is news: whether the money has gone back is asked
 * of the channel.
 *
 * @param outRefundNo our number of it; absent if it has none of ours, being made in the channel's
 *     console
 * @param fee what went back: of Alipay by all refunds of the trade so far, of WeChat Pay by this
 */
public record NotifiedRefund(@Nullable OutRefundNo outRefundNo, Money fee) {
  /** With the number as the channel tells it, which may be anybody's. */
  public static NotifiedRefund of(@Nullable String number, Money fee) {
    return new NotifiedRefund(
        number != null && number.matches(OutRefundNo.FORM) ? OutRefundNo.of(number) : null, fee);
  }
}
