package dev.durablecheckout.sandbox.gateway.wechatpay;

import org.jspecify.annotations.Nullable;

/**
 * What a merchant asked for when it created a service order; two that are equal are one.
 *
 * @param startTime as asked for: a time, a day, or OnAccept
 * @param endTime as expected; absent if the merchant will say later
 */
record ServiceRequest(
    String mchId,
    String appId,
    String serviceId,
    String outOrderNo,
    String introduction,
    String riskFundName,
    long riskFundFen,
    String startTime,
    @Nullable String endTime,
    String notifyUrl,
    String attach) {}
