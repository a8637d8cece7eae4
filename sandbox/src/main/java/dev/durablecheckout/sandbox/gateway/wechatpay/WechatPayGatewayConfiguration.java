package dev.durablecheckout.sandbox.gateway.wechatpay;

import dev.durablecheckout.sandbox.gateway.RsaKeys;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated WeChat Pay runs.
 *
 * @param address where it listens; port 0 for any free one
 * @param publicUrl how a buyer reaches it; absent for the address a merchant calls
 * @param publicKeyId {@code PUB_KEY_ID_...}
 * @param keys behind that id
 * @param certificate the platform certificate, for merchants that still use it
 * @param merchants who may call
 * @param clock decides when payments expire, and what the messages say
 * @param refundDelay how long a refund is PROCESSING, and a transfer TRANSFERING or CANCELING
 * @param collectPause between a service's end, or a try to collect what it costs, and the next try
 * @param notifyScheduleFactor multiplies the pauses between the sendings of a notify
 * @param seed of everything random
 * @param stateFile where payments are kept over a restart; absent to forget them
 */
public record WechatPayGatewayConfiguration(
    InetSocketAddress address,
    @Nullable URI publicUrl,
    String publicKeyId,
    RsaKeys keys,
    @Nullable PlatformCertificate certificate,
    List<MchRegistration> merchants,
    Clock clock,
    Duration refundDelay,
    Duration collectPause,
    double notifyScheduleFactor,
    long seed,
    @Nullable Path stateFile) {
  /**
   * Multiplies the pauses between notifies so that somebody who watches sees them: 15 s are 1 s.
   */
  public static final double HASTY_NOTIFIES = 1.0 / 15;

  public WechatPayGatewayConfiguration {
    merchants = List.copyOf(merchants);
  }
}
