package dev.durablecheckout.activities.withdrawal;

import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRecord;
import java.time.Instant;

/**
 * A withdrawal, as its row has it.
 *
 * @param payeeShown what people may see of the payee
 */
public record WithdrawalRow(
    WithdrawalRecord withdrawal,
    MerchantId merchant,
    MerchantOrderNo merchantNo,
    String buyerId,
    String requestId,
    String fingerprint,
    Channel channel,
    Money amount,
    String payeeShown,
    Instant createdAt) {
  /** Our number of it. */
  public WithdrawalNo no() {
    return withdrawal.no();
  }
}
