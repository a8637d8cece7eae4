package dev.durablecheckout.workflows.payment;

import org.jspecify.annotations.Nullable;

/** What a login code came to: the buyer's openid, or a refusal. */
public record PayerIdentity(@Nullable String openid, @Nullable Refusal refusal) {
  public static PayerIdentity known(String openid) {
    return new PayerIdentity(openid, null);
  }

  public static PayerIdentity refused(Refusal refusal) {
    return new PayerIdentity(null, refusal);
  }
}
