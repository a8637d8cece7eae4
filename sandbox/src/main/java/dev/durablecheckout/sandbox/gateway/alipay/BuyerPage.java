package dev.durablecheckout.sandbox.gateway.alipay;

import static com.google.common.html.HtmlEscapers.htmlEscaper;

import dev.durablecheckout.sandbox.gateway.PageFrame;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page on which a person plays the buyer: plain HTML forms, for a phone or a desk. */
final class BuyerPage {
  private static final PageFrame FRAME = new PageFrame("Simulated Alipay · 模拟支付宝", "#0b5fd0");

  private final Clock clock;

  BuyerPage(Clock clock) {
    this.clock = clock;
  }

  /**
   * The page of a trade.
   *
   * @param refusal what Alipay has just refused, if anything
   */
  String of(Trade trade, @Nullable TradeRefusal refusal) {
    String card =
        """
        <section class="card">
        <p class="subject">%s</p>
        <p class="amount">¥%s</p>
        <p class="state">%s</p>
        %s</section>
        """
            .formatted(
                escape(trade.order().subject()),
                Yuan.print(trade.order().amountFen()),
                state(trade),
                refusal == null ? "" : warning(refusal));
    return FRAME.around(card + buttons(trade) + details(trade));
  }

  /** The page that shows a till what to read, and leads to what it asks for. */
  static String code(String authCode, List<Trade> toConfirm) {
    String links =
        toConfirm.stream()
            .map(
                trade ->
                    "<p class=\"subject\"><a href=\"/buyer/%s\">%s ¥%s</a></p>\n"
                        .formatted(
                            escape(trade.code()),
                            escape(trade.order().subject()),
                            Yuan.print(trade.order().amountFen())))
            .collect(Collectors.joining());
    return FRAME.around(
        """
        <section class="card">
        <p class="state">Show this to the till · 向商家付款</p>
        <p class="amount" id="auth_code">%s</p>
        <p class="subject">Good once, for a minute · 一分钟内有效</p>
        </section>
        <section class="card">
        <p class="state">To be confirmed · 待确认</p>
        %s</section>
        """
            .formatted(escape(authCode), links.isEmpty() ? "<p class=\"subject\">–</p>\n" : links));
  }

  /** The page that takes what a merchant's app would hand to Alipay's. */
  static String app() {
    return FRAME.around(
        """
        <form class="card" method="post" action="/buyer/app">
        <p class="state"><label for="order_string">Order of a merchant's app · 订单串</label></p>
        <textarea id="order_string" name="order_string" rows="12" required></textarea>
        <button>Open · 打开</button>
        </form>
        """);
  }

  /** The page for a code or number that belongs to no trade. */
  static String notFound() {
    return problem("There is no such payment", "没有这笔交易", "");
  }

  /** The page for a link that the gateway turns away. */
  static String invalid(Answer answer) {
    return problem(
        "This payment link is not valid",
        "支付链接无效",
        answer.members().get("sub_code") + " " + answer.members().get("sub_msg"));
  }

  private static String problem(String english, String chinese, String details) {
    return FRAME.around(
        """
        <section class="card">
        <p class="state warning" role="alert">%s<br>%s</p>
        <p class="subject">%s</p>
        </section>
        """
            .formatted(english, chinese, escape(details)));
  }

  private String state(Trade trade) {
    boolean over = !clock.instant().isBefore(trade.order().offerEnds());
    return switch (trade.status()) {
      case NOT_CREATED ->
          over
              ? "The code has expired · 二维码已失效"
              : switch (trade.order().product()) {
                case PAGE -> "Log in to see the bill · 请登录";
                case WAP, APP -> "Enter the password · 请输入密码";
                case QR_CODE, BARCODE -> "Not scanned yet · 尚未扫码";
              };
      case WAIT_BUYER_PAY ->
          trade.leftAt() == null
              ? "To be paid · 待付款"
              : "You left without paying, and can still pay · 您已离开，仍可付款";
      case TRADE_SUCCESS, TRADE_FINISHED ->
          trade.refunds().isEmpty() ? "Paid · 已付款" : "Paid, partly refunded · 已付款，部分退款";
      case TRADE_CLOSED -> trade.isPaid() ? "Refunded in full · 已全额退款" : "Closed · 交易关闭";
    };
  }

  private String buttons(Trade trade) {
    boolean over = !clock.instant().isBefore(trade.order().offerEnds());
    String late = button(trade, "pay_late", "quiet", "Pay although expired · 过期后仍付款");
    return switch (trade.status()) {
      case NOT_CREATED ->
          over
              ? late
              : switch (trade.order().product()) {
                case PAGE -> button(trade, "scan", "", "Log in · 登录");
                case WAP, APP ->
                    button(trade, "scan", "", "The right password · 输入正确密码")
                        + button(trade, "wrong_password", "quiet", "A wrong one · 输入错误密码");
                case QR_CODE, BARCODE -> button(trade, "scan", "", "Scan · 扫码");
              };
      case WAIT_BUYER_PAY ->
          button(
                  trade,
                  "pay",
                  "",
                  trade.order().product() == Product.BARCODE ? "Confirm · 确认付款" : "Pay · 付款")
              + button(trade, "walk_away", "quiet", "Walk away · 离开");
      case TRADE_SUCCESS, TRADE_FINISHED -> "";
      case TRADE_CLOSED -> trade.isPaid() ? "" : late;
    };
  }

  private static String button(Trade trade, String action, String style, String label) {
    return """
    <form method="post" action="/buyer/%s">
    <button class="%s" name="action" value="%s">%s</button>
    </form>
    """
        .formatted(escape(trade.code()), style, action, label);
  }

  private static String details(Trade trade) {
    return """
    <section class="card"><dl>
    <dt>Order · 订单号</dt><dd>%s</dd>
    <dt>Trade · 交易号</dt><dd>%s</dd>
    <dt>Seller · 收款方</dt><dd>%s</dd>
    <dt>Pay before · 截止时间</dt><dd>%s</dd>
    <dt>Paid · 付款时间</dt><dd>%s</dd>
    <dt>Refunded · 已退款</dt><dd>¥%s</dd>
    </dl></section>
    """
        .formatted(
            escape(trade.outTradeNo()),
            trade.tradeNo() == null ? "–" : escape(trade.tradeNo()),
            escape(trade.order().app().sellerId()),
            AlipayTime.seconds(
                trade.status() == TradeStatus.NOT_CREATED
                    ? trade.order().offerEnds()
                    : trade.order().timeExpire()),
            time(trade.paidAt()),
            Yuan.print(trade.refundedFen()));
  }

  private static String warning(TradeRefusal refusal) {
    return "<p class=\"state warning\" role=\"alert\">%s<br>%s</p>\n"
        .formatted(refusal.name(), refusal.text());
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "–" : AlipayTime.seconds(time);
  }

  private static String escape(String text) {
    return htmlEscaper().escape(text);
  }
}
