package dev.durablecheckout.workflows.serviceorder;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.durablecheckout.workflows.money.Money;

/**
 * What WeChat vouches for.
 *
 * @param amount more than zero; what may be collected at most, unless the name says otherwise
 */
public record RiskFund(Name name, Money amount) {
  /** As WeChat calls it. */
  public enum Name {
    DEPOSIT,
    ADVANCE,
    CASH_DEPOSIT,
    /** An estimate: the cost may be higher, up to the limit of the merchant's service at WeChat. */
    ESTIMATE_ORDER_COST
  }

  /** Whether a bill of this total may be collected, as far as can be told without asking WeChat. */
  @JsonIgnore
  public boolean covers(Money total) {
    return name == Name.ESTIMATE_ORDER_COST || total.compareTo(amount) <= 0;
  }
}
