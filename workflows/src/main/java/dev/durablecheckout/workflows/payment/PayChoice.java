package dev.durablecheckout.workflows.payment;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The channel and method that the buyer wants to pay with, and who pays where that matters.
 *
 * @param returnUrl where the channel sends the buyer afterwards, if not where the merchant said:
 *     back to the page on which the choice was made
 * @param afresh whether the credential that lives is of no use to the buyer, so that another
 *     payment is to be begun even if the choice is the same; absent is no
 */
public record PayChoice(
    Channel channel,
    PayMethod method,
    @Nullable Payer payer,
    @Nullable String returnUrl,
    @Nullable Boolean afresh) {
  public PayChoice(Channel channel, PayMethod method, @Nullable Payer payer) {
    this(channel, method, payer, null, null);
  }

  public PayChoice(Channel channel, PayMethod method) {
    this(channel, method, null);
  }

  /** The same, with a payer who is known better. */
  public PayChoice by(Payer known) {
    return new PayChoice(channel, method, known, returnUrl, afresh);
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
