package dev.durablecheckout.sandbox.gateway.alipay;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The applications that may call, and what their calls must carry. */
final class Apps {
  private final ImmutableMap<String, AppRegistration> byId;
  private final @Nullable AlipayCertificates certificates;

  Apps(List<AppRegistration> apps, @Nullable AlipayCertificates certificates) {
    this.byId = Maps.uniqueIndex(apps, AppRegistration::appId);
    this.certificates = certificates;
  }

  @Nullable AppRegistration find(String appId) {
    return byId.get(appId);
  }

  /**
   * In certificate mode each call names the application's certificate and the roots it trusts.
   * (Which codes the real gateway has for a wrong one is not known here.)
   */
  void checkCertificates(Map<String, String> parameters) throws InvalidRequestException {
    if (certificates != null) {
      check(parameters, "app_cert_sn", certificates.app().serialNumber());
      check(parameters, "alipay_root_cert_sn", certificates.root().serialNumber());
    }
  }

  private static void check(Map<String, String> parameters, String name, String wanted)
      throws InvalidRequestException {
    String given = parameters.get(name);
    if (given == null) {
      throw InvalidRequestException.missing(name.replace('_', '-'));
    }
    if (!given.equals(wanted)) {
      throw InvalidRequestException.invalid("invalid-" + name.replace('_', '-'), "证书序列号错误");
    }
  }
}
