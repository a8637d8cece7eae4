package dev.durablecheckout.sandbox.gateway.alipay;

import dev.durablecheckout.sandbox.gateway.RsaKeys;
import java.math.BigInteger;
import java.time.Clock;

/**
 * The certificates of a sandbox whose merchant calls in certificate mode: a root that is nobody's
 * but this sandbox's, and what it issued.
 *
 * @param alipay of the key that signs answers and notifies
 * @param app of the key that signs the application's calls
 */
public record AlipayCertificates(
    SandboxCertificate root, SandboxCertificate alipay, SandboxCertificate app) {

  /** Issues certificates for these keys. */
  public static AlipayCertificates issue(RsaKeys alipay, RsaKeys app, Clock clock) {
    RsaKeys root = RsaKeys.generate();
    String rootName = "Sandbox Root";
    return new AlipayCertificates(
        SandboxCertificate.issue(rootName, root, rootName, root, BigInteger.ONE, clock.instant()),
        SandboxCertificate.issue(
            rootName, root, "Sandbox Alipay", alipay, BigInteger.TWO, clock.instant()),
        SandboxCertificate.issue(
            rootName, root, "Sandbox Shop", app, BigInteger.valueOf(3), clock.instant()));
  }
}
