package dev.durablecheckout.activities.wallet;

import dev.durablecheckout.activities.ledger.LedgerAccount;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;

/** What a buyer has with a merchant. */
public record Wallet(MerchantId merchant, String buyerId, Money balance) {
  LedgerAccount account() {
    return LedgerAccount.wallet(merchant, buyerId);
  }
}
