package dev.durablecheckout.sandbox.contract.teabank;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.payment.OutTradeNo;
import dev.durablecheckout.workflows.payment.TradeNo;
import dev.durablecheckout.workflows.payment.TradeResult;
import dev.durablecheckout.workflows.payment.TradeState;
import java.time.Instant;

/** A payment as Tea Bank tells of it: the same in a query, a close and a notify. */
final class TeaBankPayment {
  private TeaBankPayment() {}

  /**
   * @throws IllegalArgumentException for anything that is not understood, a new state too: that is
   *     not an answer
   */
  static TradeResult trade(JsonNode payment) {
    TradeState state =
        switch (payment.path("state").asText()) {
          case "OPEN" -> TradeState.UNPAID;
          case "PAID" -> TradeState.PAID;
          case "CLOSED" -> TradeState.CLOSED;
          case "REFUNDED" -> TradeState.REFUNDED;
          default -> throw new IllegalArgumentException("unknown state");
        };
    JsonNode amount = payment.path("amount_fen");
    checkArgument(amount.isIntegralNumber(), "no amount_fen");
    boolean hasMoney = payment.has("bank_number");
    checkArgument(hasMoney || state != TradeState.PAID, "paid, without bank_number");
    return new TradeResult(
        OutTradeNo.of(payment.path("number").asText()),
        state,
        hasMoney ? TradeNo.of(payment.path("bank_number").asText()) : null,
        Money.ofFen(amount.longValue()),
        hasMoney ? Instant.ofEpochSecond(payment.path("paid_at").longValue()) : null);
  }
}
