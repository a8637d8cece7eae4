package dev.durablecheckout.sandbox.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.sandbox.gateway.SimulatedTransfers.Action;
import java.util.Locale;
import java.util.Map;

/** {@code /control/transfers}: payouts, and what becomes of them. */
final class TransferControl {
  private final SimulatedTransfers transfers;

  TransferControl(SimulatedTransfers transfers) {
    this.transfers = transfers;
  }

  Map<String, Object> view() {
    return ImmutableMap.of("balances", transfers.balances(), "transfers", transfers.books());
  }

  /**
   * {@code {transfer, action, error_code?}}, {@code {balance_fen, account?}}, {@code
   * {day_limit_fen}} or {@code {slow}}.
   */
  void change(JsonNode body) {
    if (body.has("action")) {
      transfers.act(
          body.path("transfer").asText(),
          Action.valueOf(body.get("action").asText().toUpperCase(Locale.ROOT)),
          body.path("error_code").asText());
    }
    if (body.has("balance_fen")) {
      long fen = fen(body, "balance_fen");
      transfers.balances().keySet().stream()
          .filter(account -> !body.has("account") || account.equals(body.get("account").asText()))
          .forEach(account -> transfers.balanceFen(account, fen));
    }
    if (body.has("slow")) {
      transfers.slow(body.get("slow").asBoolean());
    }
    if (body.has("day_limit_fen")) {
      transfers.dayLimitFen(fen(body, "day_limit_fen"));
    }
  }

  private static long fen(JsonNode body, String name) {
    JsonNode fen = body.get(name);
    if (!fen.canConvertToLong() || !fen.isIntegralNumber() || fen.asLong() < 0) {
      throw new IllegalArgumentException(name + " is a whole number of fen, 0 or more");
    }
    return fen.asLong();
  }
}
