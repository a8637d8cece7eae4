package dev.durablecheckout.sandbox.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.sandbox.gateway.RefusedException;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayBuyer;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayGateway;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatBuyer;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayGateway;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import java.util.Map;
import java.util.Set;

/** A shop's backend and its buyer, who play a checkout from its beginning to its end. */
public final class Shopper {
  /** Where a buyer begins to pay. */
  public enum Start {
    ALIPAY,
    WECHAT_PAY;

    /** As the API says it. */
    String channel() {
      return this == ALIPAY ? "alipay" : "wechat_pay";
    }

    private Map<String, String> qr() {
      return Map.of("channel", channel(), "method", "qr");
    }

    private Start other() {
      return this == ALIPAY ? WECHAT_PAY : ALIPAY;
    }
  }

  private static final int CONFLICT = 409;
  private static final long RACE_PERCENT = 60;

  private final CheckoutApi api;
  private final AlipayBuyer alipay;
  private final WechatBuyer wechat;
  private final WalletOwner walletOwner;
  private final TopUp topUp;

  /** Fills a buyer's wallet. */
  @FunctionalInterface
  public interface TopUp {
    void topUp(String buyerId, long amountFen);
  }

  public Shopper(CheckoutApi api, AlipayGateway alipay, WechatPayGateway wechat, TopUp topUp) {
    this.api = api;
    this.alipay = alipay.buyer();
    this.wechat = wechat.buyer();
    this.walletOwner = new WalletOwner(api, alipay, wechat);
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
    long walletFen = 0;
    switch (plan) {
      case PAY -> pay(start, checkout);
      case PAY_AND_COME_BACK -> {
        pay(start, checkout);
        JsonNode unused =
            Backend.insist(() -> api.post("/v1/checkouts/" + id + "/confirm", Map.of()));
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
        long fen = tooMuchForTwo(amountFen);
        int unused = Backend.race(number -> askForRefund(id, orderNo + "R" + number, fen));
        keptFen -= fen;
      }
      case REFUND_TO_WALLET -> {
        awaitStatus(id, Plan.Ending.PAID);
        walletFen = refund(id, orderNo + "R", amountFen);
        keptFen -= walletFen;
      }
      case WITHDRAW, WITHDRAW_RACE, WITHDRAW_IN_VAIN -> {
        payAndWait(start, checkout);
        walletFen = amountFen - withdraw(plan, start, orderNo, amountFen);
        keptFen = walletFen;
      }
    }
    return new Played(id, plan, amountFen, keptFen, walletFen);
  }

  /** What is paid out of the wallet of whoever has placed the order. */
  private long withdraw(Plan plan, Start by, String orderNo, long amountFen)
      throws InterruptedException {
    String withdrawalNo = orderNo + "W";
    if (plan == Plan.WITHDRAW_IN_VAIN) {
      walletOwner.withdrawInVain(by, orderNo, withdrawalNo, amountFen);
      return 0;
    }
    return plan == Plan.WITHDRAW
        ? walletOwner.withdraw(by, orderNo, withdrawalNo, amountFen)
        : walletOwner.race(by, orderNo, withdrawalNo, tooMuchForTwo(amountFen));
  }

  private static long tooMuchForTwo(long amountFen) {
    return (amountFen * RACE_PERCENT + 99) / 100;
  }

  /** Until there is something to pay with, or nothing is left to pay. */
  private JsonNode open(Plan plan, Start start, String orderNo, long amountFen)
      throws InterruptedException {
    Map<String, String> choice =
        plan.isByWallet() ? Map.of("channel", "wallet", "method", "balance") : start.qr();
    return Backend.until(
        body ->
            body.at("/payment/credential/content").isTextual()
                || Set.of("closed", "paid").contains(body.path("status").asText()),
        () ->
            plan.isWithdrawal()
                ? api.topUp(orderNo, amountFen, orderNo, choice)
                : api.open(orderNo, amountFen, "book", plan.expiresInSeconds(), orderNo, choice));
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
    JsonNode second =
        Backend.until(
            body -> body.at("/payment/credential/content").isTextual(),
            () -> api.post(path, start.other().qr()));
    pay(start.other(), second);
    payIfTheCodeStillWorks(start, checkout);
  }

  private void cancel(String id) throws InterruptedException {
    CheckoutApi.Answer answer =
        Backend.definite(() -> api.post("/v1/checkouts/" + id + "/cancel", Map.of()));
    // 202: under way, or not known; 409: closed by its deadline, or by the same request, whose
    // answer was lost.
    if (answer.status() >= Backend.REFUSED && answer.status() != CONFLICT) {
      throw new IllegalStateException("a cancel was answered " + answer);
    }
    awaitStatus(id, Plan.Ending.CLOSED);
  }

  private void awaitStatus(String id, Plan.Ending ending) throws InterruptedException {
    JsonNode unused =
        Backend.until(
            body -> body.path("status").asText().equals(ending.status()),
            () -> api.get("/v1/checkouts/" + id));
  }

  /** Asks for a refund that has to be accepted; returns what goes back. */
  private long refund(String id, String refundNo, long fen) throws InterruptedException {
    CheckoutApi.Answer answer = askForRefund(id, refundNo, fen);
    if (answer.status() >= Backend.REFUSED) {
      throw new IllegalStateException("a refund was answered " + answer);
    }
    return fen;
  }

  private CheckoutApi.Answer askForRefund(String id, String refundNo, long fen)
      throws InterruptedException {
    Map<String, Object> refund =
        Map.of(
            "checkout_id", id,
            "refund_no", refundNo,
            "amount_fen", fen,
            "reason", "changed my mind");
    return Backend.decided(() -> api.post("/v1/refunds", refund));
  }

  private static String outTradeNo(JsonNode checkout) {
    return checkout.at("/payment/out_trade_no").asText();
  }
}
