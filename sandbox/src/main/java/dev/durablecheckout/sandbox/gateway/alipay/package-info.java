/**
 * A simulated Alipay that speaks the real wire protocol with real signatures: {@link
 * dev.durablecheckout.sandbox.gateway.alipay.AlipayGateway} for merchants, {@link
 * dev.durablecheckout.sandbox.gateway.alipay.AlipayBuyer} for those who pay.
 *
 * <p>What the wire says is made from {@link
 * dev.durablecheckout.sandbox.gateway.alipay.TradeRegister}, which holds the rules of a trade.
 */
@NullMarked
package dev.durablecheckout.sandbox.gateway.alipay;

import org.jspecify.annotations.NullMarked;
