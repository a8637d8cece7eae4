package dev.durablecheckout.sandbox.gateway.alipay;

import dev.durablecheckout.sandbox.gateway.RsaKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated Alipay runs.
 *
 * @param port 0 for any free one
 * @param keys Alipay's own: merchants know the public one
 * @param apps the applications that may call
 * @param clock decides when trades expire, and what the messages say
 * @param notifyScheduleFactor multiplies the pauses between the sendings of a notify: 1 is the real
 *     25 hours
 * @param seed of everything random: numbers, and whether a fault strikes
 * @param stateFile where trades are kept over a restart (pending notifies are not); absent to
 *     forget them
 */
public record AlipayGatewayConfiguration(
    int port,
    RsaKeys keys,
    List<AppRegistration> apps,
    Clock clock,
    double notifyScheduleFactor,
    long seed,
    @Nullable Path stateFile) {

  public AlipayGatewayConfiguration {
    apps = List.copyOf(apps);
  }
}
