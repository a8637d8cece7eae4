package dev.durablecheckout.sandbox.gateway.wechatpay;

import java.util.Map;

/**
 * A merchant.
 *
 * @param appSecrets of the applications that are bound to it, by appid
 * @param serialNo of the merchant's certificate
 * @param publicKey in that certificate, X.509, base64
 * @param apiV3Key 32 characters: seals notifies and certificates
 * @param payScoreServiceId empty if it has no service there
 * @param apiV2Key 32 characters: signs what opens PayScore's page; empty without a service
 */
public record MchRegistration(
    String mchId,
    Map<String, String> appSecrets,
    String serialNo,
    String publicKey,
    String apiV3Key,
    String payScoreServiceId,
    String apiV2Key) {
  public MchRegistration {
    appSecrets = Map.copyOf(appSecrets);
  }

  /** Prints no secret. */
  @Override
  public String toString() {
    return mchId;
  }
}
