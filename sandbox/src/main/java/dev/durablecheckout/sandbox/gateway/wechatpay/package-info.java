/**
 * A simulated WeChat Pay, API v3: {@link
 * dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayGateway} for merchants, with real
 * signatures both ways, sealed notifies, PayScore, bills and WeChat's own login codes; {@link
 * dev.durablecheckout.sandbox.gateway.wechatpay.WechatBuyer} and {@link
 * dev.durablecheckout.sandbox.gateway.wechatpay.PayScoreBuyer} for those who pay.
 *
 * <p>What the wire says is made from {@link
 * dev.durablecheckout.sandbox.gateway.wechatpay.PaymentRegister} and {@link
 * dev.durablecheckout.sandbox.gateway.wechatpay.ServiceOrderRegister}, which hold the rules.
 */
@NullMarked
package dev.durablecheckout.sandbox.gateway.wechatpay;

import org.jspecify.annotations.NullMarked;
