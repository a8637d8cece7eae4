package dev.durablecheckout.workflows.reconciliation;

import dev.durablecheckout.workflows.payment.OutTradeNo;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/**
 * The steps of a day's reconciliation, on a task queue of their own: a bill of a million lines must
 * not hold up a payment. Each may run again at any time, and leaves the same behind.
 */
@ActivityInterface
public interface ReconciliationActivities {
  /**
   * Downloads the bill and puts its lines beside the books, in place of those of an earlier
   * download, all or none. Heartbeats. Fails, to be retried, with {@code BILL_DAMAGED} or {@code
   * CHANNEL_OUTCOME_UNKNOWN}: then what was there before is there still.
   */
  @ActivityMethod
  StagedBill stageBill(BillDay day);

  /**
   * Compares the staged bill with the books, writes the differences down, and takes back those that
   * are none any more, of this day and of the late pool. Posts the day's fees and vouchers, the
   * first time. All in one transaction; heartbeats.
   */
  @ActivityMethod
  DayView match(BillDay day);

  /**
   * Payments of which the bill knows, and of which the books have the pay order and not the money:
   * those that are still so now.
   *
   * @param limit at most so many
   */
  @ActivityMethod
  List<OutTradeNo> lostPayments(BillDay day, int limit);

  /** Writes down what the channel said of a payment that the bill has and it does not confirm. */
  @ActivityMethod
  void noteUnconfirmed(BillDay day, OutTradeNo outTradeNo, String said);

  /**
   * Closes a difference of this day by a person's word. Does nothing to one that is over.
   *
   * <p>Fails for good with {@code NO_SUCH_ITEM}.
   */
  @ActivityMethod
  DayView explain(BillDay day, Explanation explanation);
}
