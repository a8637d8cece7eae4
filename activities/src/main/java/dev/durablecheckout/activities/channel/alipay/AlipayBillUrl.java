package dev.durablecheckout.activities.channel.alipay;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a bill may be fetched: on the gateway's own host and port, by the gateway's own scheme; or
 * on another host of Alipay's, then by https whatever the URL says (it says http). Nowhere else: an
 * answer, be it signed, does not send this process to an address inside a company's network.
 */
final class AlipayBillUrl {
  private static final ImmutableList<String> ALIPAYS =
      ImmutableList.of(".alipay.com", ".alipaydev.com");

  private AlipayBillUrl() {}

  /**
   * The URL to call.
   *
   * @throws IllegalArgumentException if it leads elsewhere
   */
  static URI of(String downloadUrl, URI gatewayUrl) {
    URI url = parse(downloadUrl);
    String scheme = url.getScheme();
    String host = url.getHost();
    checkArgument(
        host != null
            && (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))
            && url.getRawUserInfo() == null,
        "a bill_download_url that is no web address");
    String gatewayHost = gatewayUrl.getHost();
    if (gatewayHost != null
        && host.equalsIgnoreCase(gatewayHost)
        && (url.getPort() == gatewayUrl.getPort() || url.getPort() < 0)) {
      return at(gatewayUrl.getScheme() + "://" + gatewayUrl.getRawAuthority(), url);
    }
    String name = host.toLowerCase(Locale.ROOT);
    checkArgument(
        ALIPAYS.stream().anyMatch(name::endsWith) && hasUsualPort(url),
        "a bill_download_url that leads away from Alipay");
    return at("https://" + name, url);
  }

  private static URI parse(String downloadUrl) {
    try {
      URI url = new URI(downloadUrl);
      checkArgument(url.getScheme() != null, "a bill_download_url that is no web address");
      return url;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("a bill_download_url that is no web address");
    }
  }

  private static boolean hasUsualPort(URI url) {
    return url.getPort() < 0 || url.getPort() == 80 || url.getPort() == 443;
  }

  private static URI at(String origin, URI url) {
    @Nullable String query = url.getRawQuery();
    return URI.create(origin + url.getRawPath() + (query == null ? "" : "?" + query));
  }
}
