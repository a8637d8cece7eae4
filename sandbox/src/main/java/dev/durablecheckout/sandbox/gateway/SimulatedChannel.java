package dev.durablecheckout.sandbox.gateway;

import java.io.IOException;
import java.util.List;

/** A simulated channel, as those see it who run the sandbox. */
public interface SimulatedChannel {
  /** Which faults are to show. */
  FaultPlan faults();

  /** What is wrong with the bills. */
  BillTampering bills();

  /** Money that goes out, and what is decided about it. */
  SimulatedTransfers transfers();

  /** Every trade with its times and its notifies. */
  List<?> trades();

  /** The money of each trade that was ever asked for: to be compared with a merchant's books. */
  List<?> books();

  /** Every notify of this run, in the order they came about. */
  List<NotifyRecord> notifies();

  /**
   * Tells the merchant at once that a trade was paid, in a message with this fault, whatever the
   * truth; the trade does not change. Returns what the merchant says: status and body.
   */
  String forgeNotify(String outTradeNo, Fault fault) throws IOException, InterruptedException;
}
