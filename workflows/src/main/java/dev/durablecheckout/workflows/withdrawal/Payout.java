package dev.durablecheckout.workflows.withdrawal;

import static com.google.common.base.Preconditions.checkArgument;

import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.Channel;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Money that is paid out of a merchant's account at a channel. Idempotency key: {@code no}; a
 * repeat must not differ in anything.
 *
 * @param amount more than zero; the channels have limits of their own
 * @param payee absent once the books have forgotten it: such a payout can be asked about, and
 *     cannot be made
 * @param remark what the payee reads, 1 to 32 characters
 */
public record Payout(
    WithdrawalNo no,
    MerchantId merchant,
    Channel channel,
    Money amount,
    @Nullable Payee payee,
    String remark) {
  private static final Pattern REMARK = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,32}");

  public Payout {
    checkArgument(
        payee == null || payee.kind().channel() == channel, "%s is nobody at %s", payee, channel);
    checkArgument(amount.amountFen() > 0, "a payout is of more than nothing");
    checkArgument(
        REMARK.matcher(remark).matches(), "a remark has 1 to 32 characters, and no control ones");
  }

  /** Who is paid; IllegalStateException if that is not known any more. */
  public Payee knownPayee() {
    if (payee == null) {
      throw new IllegalStateException("nobody knows any more who " + no + " is paid to");
    }
    return payee;
  }
}
