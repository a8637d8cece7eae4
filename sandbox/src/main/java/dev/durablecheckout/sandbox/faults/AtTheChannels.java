package dev.durablecheckout.sandbox.faults;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.sandbox.gateway.alipay.TradeBook;
import dev.durablecheckout.sandbox.gateway.alipay.TransferBook;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatBook;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatTransferBook;
import dev.durablecheckout.sandbox.stack.Stack;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * What both channels hold for each checkout, by their own books: what was paid and not refunded,
 * less what was paid out of the wallet that the checkout has filled.
 *
 * @param findings numbers that a channel knows and our books do not
 */
record AtTheChannels(ImmutableMap<String, Long> held, ImmutableList<String> findings) {
  private static final String PAYMENTS = "select out_trade_no, checkout_id from pay_orders";

  /** Nobody who withdraws has more than one checkout: the wallet is that checkout's. */
  private static final String WITHDRAWALS =
      """
      select w.withdrawal_no, c.checkout_id from withdrawals w join checkouts c using (merchant, buyer_id)
      """;

  static AtTheChannels of(Stack stack) {
    Jdbi jdbi = stack.database().jdbi();
    Count count = new Count(numbers(jdbi, PAYMENTS), numbers(jdbi, WITHDRAWALS));
    for (TradeBook trade : stack.alipay().books()) {
      count.payment(trade.outTradeNo(), trade.paidFen() - trade.refundedFen());
    }
    for (WechatBook trade : stack.wechatPay().books()) {
      count.payment(trade.outTradeNo(), trade.paidFen() - trade.refundedFen());
    }
    for (TransferBook transfer : stack.alipay().transfers().books()) {
      count.payout(transfer.outBizNo(), transfer.goneFen());
    }
    for (WechatTransferBook transfer : stack.wechatPay().transfers().books()) {
      count.payout(transfer.outBillNo(), transfer.goneFen());
    }
    return new AtTheChannels(ImmutableMap.copyOf(count.held), count.findings.build());
  }

  long heldFor(String checkoutId) {
    return held.getOrDefault(checkoutId, 0L);
  }

  long total() {
    return held.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Checkouts by the numbers under which the channels know of them. */
  private static Map<String, String> numbers(Jdbi jdbi, String sql) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(sql)
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static final class Count {
    private final Map<String, String> checkoutOfPayment;
    private final Map<String, String> checkoutOfPayout;
    private final Map<String, Long> held = new HashMap<>();
    private final ImmutableList.Builder<String> findings = ImmutableList.builder();

    Count(Map<String, String> checkoutOfPayment, Map<String, String> checkoutOfPayout) {
      this.checkoutOfPayment = checkoutOfPayment;
      this.checkoutOfPayout = checkoutOfPayout;
    }

    void payment(String outTradeNo, long fen) {
      add(checkoutOfPayment, outTradeNo, fen);
    }

    void payout(String payoutNo, long fen) {
      add(checkoutOfPayout, payoutNo, -fen);
    }

    private void add(Map<String, String> checkoutOf, String number, long fen) {
      String checkout = checkoutOf.get(number);
      if (checkout == null) {
        findings.add("a channel knows " + number + ", the books do not");
      } else {
        long unused = held.merge(checkout, fen, Long::sum);
      }
    }
  }
}
