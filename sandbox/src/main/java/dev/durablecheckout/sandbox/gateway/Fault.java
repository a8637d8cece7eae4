package dev.durablecheckout.sandbox.gateway;

import com.google.common.collect.ImmutableSet;

/** What a channel, the network in between, or somebody who pretends to be the channel can do. */
public enum Fault {
  /** The notify is never sent, not even again. */
  NOTIFY_DROP(Kind.NOTIFY),
  /** The first sending waits for the rule's delay. */
  NOTIFY_DELAY(Kind.NOTIFY),
  /** Each sending is made twice at the same moment. */
  NOTIFY_DUPLICATE(Kind.NOTIFY),
  /**
   * The payment's notify is held back until the next notify of the same trade has been sent; if
   * there is none, it is never sent.
   */
  NOTIFY_REORDER(Kind.NOTIFY),
  /** The first sending carries a signature that does not verify. */
  NOTIFY_BAD_SIGNATURE(Kind.NOTIFY),
  /** The first sending is well signed, with one fen too much. */
  NOTIFY_WRONG_AMOUNT(Kind.NOTIFY),
  /** The first sending is well signed, for another seller. */
  NOTIFY_WRONG_SELLER(Kind.NOTIFY),
  /** The first sending is well signed, for another application. */
  NOTIFY_WRONG_APP(Kind.NOTIFY),
  /** WeChat Pay's: a probe with a signature of nobody comes before the first sending. */
  NOTIFY_PROBE(Kind.NOTIFY),

  /** Nothing is done; the connection is closed, without an answer, after the rule's delay. */
  API_TIMEOUT_WITHOUT_EFFECT(Kind.API),
  /**
   * The call is carried out, its answer is lost; the connection is closed after the rule's delay.
   */
  API_TIMEOUT_WITH_EFFECT(Kind.API),
  /** Code 20000 or SYSTEM_ERROR, nothing is done. */
  API_SYSTEM_ERROR_WITHOUT_EFFECT(Kind.API),
  /** Code 20000 or SYSTEM_ERROR, yet the call is carried out. */
  API_SYSTEM_ERROR_WITH_EFFECT(Kind.API),
  /** A proxy's error page; nothing is done. */
  API_HTML_502(Kind.API),
  /** The call is carried out, its answer carries no signature. */
  API_UNSIGNED_SUCCESS(Kind.API),
  /** The call is carried out, its answer carries a signature that does not verify. */
  API_BAD_SIGNATURE(Kind.API),
  /** A query answers with a state that nobody has heard of. */
  QUERY_UNKNOWN_STATE(
      Kind.API, "alipay.trade.query", "query", "alipay.fund.trans.common.query", "transfer_query"),
  /** A query answers with one fen too much. */
  QUERY_WRONG_AMOUNT(
      Kind.API, "alipay.trade.query", "query", "alipay.fund.trans.common.query", "transfer_query"),
  /** A refund is definitely refused, because the seller's account is empty. */
  REFUND_NO_BALANCE(Kind.API, "alipay.trade.refund", "refund"),
  /** WeChat Pay's: a refund is accepted, and the buyer's bank does not take it. */
  REFUND_ABNORMAL(Kind.API, "refund"),
  /** WeChat Pay's: a refund is accepted and given up later. */
  REFUND_CLOSED(Kind.API, "refund");

  /** Where a fault shows. */
  public enum Kind {
    NOTIFY,
    API
  }

  private final Kind kind;
  private final ImmutableSet<String> onlyCalls;

  Fault(Kind kind, String... onlyCalls) {
    this.kind = kind;
    this.onlyCalls = ImmutableSet.copyOf(onlyCalls);
  }

  public Kind kind() {
    return kind;
  }

  boolean canHit(String call) {
    return onlyCalls.isEmpty() || onlyCalls.contains(call);
  }
}
