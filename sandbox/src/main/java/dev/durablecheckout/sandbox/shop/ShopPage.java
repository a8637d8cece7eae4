package dev.durablecheckout.sandbox.shop;

import static com.google.common.html.HtmlEscapers.htmlEscaper;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Draws the shop: plain forms, and links to the buyer's simulated phones. */
final class ShopPage {
  private static final String FRAME =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Demo shop · 示例商店</title>
      <style>
      body { margin: 0; background: #f2f4f7; color: #1d2129; font: 16px/1.5 system-ui, sans-serif }
      header { background: #1d2129; color: #fff; padding: .75rem 1rem; text-align: center }
      header a { color: inherit; text-decoration: none }
      main { max-width: 40rem; margin: 0 auto; padding: 1rem }
      .card { background: #fff; border-radius: .5rem; padding: 1rem; margin-bottom: 1rem }
      h1, h2 { font-size: 1.125rem; margin: 0 0 .75rem; overflow-wrap: anywhere }
      .ways { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: .5rem; align-items: end }
      form { margin: 0 }
      button, .button { display: block; box-sizing: border-box; width: 100%%; min-height: 2.75rem; padding: .5rem;
               border: 0; border-radius: .5rem; background: #e5e8ef; color: #1d2129; font: inherit;
               text-align: center; text-decoration: none; cursor: pointer }
      .go { background: #12805c; color: #fff }
      button:focus-visible, .button:focus-visible { outline: 3px solid #f5a524; outline-offset: 2px }
      input { box-sizing: border-box; width: 100%%; min-height: 2.75rem; font: inherit; margin-bottom: .25rem }
      dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem .75rem; margin: 0 0 .75rem }
      dt { color: #4e5969 } dd { margin: 0; text-align: right; overflow-wrap: anywhere }
      .note { color: #4e5969; font-size: .875rem }
      </style>
      </head>
      <body>
      <header><a href="/"><strong>Demo shop · 示例商店</strong></a></header>
      <main>
      %s
      </main>
      </body>
      </html>
      """;

  private static final String WITHDRAW =
      "<p class=\"note\">Pay it out · 提现</p>"
          + button("/withdraw", "channel", "alipay", "To Alipay · 提现到支付宝", false)
          + "<p></p>"
          + button("/withdraw", "channel", "wechat_pay", "To WeChat · 提现到微信", false);

  private final Shop.Phones phones;

  ShopPage(Shop.Phones phones) {
    this.phones = phones;
  }

  String front(
      long walletFen, List<String> orders, List<String> rentals, List<String> withdrawals) {
    return FRAME.formatted(
        card("A good book 一本好书, ¥128.00", ways("", false))
            + card(
                "The wallet holds ¥" + yuan(walletFen) + " · 余额",
                button("/top-up", "", "", "Top up by ¥128.00 · 充值", false)
                    + (walletFen > 0 ? WITHDRAW : ""))
            + card(
                "An umbrella to rent, by PayScore · 支付分租伞",
                button("/rent", "", "", "Rent it, without a deposit · 免押租借", false))
            + list("Orders · 订单", "/orders/", orders)
            + list("Rentals · 租借", "/rentals/", rentals)
            + list("Withdrawals · 提现", "/withdrawals/", withdrawals));
  }

  String problem(String text) {
    return FRAME.formatted(card("That did not work · 未成功", "<p>" + escape(text) + "</p>"));
  }

  /**
   * @param here the page's own address
   */
  String order(JsonNode checkout, String here) {
    String id = checkout.path("checkout_id").asText();
    JsonNode payment = checkout.path("payment");
    boolean open = checkout.path("status").asText().equals("awaiting_payment");
    StringBuilder page = new StringBuilder();
    page.append(
        card(
            id,
            facts(
                    "status · 状态", checkout.path("status").asText(),
                    "amount · 金额", "¥" + yuan(checkout.path("amount_fen").asLong()),
                    "paid by · 支付方式",
                        payment.path("channel").asText() + " " + payment.path("method").asText(),
                    "payment · 支付单", payment.path("status").asText(),
                    "refused · 拒绝原因", payment.at("/refusal/message").asText(),
                    "deadline · 截止", checkout.path("deadline").asText())
                + link("/orders/" + id, "Look again · 刷新", false)));
    if (open) {
      page.append(
          card(
              "The buyer's next step · 买家下一步",
              nextStep(checkout, payment.path("credential"), here)));
      page.append(card("Pay in another way · 换一种方式", ways(id, isTopUp(checkout))));
      page.append(
          card("Or not · 或者", button("/orders/" + id, "", "", "Cancel the order · 取消订单", false)));
    }
    return FRAME.formatted(page);
  }

  /** What the shop's page or app would do with the credential, and where the phone for it is. */
  private String nextStep(JsonNode checkout, JsonNode credential, String back) {
    String content = credential.path("content").asText();
    String cashier = link(checkout.path("cashier_url").asText(), "The cashier page · 收银台", true);
    return switch (credential.path("type").asText()) {
      case "qr_code" ->
          cashier
              + (content.startsWith("http")
                  ? link(content, "The phone that scans it · 扫码的手机", false)
                  : link(
                      phones.wechat().resolve("/buyer/qr?code_url=" + encode(content)).toString(),
                      "The phone that scans it · 扫码的手机",
                      false));
      case "redirect_url" -> link(content, "To the channel's page · 前往支付页面", true);
      case "alipay_app" ->
          post(
              phones.alipay().resolve("/buyer/app"),
              field("order_string", content),
              "The app calls Alipay · 调起支付宝");
      case "none" ->
          link(
              phones.alipay().resolve("/buyer/code").toString(),
              "The buyer's phone asks · 手机确认",
              true);
      case "wechat_jsapi" -> callWechat("/buyer/jsapi", credential, back);
      case "wechat_app" -> callWechat("/buyer/app", credential, back);
      default -> cashier;
    };
  }

  private String callWechat(String path, JsonNode credential, String back) {
    return post(
        phones.wechat().resolve(path),
        fields(credential.path("parameters")) + field("redirect_url", back),
        "Call WeChat · 调起微信支付");
  }

  String rental(JsonNode rental) {
    String id = rental.path("service_order_id").asText();
    String status = rental.path("status").asText();
    StringBuilder page = new StringBuilder();
    page.append(
        card(
            id,
            facts(
                    "status · 状态", status,
                    "vouched for · 担保", "¥" + yuan(rental.at("/risk_fund/amount_fen").asLong()),
                    "began · 开始", rental.path("started_at").asText(),
                    "ended · 结束", rental.path("ended_at").asText(),
                    "to collect, fen · 应收", rental.path("total_fen").asText(),
                    "collected, fen · 已收", rental.path("paid_fen").asText())
                + link("/rentals/" + id, "Look again · 刷新", false)));
    if (status.equals("created")) {
      page.append(
          card(
              "The buyer's next step · 买家下一步",
              link(
                  phones.wechat().resolve("/buyer/payscore?")
                      + query(rental.at("/credential/parameters")),
                  "Confirm in WeChat · 在微信中确认",
                  true)));
    }
    if (status.equals("confirmed")) {
      page.append(
          card(
              "The umbrella is out · 使用中",
              button("/rentals/" + id, "return", "yes", "Bring it back: ¥3.50 · 归还", true)));
    }
    if (status.equals("created") || status.equals("confirmed")) {
      page.append(
          card("Or not · 或者", button("/rentals/" + id, "cancel", "yes", "Give it up · 取消", false)));
    }
    return FRAME.formatted(page);
  }

  String withdrawal(JsonNode withdrawal) {
    String no = withdrawal.path("withdrawal_no").asText();
    String status = withdrawal.path("status").asText();
    String here = "/withdrawals/" + no;
    StringBuilder page = new StringBuilder();
    page.append(
        card(
            no,
            facts(
                    "status · 状态",
                    status,
                    "amount · 金额",
                    "¥" + yuan(withdrawal.path("amount_fen").asLong()),
                    "to · 收款方",
                    withdrawal.path("channel").asText() + " " + withdrawal.path("payee").asText(),
                    "the channel's number · 转账单号",
                    withdrawal.path("payout_no").asText(),
                    "refused · 拒绝原因",
                    withdrawal.at("/refusal/channel_code").asText(),
                    "paid at · 到账时间",
                    withdrawal.path("paid_at").asText())
                + link(here, "Look again · 刷新", false)));
    if (status.equals("awaiting_buyer")) {
      page.append(
          card(
              "The buyer's next step · 买家下一步",
              link(
                  phones.wechat().resolve("/buyer").toString(),
                  "Take the money in WeChat · 在微信中确认收款",
                  true)));
      page.append(card("Or not · 或者", button(here, "", "", "Take it back · 取消提现", false)));
    }
    return FRAME.formatted(page);
  }

  private static boolean isTopUp(JsonNode checkout) {
    return checkout.path("purpose").asText().equals("wallet_top_up");
  }

  private String ways(String order, boolean isTopUp) {
    return Arrays.stream(ShopWay.values())
        .filter(way -> order.isEmpty() || way != ShopWay.CASHIER)
        .filter(way -> !isTopUp || way != ShopWay.WALLET)
        .map(way -> way(way, order))
        .collect(Collectors.joining("\n", "<div class=\"ways\">", "</div>"));
  }

  private String way(ShopWay way, String order) {
    String code =
        way.needsAuthCode()
            ? "<input name=\"code\" inputmode=\"numeric\" aria-label=\"Code on the phone · 付款码\""
                + " placeholder=\"Code on the phone · 付款码\">\n<p class=\"note\"><a href=\""
                + escape(phones.alipay().resolve("/buyer/code").toString())
                + "\">The buyer's phone shows it · 手机出示付款码</a></p>"
            : "";
    return "<form method=\"post\" action=\"/buy\">"
        + field("order", order)
        + code
        + "<button name=\"way\" value=\""
        + way.name()
        + "\">"
        + way.label()
        + "</button></form>";
  }

  private static String card(String title, String content) {
    return "<section class=\"card\"><h2>" + escape(title) + "</h2>\n" + content + "</section>\n";
  }

  private static String list(String title, String path, List<String> ids) {
    return ids.isEmpty()
        ? ""
        : card(
            title,
            ids.stream().map(id -> link(path + id, id, false)).collect(Collectors.joining("<br>")));
  }

  private static String facts(String... namesAndValues) {
    StringBuilder facts = new StringBuilder("<dl>");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (!namesAndValues[i + 1].isBlank()) {
        facts
            .append("<dt>")
            .append(namesAndValues[i])
            .append("</dt><dd>")
            .append(escape(namesAndValues[i + 1]))
            .append("</dd>");
      }
    }
    return facts.append("</dl>").toString();
  }

  private static String link(String url, String label, boolean go) {
    return "<p><a class=\"button%s\" href=\"%s\">%s</a></p>"
        .formatted(go ? " go" : "", escape(url), escape(label));
  }

  private static String button(String action, String name, String value, String label, boolean go) {
    return "<form method=\"post\" action=\"%s\"><button%s%s>%s</button></form>"
        .formatted(
            escape(action),
            go ? " class=\"go\"" : "",
            name.isEmpty() ? "" : " name=\"%s\" value=\"%s\"".formatted(name, value),
            label);
  }

  private static String post(URI action, String fields, String label) {
    return "<form method=\"post\" action=\"%s\">%s<button class=\"go\">%s</button></form>"
        .formatted(escape(action.toString()), fields, label);
  }

  private static String query(JsonNode parameters) {
    return parameters.properties().stream()
        .map(each -> encode(each.getKey()) + "=" + encode(each.getValue().asText()))
        .collect(Collectors.joining("&"));
  }

  private static String fields(JsonNode parameters) {
    return parameters.properties().stream()
        .map(each -> field(each.getKey(), each.getValue().asText()))
        .collect(Collectors.joining());
  }

  private static String field(String name, String value) {
    return "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
        .formatted(escape(name), escape(value));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String yuan(long fen) {
    return "%d.%02d".formatted(fen / 100, fen % 100);
  }

  private static String escape(String text) {
    return htmlEscaper().escape(text);
  }
}
