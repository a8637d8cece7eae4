package dev.durablecheckout.api.reconciliation;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.workflows.merchant.MerchantId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;

/**
 * Links that let a browser, which has no API key, see one merchant's reports for an hour. The API
 * gives them to whoever has the key; they show sums and no buyers.
 */
public final class ReportLinks {
  static final Duration LIFETIME = Duration.ofHours(1);

  private static final BaseEncoding BASE64 = BaseEncoding.base64Url().omitPadding();
  private static final String PURPOSE = "reconciliation-report-1:";

  private final HashFunction hmac;
  private final URI publicUrl;
  private final Clock clock;

  /**
   * @param secret what is signed for another purpose with it opens nothing here
   */
  public ReportLinks(URI publicUrl, Secret secret, Clock clock) {
    this.hmac = Hashing.hmacSha256(secret.reveal().getBytes(StandardCharsets.UTF_8));
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  /** A link to one merchant's month that opens now. */
  String url(MerchantId merchant, YearMonth month) {
    byte[] payload =
        (merchant + ":" + clock.instant().plus(LIFETIME).getEpochSecond())
            .getBytes(StandardCharsets.UTF_8);
    return publicUrl
        .resolve(
            "reports/reconciliation/"
                + BASE64.encode(payload)
                + "."
                + BASE64.encode(sign(payload))
                + "?month="
                + month)
        .toString();
  }

  /** Whose reports a token opens now; empty if it was not signed here, or has expired. */
  Optional<MerchantId> open(String token) {
    int dot = token.indexOf('.');
    if (dot < 0
        || !BASE64.canDecode(token.substring(0, dot))
        || !BASE64.canDecode(token.substring(dot + 1))) {
      return Optional.empty();
    }
    byte[] payload = BASE64.decode(token.substring(0, dot));
    if (!MessageDigest.isEqual(sign(payload), BASE64.decode(token.substring(dot + 1)))) {
      return Optional.empty();
    }
    String signed = new String(payload, StandardCharsets.UTF_8);
    int colon = signed.lastIndexOf(':');
    Instant expires = Instant.ofEpochSecond(Long.parseLong(signed.substring(colon + 1)));
    return clock.instant().isBefore(expires)
        ? Optional.of(MerchantId.of(signed.substring(0, colon)))
        : Optional.empty();
  }

  private byte[] sign(byte[] payload) {
    return hmac.newHasher()
        .putString(PURPOSE, StandardCharsets.UTF_8)
        .putBytes(payload)
        .hash()
        .asBytes();
  }
}
