package dev.durablecheckout.workflows.payment;

import dev.durablecheckout.workflows.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a channel said of a trade, verified to come from the channel and to be of the merchant's
 * account.
 *
 * @param tradeNo the channel's number, once the trade exists there
 * @param amount what the buyer was asked for, as the channel has it; absent where it did not say
 * @param paidAt the channel's time of payment, for PAID
 */
public record TradeResult(
    OutTradeNo outTradeNo,
    TradeState state,
    @Nullable TradeNo tradeNo,
    @Nullable Money amount,
    @Nullable Instant paidAt) {}
