package dev.durablecheckout.workflows.payment;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The channel and method that the buyer wants to pay with, and who pays where that matters. */
public record PayChoice(Channel channel, PayMethod method, @Nullable Payer payer) {
  public PayChoice(Channel channel, PayMethod method) {
    this(channel, method, null);
  }

  /** Whether a credential made for the other choice serves this one. */
  public boolean isServedBy(PayChoice other) {
    return channel == other.channel
        && method == other.method
        && Objects.equals(openid(), other.openid())
        && Objects.equals(authCode(), other.authCode());
  }

  /** The code that still has to be exchanged for an openid, if there is one. */
  public @Nullable String openLoginCode() {
    return payer == null || payer.openid() != null ? null : payer.loginCode();
  }

  private @Nullable String openid() {
    return payer == null ? null : payer.openid();
  }

  private @Nullable String authCode() {
    return payer == null ? null : payer.authCode();
  }
}
