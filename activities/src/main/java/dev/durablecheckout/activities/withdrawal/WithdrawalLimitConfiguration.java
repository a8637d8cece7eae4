package dev.durablecheckout.activities.withdrawal;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.activities.limit.LimitBounds;
import dev.durablecheckout.workflows.payment.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A channel by which a merchant pays wallets out, and how much. A channel that is not named pays
 * nothing out.
 *
 * @param channel ALIPAY or WECHAT_PAY
 * @param minimumFen of one withdrawal
 * @param maximumFen of one withdrawal
 * @param dailyBuyerFen what one buyer may have paid out through the channel in a day of China's
 *     time
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WithdrawalLimitConfiguration(
    Channel channel,
    @Nullable Long minimumFen,
    @Nullable Long maximumFen,
    @Nullable Long dailyBuyerFen) {
  public WithdrawalLimitConfiguration {
    checkArgument(channel != Channel.WALLET, "a wallet is not paid out into a wallet");
    LimitBounds.check(minimumFen, maximumFen, dailyBuyerFen);
  }
}
