package dev.durablecheckout.workflows.serviceorder;

import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.Refusal;
import dev.durablecheckout.workflows.payment.TradeNo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A service order as its workflow sees it: the answer to updates and queries.
 *
 * @param requestId that of the request which opened it
 * @param fingerprint that of the request which opened it
 * @param credential what the buyer confirms it with, as long as that is to be done
 * @param refusal why WeChat did not take it
 */
public record ServiceOrderView(
    ServiceOrderId id,
    String requestId,
    String fingerprint,
    ServiceOrderStatus status,
    @Nullable Attention attention,
    RiskFund riskFund,
    @Nullable PayCredential credential,
    @Nullable Refusal refusal,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable ServiceBill bill,
    @Nullable Money paid,
    @Nullable TradeNo transactionId) {}
