package dev.durablecheckout.sandbox.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;

/**
 * {@code /control/...}: what the sandbox and its users may ask of the gateway and no merchant
 * could. JSON in, JSON out; what is posted must say that it is JSON, so that no web page can post
 * it.
 */
public final class ControlEndpoint {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .build();

  private final SimulatedChannel gateway;
  private final TransferControl transfers;

  public ControlEndpoint(SimulatedChannel gateway) {
    this.gateway = gateway;
    this.transfers = new TransferControl(gateway.transfers());
  }

  public Response handle(Request request) throws InterruptedException {
    try {
      return switch (request.method() + " " + request.path()) {
        case "GET /control/trades" -> json(gateway.trades());
        case "GET /control/books" -> json(gateway.books());
        case "GET /control/notifies" -> json(gateway.notifies());
        case "POST /control/notifies" -> forge(body(request));
        case "GET /control/faults" -> faults();
        case "POST /control/faults" -> {
          addFault(body(request));
          yield faults();
        }
        case "DELETE /control/faults" -> {
          gateway.faults().clear();
          yield faults();
        }
        case "GET /control/transfers" -> json(transfers.view());
        case "POST /control/transfers" -> {
          transfers.change(body(request));
          yield json(transfers.view());
        }
        case "GET /control/bills" -> json(gateway.bills().view());
        case "POST /control/bills" -> {
          tamper(body(request));
          yield json(gateway.bills().view());
        }
        case "DELETE /control/bills" -> {
          gateway.bills().clear();
          yield json(gateway.bills().view());
        }
        default -> Response.text(404, "no such control");
      };
    } catch (IllegalArgumentException | RefusedException e) {
      return Response.text(400, Strings.nullToEmpty(e.getMessage()));
    }
  }

  private Response faults() {
    return json(Map.of("rules", gateway.faults().rules(), "strikes", gateway.faults().strikes()));
  }

  /** {@code {fault, out_trade_no | next_trade, method, times, probability, delay_ms}}. */
  private void addFault(JsonNode body) {
    Fault fault = Fault.valueOf(body.path("fault").asText());
    boolean nextTrade = body.path("next_trade").asBoolean();
    boolean oneTrade = nextTrade || body.has("out_trade_no");
    FaultRule rule =
        new FaultRule(
            fault,
            body.has("out_trade_no") ? body.get("out_trade_no").asText() : null,
            body.has("method") ? body.get("method").asText() : null,
            body.path("times").asInt(oneTrade ? 1 : Integer.MAX_VALUE),
            body.path("probability").asDouble(1),
            Duration.ofMillis(body.path("delay_ms").asLong(FaultRule.DEFAULT_DELAY.toMillis())));
    if (nextTrade) {
      gateway.faults().addForNextTrade(rule);
    } else {
      gateway.faults().add(rule);
    }
  }

  /**
   * {@code {change, bill_date?, out_trade_no, amount_fen}}, {@code {trouble, times?}}, {@code
   * {ready_at_once}} or {@code {generated_lines, seed}}.
   */
  private void tamper(JsonNode body) {
    BillTampering bills = gateway.bills();
    if (body.has("change")) {
      bills.change(
          new BillTampering.Change(
              BillTampering.What.valueOf(body.get("change").asText()),
              body.has("bill_date") ? day(body.get("bill_date").asText()) : null,
              body.path("out_trade_no").asText(),
              body.path("amount_fen").asLong()));
    }
    if (body.has("trouble")) {
      bills.trouble(
          BillTampering.Trouble.valueOf(body.get("trouble").asText()), body.path("times").asInt(1));
    }
    if (body.has("ready_at_once")) {
      bills.readyAtOnce(body.get("ready_at_once").asBoolean());
    }
    if (body.has("generated_lines")) {
      bills.generate(body.get("generated_lines").asLong(), body.path("seed").asLong());
    }
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("bill_date must be a day", e);
    }
  }

  private Response forge(JsonNode body) throws InterruptedException {
    try {
      String answer =
          gateway.forgeNotify(
              body.path("out_trade_no").asText(), Fault.valueOf(body.path("fault").asText()));
      return json(ImmutableMap.of("answer", answer));
    } catch (IOException e) {
      return Response.text(502, e.toString());
    }
  }

  private static JsonNode body(Request request) {
    if (!request.header("content-type").orElse("").startsWith("application/json")) {
      throw new IllegalArgumentException("Content-Type must be application/json");
    }
    try {
      return JSON.readTree(request.text());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  private static Response json(Object value) {
    try {
      return Response.json(200, JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
