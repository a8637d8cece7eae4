package dev.durablecheckout.sandbox.gateway.wechatpay;

import dev.durablecheckout.sandbox.gateway.RsaKeys;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signs what WeChat Pay says, with the public key's pair or with a platform certificate's. */
final class PlatformSignature {
  private static final String PUBLIC_KEY_PREFIX = "PUB_KEY_ID_";

  private final String publicKeyId;
  private final RsaKeys keys;
  private final @Nullable PlatformCertificate certificate;
  private final Clock clock;
  private final WechatNumbers numbers;

  PlatformSignature(WechatPayGatewayConfiguration configuration, WechatNumbers numbers) {
    this.publicKeyId = configuration.publicKeyId();
    this.keys = configuration.keys();
    this.certificate = configuration.certificate();
    this.clock = configuration.clock();
    this.numbers = numbers;
  }

  /** With the public key only for who says that it has it; there may be no certificate. */
  boolean usesCertificate(String wantedSerial) {
    return certificate != null && !wantedSerial.startsWith(PUBLIC_KEY_PREFIX);
  }

  /**
   * What a merchant has sealed for the key of this number; IllegalArgumentException if it is none.
   */
  String open(String serial, String sealed) {
    if (serial.equals(publicKeyId)) {
      return keys.open(sealed);
    }
    PlatformCertificate platform = certificate;
    if (platform == null || !serial.equals(platform.serialNo())) {
      throw new IllegalArgumentException("no key has this number");
    }
    return platform.keys().open(sealed);
  }

  Map<String, String> headers(String body, boolean withCertificate) {
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    String nonce = numbers.letters(32);
    PlatformCertificate platform = withCertificate ? certificate : null;
    RsaKeys signer = platform == null ? keys : platform.keys();
    return headers(
        platform == null ? publicKeyId : platform.serialNo(),
        timestamp,
        nonce,
        signer.sign(timestamp + "\n" + nonce + "\n" + body + "\n"));
  }

  /** As of a probe: well formed, and signed by nobody. */
  Map<String, String> probe() {
    return headers(
        publicKeyId,
        Long.toString(clock.instant().getEpochSecond()),
        numbers.letters(32),
        "WECHATPAY/SIGNTEST/" + numbers.letters(325));
  }

  private static Map<String, String> headers(
      String serial, String timestamp, String nonce, String signature) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Wechatpay-Timestamp", timestamp);
    headers.put("Wechatpay-Nonce", nonce);
    headers.put("Wechatpay-Serial", serial);
    headers.put("Wechatpay-Signature", signature);
    headers.put("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048");
    return headers;
  }
}
