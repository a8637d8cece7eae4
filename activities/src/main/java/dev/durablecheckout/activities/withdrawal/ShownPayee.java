package dev.durablecheckout.activities.withdrawal;

import dev.durablecheckout.workflows.withdrawal.Payee;

/** What people may see of a payee: enough for the buyer to know it, too little for a stranger. */
final class ShownPayee {
  private static final int KEPT = 3;
  private static final int LEAST_HIDDEN = 4;

  private ShownPayee() {}

  /** Both ends of the account with the middle hidden; of a short one, only its beginning. */
  static String of(Payee payee) {
    String account = payee.account();
    int kept = account.length() >= 2 * KEPT + LEAST_HIDDEN ? KEPT : 1;
    String end = kept == KEPT ? account.substring(account.length() - KEPT) : "";
    return account.substring(0, kept) + "***" + end;
  }
}
