package dev.durablecheckout.activities.limit;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import org.jspecify.annotations.Nullable;

/**
 * One limit of a merchant. Each limit that fits a payment must be kept.
 *
 * @param channel it is for
 * @param method it is for; each of the channel's if absent
 * @param minimumFen of one payment
 * @param maximumFen of one payment
 * @param dailyBuyerFen what one buyer may pay through the channel in a day of China's time
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PayLimitConfiguration(
    Channel channel,
    @Nullable PayMethod method,
    @Nullable Long minimumFen,
    @Nullable Long maximumFen,
    @Nullable Long dailyBuyerFen) {
  public PayLimitConfiguration {
    checkArgument(
        method == null || channel.methods().contains(method), "%s has no %s", channel, method);
    LimitBounds.check(minimumFen, maximumFen, dailyBuyerFen);
  }

  boolean isFor(Channel payChannel, PayMethod payMethod) {
    return channel == payChannel && (method == null || method == payMethod);
  }
}
