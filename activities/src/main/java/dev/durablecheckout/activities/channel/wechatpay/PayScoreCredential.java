package dev.durablecheckout.activities.channel.wechatpay;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.io.BaseEncoding;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.workflows.payment.PayCredential;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The {@code extraData} with which a mini program opens the confirmation page ({@code
 * wxpayScoreUse}): signed with the API v2 key, HMAC-SHA256 over the sorted parameters.
 */
final class PayScoreCredential {
  private final String mchId;
  private final Secret apiV2Key;
  private final Clock clock;
  private final Supplier<String> nonces;

  PayScoreCredential(String mchId, Secret apiV2Key, Clock clock, Supplier<String> nonces) {
    this.mchId = mchId;
    this.apiV2Key = apiV2Key;
    this.clock = clock;
    this.nonces = nonces;
  }

  PayCredential of(String payPackage) {
    ImmutableSortedMap<String, String> parameters =
        ImmutableSortedMap.of(
            "mch_id",
            mchId,
            "nonce_str",
            nonces.get(),
            "package",
            payPackage,
            "sign_type",
            "HMAC-SHA256",
            "timestamp",
            Long.toString(clock.instant().getEpochSecond()));
    return PayCredential.of(
        PayCredential.Type.WECHAT_PAYSCORE,
        ImmutableSortedMap.<String, String>naturalOrder()
            .putAll(parameters)
            .put("sign", sign(parameters))
            .buildOrThrow());
  }

  private String sign(ImmutableSortedMap<String, String> parameters) {
    String text =
        parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"))
            + "&key="
            + apiV2Key.reveal();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(apiV2Key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return BaseEncoding.base16().encode(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no HMAC-SHA256 in this JVM", e);
    }
  }
}
