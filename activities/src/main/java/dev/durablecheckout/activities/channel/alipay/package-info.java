/** Alipay: calls through alipay-sdk-java, verification of its notifies. */
@NullMarked
package dev.durablecheckout.activities.channel.alipay;

import org.jspecify.annotations.NullMarked;
