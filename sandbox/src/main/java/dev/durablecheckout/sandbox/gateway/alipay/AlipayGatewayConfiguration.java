package dev.durablecheckout.sandbox.gateway.alipay;

import dev.durablecheckout.sandbox.gateway.RsaKeys;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated Alipay runs.
 *
 * @param address where it listens; port 0 for any free one
 * @param publicUrl how a buyer reaches it, for QR codes; absent for the address a merchant calls
 * @param keys Alipay's own: merchants know the public one
 * @param apps the applications that may call
 * @param clock decides when trades expire, and what the messages say
 * @param notifyScheduleFactor multiplies the pauses between the sendings of a notify: 1 is the real
 *     25 hours
 * @param seed of everything random: numbers, and whether a fault strikes
 * @param stateFile where trades are kept over a restart (pending notifies are not); absent to
 *     forget them
 * @param certificates for certificate mode; absent for key mode
 */
public record AlipayGatewayConfiguration(
    InetSocketAddress address,
    @Nullable URI publicUrl,
    RsaKeys keys,
    List<AppRegistration> apps,
    Clock clock,
    double notifyScheduleFactor,
    long seed,
    @Nullable Path stateFile,
    @Nullable AlipayCertificates certificates) {

  /**
   * Multiplies the pauses between notifies so that somebody who watches sees them: 4 min are 1 s.
   */
  public static final double HASTY_NOTIFIES = 1.0 / 240;

  public AlipayGatewayConfiguration {
    apps = List.copyOf(apps);
  }

  /** In key mode. */
  public AlipayGatewayConfiguration(
      InetSocketAddress address,
      @Nullable URI publicUrl,
      RsaKeys keys,
      List<AppRegistration> apps,
      Clock clock,
      double notifyScheduleFactor,
      long seed,
      @Nullable Path stateFile) {
    this(address, publicUrl, keys, apps, clock, notifyScheduleFactor, seed, stateFile, null);
  }

  /** The same in certificate mode. */
  public AlipayGatewayConfiguration with(AlipayCertificates itsCertificates) {
    return new AlipayGatewayConfiguration(
        address,
        publicUrl,
        keys,
        apps,
        clock,
        notifyScheduleFactor,
        seed,
        stateFile,
        itsCertificates);
  }
}
