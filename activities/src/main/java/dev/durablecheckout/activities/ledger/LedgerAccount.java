package dev.durablecheckout.activities.ledger;

import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;

/**
 * The name of an account. It comes into being with its first posting.
 *
 * @param owner which of that kind: a buyer, a channel; empty where the merchant has one
 */
public record LedgerAccount(MerchantId merchant, AccountKind kind, String owner) {
  /** Between the kind and the owner in a {@link #label}; an owner may hold more of it. */
  public static final char SEPARATOR = '/';

  /** A buyer is the merchant's: the same name at another merchant is another wallet. */
  public static LedgerAccount wallet(MerchantId merchant, String buyerId) {
    return new LedgerAccount(merchant, AccountKind.WALLET, buyerId);
  }

  public static LedgerAccount channel(MerchantId merchant, Channel channel) {
    return new LedgerAccount(merchant, AccountKind.CHANNEL, channel.name());
  }

  /** One of those that a merchant has one of. */
  public static LedgerAccount of(MerchantId merchant, AccountKind kind) {
    return new LedgerAccount(merchant, kind, "");
  }

  /** As people write it: {@code SALES}, {@code CHANNEL/ALIPAY}. The merchant is known. */
  public String label() {
    return owner.isEmpty() ? kind.name() : kind.name() + SEPARATOR + owner;
  }
}
