package dev.durablecheckout.sandbox.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.sandbox.gateway.RefusedException;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayBuyer;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatBuyer;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * A shop's backend and its buyer, who know that processes die and networks fail: what got no
 * definite answer is asked again, word for word.
 */
public final class Shopper {
  /** Where a buyer begins to pay. */
  public enum Start {
    ALIPAY,
    WECHAT_PAY;

    private Map<String, String> qr() {
      return Map.of("channel", this == ALIPAY ? "alipay" : "wechat_pay", "method", "qr");
    }

    private Start other() {
      return this == ALIPAY ? WECHAT_PAY : ALIPAY;
    }
  }

  private static final int SERVER_ERROR = 500;
  private static final int UNDER_WAY = 202;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final long PAUSE_MILLIS = 200;
  private static final int RACERS = 4;
  private static final long RACE_PERCENT = 60;

  private final CheckoutApi api;
  private final AlipayBuyer alipay;
  private final WechatBuyer wechat;
  private final TopUp topUp;

  /** Fills a buyer's wallet. */
  @FunctionalInterface
  public interface TopUp {
    void topUp(String buyerId, long amountFen);
  }

  public Shopper(CheckoutApi api, AlipayBuyer alipay, WechatBuyer wechat, TopUp topUp) {
    this.api = api;
    this.alipay = alipay;
    this.wechat = wechat;
    this.topUp = topUp;
  }

  /** Plays one checkout to where the buyer and the shop have done their part. */
  public Played play(Plan plan, Start start, String orderNo, long amountFen)
      throws InterruptedException {
    if (plan.isByWallet()) {
      topUp.topUp(orderNo, amountFen);
    }
    JsonNode checkout = open(plan, start, orderNo, amountFen);
    String id = checkout.get("checkout_id").asText();
    long keptFen = plan.ending() == Plan.Ending.PAID ? amountFen : 0;
    switch (plan) {
      case PAY -> pay(start, checkout);
      case PAY_AND_COME_BACK -> {
        pay(start, checkout);
        insist(() -> api.post("/v1/checkouts/" + id + "/confirm", Map.of()));
      }
      case PAY_TWICE -> payTwice(start, checkout);
      case LEAVE, PAY_FROM_WALLET -> {}
      case CANCEL -> cancel(id);
      case PAY_AFTER_CANCEL -> {
        cancel(id);
        payIfTheCodeStillWorks(start, checkout);
      }
      case PAY_LATE -> {
        awaitStatus(id, Plan.Ending.CLOSED);
        payIfTheCodeStillWorks(start, checkout);
      }
      case REFUND_WHOLE -> {
        payAndWait(start, checkout);
        keptFen -= refund(id, orderNo + "R", amountFen);
      }
      case REFUND_IN_PARTS -> {
        payAndWait(start, checkout);
        keptFen -= refund(id, orderNo + "R1", (amountFen + 2) / 3);
        keptFen -= refund(id, orderNo + "R2", amountFen / 3);
      }
      case REFUND_RACE -> {
        payAndWait(start, checkout);
        keptFen -= race(id, orderNo, (amountFen * RACE_PERCENT + 99) / 100);
      }
      case REFUND_TO_WALLET -> {
        awaitStatus(id, Plan.Ending.PAID);
        keptFen -= refund(id, orderNo + "R", amountFen);
      }
    }
    return new Played(id, plan, amountFen, keptFen);
  }

  /** Until there is something to pay with, or nothing is left to pay. */
  private JsonNode open(Plan plan, Start start, String orderNo, long amountFen)
      throws InterruptedException {
    Map<String, String> choice =
        plan.isByWallet() ? Map.of("channel", "wallet", "method", "balance") : start.qr();
    while (true) {
      JsonNode body =
          insist(
              () -> api.open(orderNo, amountFen, "book", plan.expiresInSeconds(), orderNo, choice));
      if (body.at("/payment/credential/content").isTextual()
          || Set.of("closed", "paid").contains(body.path("status").asText())) {
        return body;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private void pay(Start start, JsonNode checkout) {
    switch (start) {
      case ALIPAY -> {
        var unused = alipay.pay(outTradeNo(checkout));
      }
      case WECHAT_PAY -> {
        var unused = wechat.pay(outTradeNo(checkout));
      }
    }
  }

  private void payAndWait(Start start, JsonNode checkout) throws InterruptedException {
    pay(start, checkout);
    awaitStatus(checkout.get("checkout_id").asText(), Plan.Ending.PAID);
  }

  /** An Alipay code that nobody has scanned outlives its close; WeChat's does not. */
  private void payIfTheCodeStillWorks(Start start, JsonNode checkout) {
    try {
      pay(start, checkout);
    } catch (RefusedException e) {
      // No money moves.
    }
  }

  private void payTwice(Start start, JsonNode checkout) throws InterruptedException {
    String path = "/v1/checkouts/" + checkout.get("checkout_id").asText() + "/payments";
    JsonNode second = insist(() -> api.post(path, start.other().qr()));
    while (!second.at("/payment/credential/content").isTextual()) {
      Thread.sleep(PAUSE_MILLIS);
      second = insist(() -> api.post(path, start.other().qr()));
    }
    pay(start.other(), second);
    payIfTheCodeStillWorks(start, checkout);
  }

  private void cancel(String id) throws InterruptedException {
    CheckoutApi.Answer answer =
        definite(() -> api.post("/v1/checkouts/" + id + "/cancel", Map.of()));
    // 202: under way, or not known; 409: closed by its deadline, or by the same request, whose
    // answer was lost.
    if (answer.status() >= 300 && answer.status() != CONFLICT) {
      throw new IllegalStateException("a cancel was answered " + answer);
    }
    awaitStatus(id, Plan.Ending.CLOSED);
  }

  private void awaitStatus(String id, Plan.Ending ending) throws InterruptedException {
    while (!insist(() -> api.get("/v1/checkouts/" + id))
        .path("status")
        .asText()
        .equals(ending.status())) {
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** Asks for a refund that has to be accepted; returns what goes back. */
  private long refund(String id, String refundNo, long fen) throws InterruptedException {
    CheckoutApi.Answer answer = askForRefund(id, refundNo, fen);
    if (answer.status() >= 300) {
      throw new IllegalStateException("a refund was answered " + answer);
    }
    return fen;
  }

  /** Until it is accepted or refused: 202 is neither. */
  private CheckoutApi.Answer askForRefund(String id, String refundNo, long fen)
      throws InterruptedException {
    Map<String, Object> refund =
        Map.of(
            "checkout_id", id,
            "refund_no", refundNo,
            "amount_fen", fen,
            "reason", "changed my mind");
    CheckoutApi.Answer answer = definite(() -> api.post("/v1/refunds", refund));
    while (answer.status() == UNDER_WAY) {
      Thread.sleep(PAUSE_MILLIS);
      answer = definite(() -> api.post("/v1/refunds", refund));
    }
    return answer;
  }

  /** Several refunds at once, of which only one fits; returns what goes back. */
  private long race(String id, String orderNo, long fen) throws InterruptedException {
    List<Callable<CheckoutApi.Answer>> racers = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      String refundNo = orderNo + "R" + i;
      racers.add(() -> askForRefund(id, refundNo, fen));
    }
    ExecutorService atOnce = Executors.newFixedThreadPool(RACERS);
    int accepted = 0;
    try {
      for (Future<CheckoutApi.Answer> each : atOnce.invokeAll(racers)) {
        int status = each.get().status();
        if (status < 300) {
          accepted++;
        } else if (status != CONFLICT && status != UNPROCESSABLE) {
          throw new IllegalStateException("a refund was answered " + each.get());
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a refund failed", e);
    } finally {
      atOnce.shutdownNow();
    }
    if (accepted != 1) {
      throw new IllegalStateException(accepted + " refunds of 60 % were accepted of " + id);
    }
    return fen;
  }

  private static JsonNode insist(Supplier<CheckoutApi.Answer> request) throws InterruptedException {
    CheckoutApi.Answer answer = definite(request);
    if (answer.status() >= 300) {
      throw new IllegalStateException("refused: " + answer);
    }
    return answer.body();
  }

  /** Repeats a request until it gets a definite answer. */
  private static CheckoutApi.Answer definite(Supplier<CheckoutApi.Answer> request)
      throws InterruptedException {
    while (true) {
      try {
        CheckoutApi.Answer answer = request.get();
        if (answer.status() < SERVER_ERROR) {
          return answer;
        }
      } catch (UncheckedIOException e) {
        // The API is dead, or died while it answered: the same again.
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static String outTradeNo(JsonNode checkout) {
    return checkout.at("/payment/out_trade_no").asText();
  }
}
