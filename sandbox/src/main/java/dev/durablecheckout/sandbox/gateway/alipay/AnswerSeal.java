package dev.durablecheckout.sandbox.gateway.alipay;

import dev.durablecheckout.sandbox.gateway.RsaKeys;
import org.jspecify.annotations.Nullable;

/**
 * What answers are signed with.
 *
 * @param certificateSn of Alipay's certificate; absent in key mode
 */
record AnswerSeal(RsaKeys keys, @Nullable String certificateSn) {}
