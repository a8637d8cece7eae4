package dev.durablecheckout.workflows.payment;

import org.jspecify.annotations.Nullable;

/** A channel's definite answer to a new pay order: a credential, or a refusal. */
public record PrepayResult(@Nullable PayCredential credential, @Nullable Refusal refusal) {
  public static PrepayResult ready(PayCredential credential) {
    return new PrepayResult(credential, null);
  }

  public static PrepayResult refused(Refusal refusal) {
    return new PrepayResult(null, refusal);
  }
}
