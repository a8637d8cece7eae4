package dev.durablecheckout.activities.channel;

import dev.durablecheckout.activities.bill.BillAnswer;
import dev.durablecheckout.activities.bill.BillSink;
import dev.durablecheckout.activities.bill.DamagedBillException;
import java.time.LocalDate;

/** The bills of one merchant's account at one channel. */
public interface BillChannel {
  /**
   * Streams the bill of one day to the sink, line by line, and in the end compares it with its
   * digest and its totals. However long the bill, no more than a buffer of it is held. May be
   * called again at any time; moves no money.
   *
   * @param billDate a day in Asia/Shanghai
   * @throws DamagedBillException if it is not sound; the sink has had some or all lines by then,
   *     and none of them counts
   * @throws ChannelOutcomeUnknownException if there was no usable answer, or it broke off; lines
   *     that the sink has had do not count either
   */
  BillAnswer download(LocalDate billDate, BillSink sink)
      throws ChannelOutcomeUnknownException, DamagedBillException;
}
