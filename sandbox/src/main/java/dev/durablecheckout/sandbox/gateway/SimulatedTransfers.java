package dev.durablecheckout.sandbox.gateway;

import java.util.List;
import java.util.Map;

/** Money that goes out of a simulated channel, as those see it who run the sandbox. */
public interface SimulatedTransfers {
  /** The money of each payout: to be compared with a merchant's books. */
  List<?> books();

  /** What each merchant's account holds. */
  Map<String, Long> balances();

  /** Makes an account's balance this, as of now; never below zero. */
  void balanceFen(String account, long fen);

  /** How much an account may pay out in a day. */
  void dayLimitFen(long fen);

  /**
   * Whether new payouts are under way until they are ended here.
   *
   * @throws IllegalArgumentException if that is not so at this channel
   */
  void slow(boolean slow);

  /**
   * Decides what becomes of a payout.
   *
   * @param transfer the merchant's number of it, or the channel's
   * @param errorCode where it fails; empty for a usual one
   * @throws IllegalArgumentException if that does not happen at this channel, or not now
   * @throws RefusedException if the channel says no
   */
  void act(String transfer, Action action, String errorCode);

  /** What may become of a payout. */
  enum Action {
    /** The buyer takes the money. */
    CONFIRM,
    /** One that is under way is made. */
    SUCCEED,
    /** One that is under way is not made, for ever. */
    FAIL,
    /** One that was made comes back from the payee's bank. */
    BOUNCE,
    /** The merchant is told once more how it stands. */
    TELL_AGAIN
  }
}
