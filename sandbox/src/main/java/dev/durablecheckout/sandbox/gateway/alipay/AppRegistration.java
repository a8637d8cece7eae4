package dev.durablecheckout.sandbox.gateway.alipay;

/**
 * A merchant's application.
 *
 * @param sellerId the account that is paid, 2088...
 * @param publicKey the application's RSA public key, X.509, base64
 */
public record AppRegistration(String appId, String sellerId, String publicKey) {}
