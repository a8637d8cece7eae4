package dev.durablecheckout.sandbox.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.durablecheckout.sandbox.gateway.Fault;
import dev.durablecheckout.sandbox.gateway.FaultPlan;
import dev.durablecheckout.sandbox.gateway.FaultRule;
import dev.durablecheckout.sandbox.gateway.NotifyRecord;
import dev.durablecheckout.sandbox.gateway.NotifySender;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import dev.durablecheckout.sandbox.http.SandboxServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The bank of the example in docs/adding-a-channel.md: small, and as strict as a real one with
 * signatures. It pays each payment once, and each refund number once.
 */
final class TeaBankGateway implements AutoCloseable {
  static final KeyPair BANK = generate();
  static final KeyPair MERCHANT = generate();
  static final String ACCOUNT = "TEA-1";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A payment, as the bank keeps it. */
  private static final class Payment {
    private final JsonNode facts;
    private String state = "OPEN";
    private long paidAt;
    private final Map<String, ObjectNode> refunds = new LinkedHashMap<>();

    Payment(JsonNode facts) {
      this.facts = facts;
    }

    long paidFen() {
      return paidAt == 0 ? 0 : facts.path("amount_fen").longValue();
    }

    long refundedFen() {
      return refunds.values().stream().mapToLong(each -> each.path("amount_fen").longValue()).sum();
    }
  }

  /** The bank says no. */
  private static final class No extends RuntimeException {
    private static final long serialVersionUID = 1;

    No(String error) {
      super(error);
    }
  }

  private final Map<String, Payment> payments = new LinkedHashMap<>();
  private final FaultPlan faults = new FaultPlan(new Random(1));
  private final NotifySender sender;
  private final Clock clock;
  private final SandboxServer server;

  TeaBankGateway(Clock clock) throws IOException {
    this.clock = clock;
    sender =
        new NotifySender(
            "tea-bank",
            faults,
            List.of(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1)),
            answer -> answer.statusCode() == 200 && answer.body().equals("OK"));
    server = SandboxServer.start("tea-bank", SandboxServer.loopback(0), this::handle);
  }

  private static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  URI url() {
    return server.uri("/");
  }

  FaultPlan faults() {
    return faults;
  }

  List<NotifyRecord> notifies() {
    return sender.records();
  }

  private Response handle(Request request) throws InterruptedException {
    String signed =
        request.header("tea-time").orElse("") + "\n" + request.target() + "\n" + request.text();
    String[] path = request.path().split("/");
    if (!verifies(signed, request.header("tea-signature").orElse(""))
        || !request.header("tea-account").equals(Optional.of(ACCOUNT))
        || path.length < 4) {
      return Response.text(401, "who are you");
    }
    Optional<FaultRule> rule = faults.strike(Fault.Kind.API, path[2], path[3]);
    Fault fault = rule.map(FaultRule::fault).orElse(null);
    if (fault == Fault.API_TIMEOUT_WITHOUT_EFFECT || fault == Fault.API_TIMEOUT_WITH_EFFECT) {
      if (fault == Fault.API_TIMEOUT_WITH_EFFECT) {
        perform(request, path);
      }
      Thread.sleep(rule.orElseThrow().delay().toMillis());
      return Response.none();
    }
    return fault == null ? signed(request, perform(request, path)) : faulty(request, path, fault);
  }

  private Response faulty(Request request, String[] path, Fault fault) {
    return switch (fault) {
      case API_SYSTEM_ERROR_WITHOUT_EFFECT -> signed(request, error("TROUBLE"));
      case API_SYSTEM_ERROR_WITH_EFFECT -> {
        perform(request, path);
        yield signed(request, error("TROUBLE"));
      }
      case API_HTML_502 -> Response.html(502, "<html>Bad Gateway</html>");
      case API_UNSIGNED_SUCCESS -> Response.json(200, perform(request, path).toString());
      case API_BAD_SIGNATURE ->
          signed(request, perform(request, path)).with(Map.of("tea-signature", "AAAA"));
      case QUERY_UNKNOWN_STATE -> signed(request, perform(request, path).put("state", "MAYBE"));
      case QUERY_WRONG_AMOUNT -> {
        ObjectNode payment = perform(request, path);
        yield signed(
            request, payment.put("amount_fen", payment.path("amount_fen").longValue() + 1));
      }
      case REFUND_NO_BALANCE -> signed(request, error("NO_BALANCE"));
      default -> throw new IllegalArgumentException(fault + " is not of this bank");
    };
  }

  private Response signed(Request request, ObjectNode content) {
    int status = content.has("error") ? 409 : 200;
    String signed =
        String.join(
            "\n",
            request.header("tea-time").orElse(""),
            request.target(),
            "" + status,
            content.toString());
    return Response.json(status, content.toString()).with(Map.of("tea-signature", sign(signed)));
  }

  private static ObjectNode error(String error) {
    return JSON.createObjectNode().put("error", error).put("message", "the bank says no");
  }

  private synchronized ObjectNode perform(Request request, String[] path) {
    try {
      JsonNode asked = JSON.readTree(request.text());
      Payment known = payments.get(path[2]);
      return switch (path[3]) {
        case "create" -> create(path[2], known, asked);
        case "query" -> told(path[2], existing(known));
        case "close" -> {
          Payment payment = existing(known);
          payment.state = payment.state.equals("OPEN") ? "CLOSED" : payment.state;
          yield told(path[2], payment);
        }
        case "refund" -> refund(existing(known), path[4], asked.path("amount_fen").longValue());
        default -> error("WHAT");
      };
    } catch (No no) {
      return error(no.getMessage());
    } catch (JsonProcessingException e) {
      return error("WHAT");
    }
  }

  private static Payment existing(@Nullable Payment payment) {
    if (payment == null) {
      throw new No("NOT_FOUND");
    }
    return payment;
  }

  private static void refuseIf(boolean wrong, String error) {
    if (wrong) {
      throw new No(error);
    }
  }

  private ObjectNode create(String number, @Nullable Payment known, JsonNode asked) {
    if (known != null) {
      refuseIf(known.paidAt != 0, "PAID");
      refuseIf(known.state.equals("CLOSED"), "CLOSED");
      refuseIf(!known.facts.equals(asked), "OTHER_FACTS");
    }
    refuseIf(isOver(asked), "ENDED");
    payments.putIfAbsent(number, new Payment(asked));
    return JSON.createObjectNode().put("page", server.uri("/pages/" + number).toString());
  }

  private boolean isOver(JsonNode facts) {
    return clock.instant().getEpochSecond() >= facts.path("ends_at").longValue();
  }

  private ObjectNode told(String number, Payment payment) {
    ObjectNode told =
        JSON.createObjectNode()
            .put("number", number)
            .put("account", ACCOUNT)
            .put("state", payment.state)
            .put("memo", payment.facts.path("memo").asText())
            .put("amount_fen", payment.facts.path("amount_fen").longValue());
    return payment.paidAt == 0
        ? told
        : told.put("bank_number", "TB-" + number).put("paid_at", payment.paidAt);
  }

  private ObjectNode refund(Payment payment, String number, long fen) {
    ObjectNode made = payment.refunds.get(number);
    if (made == null) {
      refuseIf(payment.paidAt == 0, "NOT_PAID");
      refuseIf(fen > payment.paidFen() - payment.refundedFen(), "TOO_MUCH");
      made =
          JSON.createObjectNode()
              .put("amount_fen", fen)
              .put("done_at", clock.instant().getEpochSecond());
      payment.refunds.put(number, made);
      payment.state = payment.refundedFen() == payment.paidFen() ? "REFUNDED" : "PAID";
    }
    refuseIf(made.path("amount_fen").longValue() != fen, "OTHER_FACTS");
    return made.deepCopy();
  }

  /** The buyer pays on the page; false if the bank does not let them. */
  synchronized boolean pay(String page) {
    String number = page.substring(page.lastIndexOf('/') + 1);
    Payment payment = existing(payments.get(number));
    if (!payment.state.equals("OPEN") || isOver(payment.facts)) {
      return false;
    }
    payLate(number);
    return true;
  }

  synchronized void payLate(String number) {
    Payment payment = existing(payments.get(number));
    payment.state = "PAID";
    payment.paidAt = clock.instant().getEpochSecond();
    notify(number, payment, null);
  }

  synchronized void forge(String number, Fault fault) throws IOException, InterruptedException {
    Payment lie = new Payment(existing(payments.get(number)).facts);
    lie.state = "PAID";
    lie.paidAt = clock.instant().getEpochSecond();
    String unused = sender.sendNow(post(number, lie, fault));
  }

  private void notify(String number, Payment payment, @Nullable Fault fault) {
    HttpRequest request = post(number, payment, fault);
    sender.send(
        "payment",
        new NotifySender.Message("N" + number, number, "PAID", request.uri(), true, f -> request));
  }

  private HttpRequest post(String number, Payment payment, @Nullable Fault fault) {
    ObjectNode notify = told(number, payment).put("notify_id", "N" + number);
    if (fault == Fault.NOTIFY_WRONG_AMOUNT) {
      notify.put("amount_fen", notify.path("amount_fen").longValue() + 1);
    } else if (fault == Fault.NOTIFY_WRONG_SELLER || fault == Fault.NOTIFY_WRONG_APP) {
      notify.put("account", "TEA-2");
    }
    String body = notify.toString();
    String signed = fault == Fault.NOTIFY_BAD_SIGNATURE ? body + " " : body;
    return HttpRequest.newBuilder(URI.create(payment.facts.path("notify_url").asText()))
        .header("tea-signature", sign(signed))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  synchronized boolean knows(String number) {
    return payments.containsKey(number);
  }

  synchronized long paidFen(String number) {
    return knows(number) ? payments.get(number).paidFen() : 0;
  }

  synchronized long refundedFen(String number) {
    return knows(number) ? payments.get(number).refundedFen() : 0;
  }

  private static String sign(String text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(BANK.getPrivate());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean verifies(String text, String sign) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(MERCHANT.getPublic());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.verify(Base64.getDecoder().decode(sign));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    sender.close();
  }
}
