/**
 * A simulated WeChat Pay, API v3: real signatures both ways, sealed notifies, PayScore, bills, the
 * login codes of WeChat itself, and a buyer. It knows nothing of the checkout.
 */
@NullMarked
package dev.durablecheckout.sandbox.gateway.wechatpay;

import org.jspecify.annotations.NullMarked;
