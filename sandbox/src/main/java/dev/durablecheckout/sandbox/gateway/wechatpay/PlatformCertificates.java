package dev.durablecheckout.sandbox.gateway.wechatpay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** {@code /v3/certificates}: the platform certificate, sealed for the merchant who asks. */
final class PlatformCertificates {
  private final @Nullable PlatformCertificate certificate;
  private final WechatNumbers numbers;

  PlatformCertificates(@Nullable PlatformCertificate certificate, WechatNumbers numbers) {
    this.certificate = certificate;
    this.numbers = numbers;
  }

  /** Refused if there is none: the merchant is to use the public key. */
  ObjectNode answer(MerchantCall call) {
    if (certificate == null) {
      throw new WechatRefusedException(WechatRefusal.NO_CERTIFICATE);
    }
    ObjectNode answer = Json.object();
    answer
        .putArray("data")
        .addObject()
        .put("serial_no", certificate.serialNo())
        .put("effective_time", WechatTime.rfc3339(certificate.from()))
        .put("expire_time", WechatTime.rfc3339(certificate.until()))
        .set(
            "encrypt_certificate",
            Seal.of(certificate.pem(), "certificate", call.merchant().apiV3Key(), numbers));
    return answer;
  }
}
