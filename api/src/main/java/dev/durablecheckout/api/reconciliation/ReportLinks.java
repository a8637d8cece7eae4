package dev.durablecheckout.api.reconciliation;

import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.api.auth.SignedTokens;
import dev.durablecheckout.workflows.merchant.MerchantId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Optional;

/**
 * Links that let a browser, which has no API key, see one merchant's reports for an hour. The API
 * gives them to whoever has the key; they show amounts and numbers of orders, and no buyers.
 */
public final class ReportLinks {
  static final Duration LIFETIME = Duration.ofHours(1);

  private static final String PURPOSE = "reconciliation-report-1:";

  private final SignedTokens tokens;
  private final URI publicUrl;
  private final Clock clock;

  /**
   * @param secret what is signed for another purpose with it opens nothing here
   */
  public ReportLinks(URI publicUrl, Secret secret, Clock clock) {
    this.tokens = new SignedTokens(secret);
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  /** A link to one merchant's month that opens now. */
  String url(MerchantId merchant, YearMonth month) {
    String token = tokens.of(PURPOSE, merchant.toString(), clock.instant().plus(LIFETIME));
    return publicUrl.resolve("reports/reconciliation/" + token + "?month=" + month).toString();
  }

  /** Whose reports a token opens now; empty if it was not signed here, or has expired. */
  Optional<MerchantId> open(String token) {
    return tokens
        .read(PURPOSE, token)
        .filter(signed -> !signed.isExpired(clock.instant()))
        .map(signed -> MerchantId.of(signed.subject()));
  }
}
