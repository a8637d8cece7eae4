package dev.durablecheckout.activities.channel.wechatpay;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.activities.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The merchant's service at WeChat PayScore.
 *
 * @param serviceId as WeChat has given it
 * @param apiV2Key 32 characters: signs what the buyer's mini program is handed, which WeChat still
 *     wants signed the old way; absent in the API, which makes no calls
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PayScoreConfiguration(String serviceId, @Nullable Secret apiV2Key) {}
