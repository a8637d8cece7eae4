package dev.durablecheckout.activities.channel;

import dev.durablecheckout.workflows.merchant.MerchantId;
import java.util.function.Supplier;

/** Reading the accounts of many merchants: an error must say whose. */
final class Accounts {
  private Accounts() {}

  static <T> T read(MerchantId merchant, Supplier<T> account) {
    try {
      return account.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("merchant " + merchant + ": " + e.getMessage(), e);
    }
  }
}
