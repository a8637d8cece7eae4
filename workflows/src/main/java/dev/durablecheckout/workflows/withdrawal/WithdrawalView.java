package dev.durablecheckout.workflows.withdrawal;

import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A withdrawal as its workflow sees it: the answer to updates and queries.
 *
 * @param requestId that of the request which opened it
 * @param fingerprint that of the request which opened it
 * @param confirmation what the buyer confirms it with, as long as that is to be done
 * @param stopped why the channel pays nothing out now; absent unless it is so
 * @param refusal why it failed, or came back
 */
public record WithdrawalView(
    WithdrawalNo no,
    MerchantOrderNo merchantNo,
    String requestId,
    String fingerprint,
    String buyerId,
    Channel channel,
    Money amount,
    WithdrawalStatus status,
    @Nullable WithdrawalAttention attention,
    @Nullable PayoutConfirmation confirmation,
    @Nullable Refusal stopped,
    @Nullable Refusal refusal,
    @Nullable Instant paidAt,
    @Nullable Instant returnedAt) {}
