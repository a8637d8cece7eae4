package dev.durablecheckout.activities.channel.wechatpay;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.activities.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * An application at WeChat that is bound to the merchant's account: an official account, a mini
 * program or a mobile app.
 *
 * @param appId wx...
 * @param appSecret exchanges the login codes of a buyer; absent in the API, which makes no calls,
 *     and where openids are known otherwise
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WechatAppConfiguration(String appId, @Nullable Secret appSecret) {}
