package dev.durablecheckout.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durablecheckout.api.openapi.DescribedAnswer.Scenario;
import dev.durablecheckout.api.reconciliation.PlayedDays;
import dev.durablecheckout.api.scene.ApiSettings;
import dev.durablecheckout.api.scene.Bodies;
import dev.durablecheckout.api.scene.Http;
import dev.durablecheckout.api.scene.Http.Answer;
import dev.durablecheckout.api.scene.Scene;
import dev.durablecheckout.api.scene.ScriptedPayScore;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How to get each answer that the description names. */
final class DescribedAnswers {
  private static final String DAY = "alipay/2029-03-04";
  private static final String JSON = "application/json";
  private static final String PAGE = "{\"channel\":\"alipay\",\"method\":\"page\"}";
  private static final String TOO_LARGE = " ".repeat(64 * 1024 + 1);
  private static final String[] AS_JSON = {"Content-Type", JSON};

  private final List<DescribedAnswer> all = new ArrayList<>();

  private DescribedAnswers() {}

  static List<DescribedAnswer> all() {
    DescribedAnswers answers = new DescribedAnswers();
    answers.opening();
    answers.reading("getCheckout");
    answers.reading("getTimeline");
    answers.acting("pay", PAGE);
    answers.acting("confirm", "");
    answers.acting("cancel", "");
    answers.refunding();
    answers.reading("listRefunds");
    answers.readingRefunds();
    answers.readingWallets();
    answers.readingLedgers("getTrialBalance", "?at=2026-11-24");
    answers.readingLedgers("listLedgerAccounts", "?limit=2");
    answers.readingLedgers("getStatement", "?account=SALES&limit=2");
    answers.readingReconciliations();
    answers.notifying();
    answers.openingServiceOrders();
    answers.readingServiceOrders("getServiceOrder");
    answers.readingServiceOrders("getServiceOrderTimeline");
    String fees = "\"fees\":[{\"name\":\"Umbrella\",\"amount_fen\":900}]";
    answers.commanding("completeServiceOrder", "{" + fees + "}", Stage.IN_SERVICE);
    answers.commanding("modifyServiceOrder", "{\"reason\":\"x\"," + fees + "}", Stage.BILLED);
    answers.commanding("cancelServiceOrder", "{\"reason\":\"x\"}", Stage.IN_SERVICE);
    answers.commanding("syncServiceOrder", "{\"paid_at\":\"2026-11-24T12:30:00Z\"}", Stage.BILLED);
    answers.openingWithdrawals();
    answers.readingWithdrawals();
    answers.cancellingWithdrawals();
    return answers.all;
  }

  private void add(String operation, String status, Scenario scenario) {
    all.add(new DescribedAnswer(operation, status, scenario));
  }

  private static String good() {
    return Bodies.checkout(Bodies.orderNo()).toString();
  }

  private static Answer opened(Scene scene) {
    return scene.http().post("/v1/checkouts", good());
  }

  private static String id(Scene scene) {
    return opened(scene).at("/checkout_id");
  }

  /** Of a checkout whose workflow has ended. */
  private static String endedId(Scene scene) throws Exception {
    Answer opened = opened(scene);
    String id = opened.at("/checkout_id");
    scene.channel().pay(opened.at("/payment/out_trade_no"));
    scene.http().act("/v1/checkouts/" + id + "/confirm");
    scene.awaitEnd(id);
    return id;
  }

  private void opening() {
    String open = "openCheckout";
    add(open, "201", (scene, route) -> route.call(scene.http(), "", good(), AS_JSON));
    add(
        open,
        "200",
        (scene, route) -> {
          String body = good();
          route.call(scene.http(), "", body, AS_JSON);
          return route.call(scene.http(), "", body, AS_JSON);
        });
    add(
        open,
        "202",
        (scene, route) -> {
          scene.availability().temporalRefuses(true);
          return route.call(scene.http(), "", good(), AS_JSON);
        });
    add(
        open,
        "409",
        (scene, route) -> {
          String orderNo = Bodies.orderNo();
          route.call(scene.http(), "", Bodies.checkout(orderNo).toString(), AS_JSON);
          String other = Bodies.checkout(orderNo).put("buyer_id", "another").toString();
          return route.call(scene.http(), "", other, AS_JSON);
        });
    add(open, "401", (scene, route) -> route.call(scene.stranger(), "", good(), AS_JSON));
    add(open, "default", (scene, route) -> notAcceptable(scene, route, "", good()));
    bodies(open);
  }

  private void bodies(String operation) {
    add(operation, "400", (scene, route) -> route.call(scene.http(), "tea-house.x", "{}", AS_JSON));
    add(
        operation,
        "413",
        (scene, route) -> route.call(scene.http(), "tea-house.x", TOO_LARGE, AS_JSON));
    add(
        operation,
        "415",
        (scene, route) ->
            route.call(scene.http(), "tea-house.x", "a=1", "Content-Type", "text/plain"));
  }

  private static Answer notAcceptable(Scene scene, Route route, String id, String body) {
    return route.call(scene.http(), id, body, "Content-Type", JSON, "Accept", "image/png");
  }

  private void reading(String operation) {
    add(operation, "200", (scene, route) -> route.call(scene.http(), endedId(scene), ""));
    add(operation, "401", (scene, route) -> route.call(scene.stranger(), id(scene), ""));
    add(operation, "404", (scene, route) -> route.call(scene.http(), "tea-house.never-was", ""));
    add(
        operation,
        "503",
        (scene, route) -> {
          String id = id(scene);
          scene.availability().booksAway(true);
          return route.call(scene.http(), id, "");
        });
    add(operation, "default", (scene, route) -> notAcceptable(scene, route, id(scene), ""));
    if (operation.equals("getCheckout")) {
      add(
          operation,
          "202",
          (scene, route) -> {
            String id = id(scene);
            scene.availability().booksBehind(true);
            return route.call(scene.http(), id, "");
          });
    }
  }

  private void acting(String operation, String body) {
    add(operation, "200", (scene, route) -> route.call(scene.http(), id(scene), body, AS_JSON));
    add(
        operation,
        "202",
        (scene, route) -> {
          String id = id(scene);
          scene.availability().temporalRefuses(true);
          return route.call(scene.http(), id, body, AS_JSON);
        });
    add(operation, "401", (scene, route) -> route.call(scene.stranger(), id(scene), body, AS_JSON));
    add(
        operation,
        "404",
        (scene, route) -> route.call(scene.http(), "tea-house.never-was", body, AS_JSON));
    add(
        operation,
        "503",
        (scene, route) -> {
          String id = endedId(scene);
          scene.availability().booksAway(true);
          return route.call(scene.http(), id, body, AS_JSON);
        });
    add(operation, "default", (scene, route) -> notAcceptable(scene, route, id(scene), body));
    if (!operation.equals("confirm")) {
      add(
          operation,
          "409",
          (scene, route) -> route.call(scene.http(), endedId(scene), body, AS_JSON));
    }
    if (body.isEmpty()) {
      add(
          operation,
          "400",
          (scene, route) -> route.call(scene.http(), id(scene), "", "Idempotency-Key", "a b"));
    } else {
      bodies(operation);
    }
  }

  private void readingReconciliations() {
    String list = "listReconciliations";
    add(list, "200", (scene, route) -> scene.http().get(route.path()));
    add(list, "400", (scene, route) -> scene.http().get(route.path() + "?from=yesterday"));
    add(list, "401", (scene, route) -> scene.stranger().get(route.path()));
    add(list, "default", (scene, route) -> scene.http().get(route.path(), "Accept", "image/png"));
    for (String read : List.of("getReconciliation", "listReconciliationItems")) {
      add(read, "200", (scene, route) -> reconciled(scene, route, ""));
      add(read, "401", (scene, route) -> route.call(scene.stranger(), DAY, ""));
      add(read, "404", (scene, route) -> route.call(scene.http(), "alipay/2001-01-01", ""));
      add(
          read,
          "503",
          (scene, route) -> {
            scene.availability().booksAway(true);
            return route.call(scene.http(), DAY, "");
          });
      add(read, "default", (scene, route) -> notAcceptable(scene, route, DAY, ""));
    }
    add("listReconciliationItems", "400", (scene, route) -> reconciled(scene, route, "?limit=0"));
  }

  private static Answer reconciled(Scene scene, Route route, String query) {
    PlayedDays.write(scene.books());
    return scene.http().get(route.path().replace("{channel}/{bill_date}", DAY) + query);
  }

  private static String refund(String checkoutId) {
    return """
        {"refund_no":"%s","checkout_id":"%s","amount_fen":100,"reason":"too small"}"""
        .formatted(Bodies.orderNo(), checkoutId);
  }

  /** A refund of a paid checkout. */
  private static String refundNo(Scene scene) throws Exception {
    return scene.http().post("/v1/refunds", refund(endedId(scene))).at("/refund_no");
  }

  private void refunding() {
    String refund = "createRefund";
    add(
        refund,
        "201",
        (scene, route) -> route.call(scene.http(), "", refund(endedId(scene)), AS_JSON));
    add(
        refund,
        "200",
        (scene, route) -> {
          String body = refund(endedId(scene));
          route.call(scene.http(), "", body, AS_JSON);
          return route.call(scene.http(), "", body, AS_JSON);
        });
    add(
        refund,
        "202",
        (scene, route) -> {
          String body = refund(endedId(scene));
          scene.availability().temporalRefuses(true);
          return route.call(scene.http(), "", body, AS_JSON);
        });
    add(refund, "409", (scene, route) -> route.call(scene.http(), "", refund(id(scene)), AS_JSON));
    add(
        refund,
        "401",
        (scene, route) -> route.call(scene.stranger(), "", refund("tea-house.x"), AS_JSON));
    add(
        refund,
        "default",
        (scene, route) -> notAcceptable(scene, route, "", refund("tea-house.x")));
    bodies(refund);
  }

  private void readingRefunds() {
    String read = "getRefund";
    add(read, "200", (scene, route) -> route.call(scene.http(), refundNo(scene), ""));
    add(
        read,
        "202",
        (scene, route) -> {
          String refundNo = refundNo(scene);
          scene.availability().booksBehind(true);
          return route.call(scene.http(), refundNo, "");
        });
    add(read, "401", (scene, route) -> route.call(scene.stranger(), "R1", ""));
    add(read, "404", (scene, route) -> route.call(scene.http(), "never-was", ""));
    add(
        read,
        "503",
        (scene, route) -> {
          String refundNo = refundNo(scene);
          scene.availability().booksAway(true);
          return route.call(scene.http(), refundNo, "");
        });
    add(read, "default", (scene, route) -> notAcceptable(scene, route, "R1", ""));
  }

  private void readingWallets() {
    readingWallets("getWallet");
    readingWallets("getWalletEntries");
  }

  private void readingWallets(String read) {
    add(read, "200", (scene, route) -> route.call(scene.http(), "buyer-81", ""));
    add(read, "400", (scene, route) -> route.call(scene.http(), "b".repeat(65), ""));
    add(read, "401", (scene, route) -> route.call(scene.stranger(), "buyer-81", ""));
    add(
        read,
        "503",
        (scene, route) -> {
          scene.availability().booksAway(true);
          return route.call(scene.http(), "buyer-81", "");
        });
    add(read, "default", (scene, route) -> notAcceptable(scene, route, "buyer-81", ""));
  }

  private void readingLedgers(String read, String query) {
    add(
        read,
        "200",
        (scene, route) -> {
          id(scene);
          return scene.http().get(route.path() + query);
        });
    add(read, "400", (scene, route) -> scene.http().get(route.path() + "?until=now"));
    add(read, "401", (scene, route) -> scene.stranger().get(route.path() + query));
    add(
        read,
        "default",
        (scene, route) -> scene.http().get(route.path() + query, "Accept", "image/png"));
  }

  private void notifying() {
    String notify = "notify";
    add(
        notify,
        "200",
        (scene, route) -> {
          Answer opened = opened(scene);
          return route.call(
              scene.stranger(),
              "alipay/tea-house",
              paid(scene, opened),
              "Content-Type",
              "text/plain");
        });
    add(
        notify,
        "204",
        (scene, route) -> {
          Answer opened =
              scene
                  .with(ApiSettings.WECHAT_KEY)
                  .post(
                      "/v1/checkouts",
                      Bodies.checkout(Bodies.orderNo()).put("channel", "wechat_pay").toString());
          String body =
              scene
                  .wechatPay()
                  .paid(opened.at("/checkout_id"), opened.at("/payment/out_trade_no"), 12800);
          return route.call(
              scene.stranger(),
              "wechatpay/noodle-bar",
              body,
              scene.wechatPay().headers(body, scene.clock().instant()));
        });
    add(notify, "400", (scene, route) -> route.call(scene.stranger(), "alipay/tea-house", "a=1"));
    add(notify, "404", (scene, route) -> route.call(scene.stranger(), "alipay/nobody", "a=1"));
    add(
        notify,
        "413",
        (scene, route) -> route.call(scene.stranger(), "alipay/tea-house", TOO_LARGE));
    add(
        notify,
        "503",
        (scene, route) -> {
          String body = paid(scene, opened(scene));
          scene.availability().booksAway(true);
          scene.availability().temporalAway(true);
          return route.call(scene.stranger(), "alipay/tea-house", body);
        });
  }

  private static String serviceOrder(String orderNo, String introduction) {
    return """
        {"merchant_order_no":"%s","introduction":"%s","risk_fund":{"name":"deposit","amount_fen":9900},"buyer_id":"b"}"""
        .formatted(orderNo, introduction);
  }

  private static Http noodles(Scene scene) {
    return scene.with(ApiSettings.WECHAT_KEY);
  }

  private enum Stage {
    IN_SERVICE,
    BILLED
  }

  private static String serviceOrderAt(Scene scene, Stage stage) {
    String orders = "/v1/service-orders";
    String id =
        noodles(scene)
            .post(orders, serviceOrder(Bodies.orderNo(), "An umbrella"))
            .at("/service_order_id");
    scene.payScore().confirm(id);
    if (stage == Stage.BILLED) {
      noodles(scene)
          .post(
              orders + "/" + id + "/complete",
              "{\"fees\":[{\"name\":\"Umbrella\",\"amount_fen\":1500}]}");
    }
    return id;
  }

  /** A service order that WeChat has refused: nothing can be done with it. */
  private static String endedServiceOrder(Scene scene) throws Exception {
    String id =
        noodles(scene)
            .post("/v1/service-orders", serviceOrder(Bodies.orderNo(), ScriptedPayScore.REFUSED))
            .at("/service_order_id");
    scene.awaitServiceOrderEnd(id);
    return id;
  }

  private void openingServiceOrders() {
    String open = "openServiceOrder";
    add(
        open,
        "201",
        (scene, route) ->
            route.call(noodles(scene), "", serviceOrder(Bodies.orderNo(), "x"), AS_JSON));
    add(
        open,
        "200",
        (scene, route) -> {
          String body = serviceOrder(Bodies.orderNo(), "x");
          route.call(noodles(scene), "", body, AS_JSON);
          return route.call(noodles(scene), "", body, AS_JSON);
        });
    add(
        open,
        "202",
        (scene, route) -> {
          scene.availability().temporalRefuses(true);
          return route.call(noodles(scene), "", serviceOrder(Bodies.orderNo(), "x"), AS_JSON);
        });
    add(
        open,
        "409",
        (scene, route) ->
            route.call(scene.http(), "", serviceOrder(Bodies.orderNo(), "x"), AS_JSON));
    add(
        open,
        "401",
        (scene, route) ->
            route.call(scene.stranger(), "", serviceOrder(Bodies.orderNo(), "x"), AS_JSON));
    add(
        open,
        "default",
        (scene, route) -> notAcceptable(scene, route, "", serviceOrder(Bodies.orderNo(), "x")));
    bodies(open);
  }

  private void readingServiceOrders(String operation) {
    add(
        operation,
        "200",
        (scene, route) -> route.call(noodles(scene), serviceOrderAt(scene, Stage.BILLED), ""));
    add(
        operation,
        "401",
        (scene, route) ->
            route.call(scene.stranger(), serviceOrderAt(scene, Stage.IN_SERVICE), ""));
    add(operation, "404", (scene, route) -> route.call(noodles(scene), "noodle-bar.never", ""));
    if (operation.equals("getServiceOrder")) {
      add(
          operation,
          "202",
          (scene, route) -> {
            scene.availability().temporalRefuses(true);
            return route.call(noodles(scene), "noodle-bar.not-known", "");
          });
    }
    add(
        operation,
        "503",
        (scene, route) -> {
          String id = serviceOrderAt(scene, Stage.IN_SERVICE);
          scene.availability().booksAway(true);
          return route.call(noodles(scene), id, "");
        });
    add(operation, "default", (scene, route) -> notAcceptable(scene, route, "tea-house.x", ""));
  }

  private void commanding(String operation, String body, Stage stage) {
    add(
        operation,
        "200",
        (scene, route) -> route.call(noodles(scene), serviceOrderAt(scene, stage), body, AS_JSON));
    add(
        operation,
        "202",
        (scene, route) -> {
          String id = serviceOrderAt(scene, stage);
          scene.availability().temporalRefuses(true);
          return route.call(noodles(scene), id, body, AS_JSON);
        });
    add(
        operation,
        "401",
        (scene, route) -> route.call(scene.stranger(), "noodle-bar.x", body, AS_JSON));
    add(
        operation,
        "404",
        (scene, route) -> route.call(noodles(scene), "noodle-bar.never", body, AS_JSON));
    add(
        operation,
        "409",
        (scene, route) -> route.call(noodles(scene), endedServiceOrder(scene), body, AS_JSON));
    add(
        operation,
        "503",
        (scene, route) -> {
          String id = endedServiceOrder(scene);
          scene.availability().booksAway(true);
          return route.call(noodles(scene), id, body, AS_JSON);
        });
    add(operation, "default", (scene, route) -> notAcceptable(scene, route, "tea-house.x", body));
    bodies(operation);
  }

  private static String withdrawal(String no, String channel, String kind) {
    return """
        {"withdrawal_no":"%s","amount_fen":100,"channel":"%s","payee":{"kind":"%s","account":"o-1"},"remark":"yours"}"""
        .formatted(no, channel, kind);
  }

  private static String withdrawal(String no) {
    return withdrawal(no, "alipay", "alipay_user_id");
  }

  private static final String ANN = "ann";

  private static void fill(Scene scene) {
    boolean unused =
        scene
            .wallets()
            .topUp(MerchantId.of("tea-house"), ANN, Money.ofFen(1_000_000), "for withdrawals");
  }

  /** Its number. */
  private static String withdrawn(Scene scene, String channel, String kind) {
    fill(scene);
    String no = Bodies.orderNo();
    Answer answer =
        scene.http().post("/v1/wallets/" + ANN + "/withdrawals", withdrawal(no, channel, kind));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return no;
  }

  private static String confirmable(Scene scene) {
    return withdrawn(scene, "wechat_pay", "wechat_openid");
  }

  private static String processing(Scene scene) {
    return withdrawn(scene, "alipay", "alipay_user_id");
  }

  private void openingWithdrawals() {
    String open = "openWithdrawal";
    add(
        open,
        "201",
        (scene, route) -> {
          fill(scene);
          return route.call(scene.http(), ANN, withdrawal(Bodies.orderNo()), AS_JSON);
        });
    add(
        open,
        "200",
        (scene, route) -> {
          fill(scene);
          String body = withdrawal(Bodies.orderNo());
          route.call(scene.http(), ANN, body, AS_JSON);
          return route.call(scene.http(), ANN, body, AS_JSON);
        });
    add(
        open,
        "202",
        (scene, route) -> {
          scene.availability().temporalRefuses(true);
          return route.call(scene.http(), ANN, withdrawal(Bodies.orderNo()), AS_JSON);
        });
    add(
        open,
        "409",
        (scene, route) -> route.call(noodles(scene), ANN, withdrawal(Bodies.orderNo()), AS_JSON));
    add(
        open,
        "401",
        (scene, route) -> route.call(scene.stranger(), ANN, withdrawal(Bodies.orderNo()), AS_JSON));
    add(
        open,
        "503",
        (scene, route) -> {
          fill(scene);
          scene.availability().booksAway(true);
          return route.call(scene.http(), ANN, withdrawal(Bodies.orderNo()), AS_JSON);
        });
    add(
        open,
        "default",
        (scene, route) -> notAcceptable(scene, route, ANN, withdrawal(Bodies.orderNo())));
    bodies(open);
  }

  private void readingWithdrawals() {
    String read = "getWithdrawal";
    add(read, "200", (scene, route) -> route.call(scene.http(), confirmable(scene), ""));
    add(
        read,
        "202",
        (scene, route) -> {
          scene.availability().temporalRefuses(true);
          return route.call(scene.http(), "not-known", "");
        });
    add(read, "401", (scene, route) -> route.call(scene.stranger(), "x", ""));
    add(read, "404", (scene, route) -> route.call(scene.http(), "never-was", ""));
    add(
        read,
        "503",
        (scene, route) -> {
          scene.availability().booksAway(true);
          return route.call(scene.http(), "x", "");
        });
    add(read, "default", (scene, route) -> notAcceptable(scene, route, "x", ""));
  }

  private void cancellingWithdrawals() {
    String cancel = "cancelWithdrawal";
    String body = "{\"reason\":\"x\"}";
    add(
        cancel,
        "200",
        (scene, route) -> route.call(scene.http(), confirmable(scene), body, AS_JSON));
    add(
        cancel,
        "202",
        (scene, route) -> {
          scene.availability().temporalRefuses(true);
          return route.call(scene.http(), "x", body, AS_JSON);
        });
    add(cancel, "401", (scene, route) -> route.call(scene.stranger(), "x", body, AS_JSON));
    add(cancel, "404", (scene, route) -> route.call(scene.http(), "never-was", body, AS_JSON));
    add(
        cancel,
        "409",
        (scene, route) -> route.call(scene.http(), processing(scene), body, AS_JSON));
    add(
        cancel,
        "503",
        (scene, route) -> {
          scene.availability().booksAway(true);
          return route.call(scene.http(), "never-was", body, AS_JSON);
        });
    add(cancel, "default", (scene, route) -> notAcceptable(scene, route, "x", body));
    bodies(cancel);
  }

  private static String paid(Scene scene, Answer opened) {
    return scene
        .alipay()
        .paid(opened.at("/checkout_id"), opened.at("/payment/out_trade_no"), "128.00", Map.of());
  }
}
