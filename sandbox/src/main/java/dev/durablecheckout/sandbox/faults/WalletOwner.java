package dev.durablecheckout.sandbox.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayGateway;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayGateway;
import dev.durablecheckout.sandbox.shop.CheckoutApi;
import dev.durablecheckout.sandbox.stack.WechatShop;
import java.util.Map;

/** A buyer who takes money out of the wallet, and the shop's backend that asks for it. */
final class WalletOwner {
  private static final Map<String, String> ALIPAY_USER =
      Map.of("kind", "alipay_user_id", "account", "2088102146225135");
  private static final int CONFLICT = 409;
  private static final long PAUSE_MILLIS = 200;
  private static final int ASKED_BEFORE_TOLD_AGAIN = 25;

  private final CheckoutApi api;
  private final AlipayGateway alipay;
  private final WechatPayGateway wechat;

  WalletOwner(CheckoutApi api, AlipayGateway alipay, WechatPayGateway wechat) {
    this.api = api;
    this.alipay = alipay;
    this.wechat = wechat;
  }

  /** Takes money out; returns what was paid out. */
  long withdraw(Shopper.Start by, String buyerId, String withdrawalNo, long fen)
      throws InterruptedException {
    accepted(ask(by, buyerId, withdrawalNo, fen));
    confirm(by, withdrawalNo);
    awaitStatus(withdrawalNo, "succeeded");
    return fen;
  }

  /** Several withdrawals at once, of which only one fits; returns what was paid out. */
  long race(Shopper.Start by, String buyerId, String withdrawalNo, long fen)
      throws InterruptedException {
    int winner = Backend.race(number -> ask(by, buyerId, withdrawalNo + number, fen));
    return withdraw(by, buyerId, withdrawalNo + winner, fen);
  }

  /**
   * Asks for money that comes back: from Alipay because a bank returns it; from WeChat Pay because
   * the shop takes it back before the buyer confirms.
   */
  void withdrawInVain(Shopper.Start by, String buyerId, String withdrawalNo, long fen)
      throws InterruptedException {
    accepted(ask(by, buyerId, withdrawalNo, fen));
    switch (by) {
      case ALIPAY ->
          comeBack(awaitStatus(withdrawalNo, "succeeded").get("payout_no").asText(), withdrawalNo);
      case WECHAT_PAY -> {
        JsonNode unused = awaitStatus(withdrawalNo, "awaiting_buyer");
        takeBack(withdrawalNo);
      }
    }
  }

  /**
   * The weather may swallow the message. The withdrawal itself would find out within a day, but
   * nobody here waits for so long.
   */
  private void comeBack(String payoutNo, String withdrawalNo) throws InterruptedException {
    alipay.transfers().bounce(payoutNo);
    int asked = 0;
    while (!status(withdrawalNo).equals("returned")) {
      Thread.sleep(PAUSE_MILLIS);
      if (++asked % ASKED_BEFORE_TOLD_AGAIN == 0) {
        alipay.transfers().tellAgain(payoutNo);
      }
    }
  }

  private String status(String withdrawalNo) throws InterruptedException {
    return Backend.insist(() -> api.get("/v1/withdrawals/" + withdrawalNo)).path("status").asText();
  }

  private void takeBack(String withdrawalNo) throws InterruptedException {
    CheckoutApi.Answer answer =
        Backend.decided(
            () ->
                api.post(
                    "/v1/withdrawals/" + withdrawalNo + "/cancel",
                    Map.of("reason", "changed my mind")));
    // 409: being taken back by the same request, whose answer was lost.
    if (answer.status() >= Backend.REFUSED && answer.status() != CONFLICT) {
      throw new IllegalStateException("a taking back was answered " + answer);
    }
    JsonNode unused = awaitStatus(withdrawalNo, "failed");
  }

  private CheckoutApi.Answer ask(Shopper.Start by, String buyerId, String withdrawalNo, long fen)
      throws InterruptedException {
    Map<String, String> payee =
        switch (by) {
          case ALIPAY -> ALIPAY_USER;
          case WECHAT_PAY ->
              Map.of(
                  "kind",
                  "wechat_openid",
                  "account",
                  wechat.buyer().openid(WechatShop.MINI_PROGRAM));
        };
    return Backend.decided(() -> api.withdraw(withdrawalNo, fen, buyerId, by.channel(), payee));
  }

  private static void accepted(CheckoutApi.Answer answer) {
    if (answer.status() >= Backend.REFUSED) {
      throw new IllegalStateException("a withdrawal was answered " + answer);
    }
  }

  /** Where the channel wants it, as the page does that {@code wx.requestMerchantTransfer} opens. */
  private void confirm(Shopper.Start by, String withdrawalNo) throws InterruptedException {
    if (by == Shopper.Start.WECHAT_PAY) {
      JsonNode withdrawal =
          Backend.until(
              body -> body.at("/confirmation/package_info").isTextual(),
              () -> api.get("/v1/withdrawals/" + withdrawalNo));
      wechat.transfers().confirm(withdrawal.at("/confirmation/package_info").asText());
    }
  }

  private JsonNode awaitStatus(String withdrawalNo, String status) throws InterruptedException {
    return Backend.until(
        body -> body.path("status").asText().equals(status),
        () -> api.get("/v1/withdrawals/" + withdrawalNo));
  }
}
