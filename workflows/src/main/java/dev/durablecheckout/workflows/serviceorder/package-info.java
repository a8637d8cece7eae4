/**
 * Service orders of WeChat PayScore (支付分): a service begins without a payment, because WeChat
 * vouches for the buyer; what it costs is collected when it has ended.
 */
@NullMarked
package dev.durablecheckout.workflows.serviceorder;

import org.jspecify.annotations.NullMarked;
