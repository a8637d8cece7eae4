package dev.durablecheckout.activities.channel.wechatpay;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.wechat.pay.java.core.auth.Validator;
import com.wechat.pay.java.core.auth.WechatPay2Credential;
import com.wechat.pay.java.core.auth.WechatPay2Validator;
import com.wechat.pay.java.core.cipher.Verifier;
import com.wechat.pay.java.core.http.HttpHeaders;
import dev.durablecheckout.activities.channel.ChannelOutcomeUnknownException;
import dev.durablecheckout.activities.http.BoundedHttpClient;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Fetches WeChat Pay's platform certificates. Nobody but WeChat can have sealed them with the
 * merchant's API v3 key, and the whole answer must be signed by one of them: the SDK leaves out the
 * second, and so takes an old answer for a new one.
 */
final class CertificateDownload {
  private static final String PATH = "/v3/certificates";

  /** An account that was moved to the public key, or began with it, has none. */
  private static final ImmutableSet<String> NONE_THERE =
      ImmutableSet.of("NOTFOUND", "RESOURCENOTEXISTS");

  private final WechatPayCall call;
  private final WechatPayApi api;
  private final ApiV3Cipher cipher;

  CertificateDownload(WechatPayConfiguration configuration, BoundedHttpClient http) {
    cipher = new ApiV3Cipher(configuration);
    call = new WechatPayCall("platform certificates", configuration.mchId());
    api =
        new WechatPayApi(
            new WechatPayTransport(
                new WechatPay2Credential(
                    configuration.mchId(), WechatPayKeys.merchantKey(configuration)),
                new SignedByOneOfThem(),
                http,
                WechatPayGateway.of(configuration)));
  }

  /** The certificates that WeChat offers now, by serial number: none, one, or two in a change. */
  ImmutableMap<String, X509Certificate> download() throws ChannelOutcomeUnknownException {
    WechatPayAnswer answer = api.get(call, PATH);
    if (answer.isRefusal() && NONE_THERE.contains(answer.code())) {
      return ImmutableMap.of();
    }
    if (!answer.isSuccess()) {
      throw call.unknown(answer);
    }
    try {
      return certificates(answer.content(), cipher);
    } catch (IllegalArgumentException e) {
      throw call.unknown("the answer cannot be read: " + e.getMessage());
    }
  }

  /**
   * @throws IllegalArgumentException if one cannot be opened or is not what it is said to be
   */
  static ImmutableMap<String, X509Certificate> certificates(
      WechatPayMessage answer, ApiV3Cipher cipher) {
    ImmutableMap.Builder<String, X509Certificate> certificates = ImmutableMap.builder();
    for (WechatPayMessage each : answer.objects("data")) {
      String serial = each.required("serial_no");
      X509Certificate certificate =
          WechatPayKeys.certificate(cipher.open(each.object("encrypt_certificate")));
      checkArgument(
          serial.equals(WechatPayKeys.serial(certificate)), "a certificate under another's number");
      certificates.put(serial, certificate);
    }
    return certificates.buildOrThrow();
  }

  /** Verifies the answer by the certificates in it. */
  private final class SignedByOneOfThem implements Validator {
    @Override
    public <T> boolean validate(HttpHeaders headers, String body) {
      ImmutableMap<String, X509Certificate> offered =
          certificates(WechatPayMessage.parse(body), cipher);
      return new WechatPay2Validator(new OfferedKeys(offered)).validate(headers, body);
    }

    @Override
    public <T> String getSerialNumber() {
      return "";
    }
  }

  private record OfferedKeys(ImmutableMap<String, X509Certificate> certificates)
      implements Verifier {
    @Override
    public boolean verify(@Nullable String serial, String message, @Nullable String signature) {
      X509Certificate certificate = serial == null ? null : certificates.get(serial);
      return certificate != null
          && PlatformKeys.fits(certificate.getPublicKey(), message, signature);
    }

    @Override
    public String getSerialNumber() {
      throw new UnsupportedOperationException("not asked for to verify");
    }
  }
}
