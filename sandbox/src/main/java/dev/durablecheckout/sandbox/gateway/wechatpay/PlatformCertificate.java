package dev.durablecheckout.sandbox.gateway.wechatpay;

import dev.durablecheckout.sandbox.gateway.RsaKeys;

/**
 * A platform certificate with its key.
 *
 * @param serialNo upper-case hex
 */
public record PlatformCertificate(String serialNo, String pem, RsaKeys keys) {}
