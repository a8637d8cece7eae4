/**
 * WeChat Pay, API v3: signed calls ({@link
 * dev.durablecheckout.activities.channel.wechatpay.WechatPayApi}), what they mean for a payment
 * ({@link dev.durablecheckout.activities.channel.wechatpay.WechatPayChannel}), verification of its
 * notifies ({@link dev.durablecheckout.activities.channel.wechatpay.WechatPayNotifyVerifier}).
 */
@NullMarked
package dev.durablecheckout.activities.channel.wechatpay;

import org.jspecify.annotations.NullMarked;
