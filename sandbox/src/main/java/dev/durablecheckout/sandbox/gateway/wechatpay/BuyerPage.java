package dev.durablecheckout.sandbox.gateway.wechatpay;

import static com.google.common.html.HtmlEscapers.htmlEscaper;

import com.google.common.collect.Lists;
import dev.durablecheckout.sandbox.gateway.PageFrame;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The pages on which a person plays the buyer. */
final class BuyerPage {
  static final PageFrame FRAME = new PageFrame("Simulated WeChat Pay · 模拟微信支付", "#07773f");
  private static final int YUAN = 2;
  private static final int MOST = 20;

  private final Clock clock;

  BuyerPage(Clock clock) {
    this.clock = clock;
  }

  /** What can be paid, and where to put in what a QR code says. */
  String overview(
      List<WechatPayment> payments, List<ServiceOrder> toConfirm, List<TransferBill> toTake) {
    Instant now = clock.instant();
    StringBuilder payable = new StringBuilder();
    // The latest first.
    Lists.reverse(payments).stream()
        .filter(payment -> payment.tradeState().equals("NOTPAY") && !payment.isOver(now))
        .limit(MOST)
        .forEach(payment -> payable.append(line(payment)));
    return FRAME.around(
        """
        <section class="card">
        <form method="get" action="/buyer/qr">
        <label for="code_url">What the QR code says · 二维码内容</label>
        <input id="code_url" name="code_url" required placeholder="weixin://wxpay/bizpayurl?pr=...">
        <button>Scan · 扫一扫</button>
        </form>
        </section>
        <section class="card"><p class="state">To be paid · 待付款</p><ul>%s</ul></section>
        <section class="card"><p class="state">To be confirmed · 待确认</p><ul>%s</ul></section>
        <section class="card"><p class="state">To be received · 待收款</p><ul>%s</ul></section>
        """
            .formatted(
                payable,
                toConfirm.stream().map(ServiceOrderPage::line).collect(Collectors.joining()),
                toTake.stream().map(TransferPage::line).collect(Collectors.joining())));
  }

  private static String line(WechatPayment payment) {
    return "<li><a href=\"/buyer/pay/%s\">¥%s · %s</a></li>\n"
        .formatted(
            escape(payment.code()),
            yuan(payment.order().amountFen()),
            escape(payment.order().description()));
  }

  /**
   * The page of a payment.
   *
   * @param refusal what WeChat Pay has just refused, if anything
   * @param back where the buyer goes after paying, if not here
   */
  String of(WechatPayment payment, @Nullable WechatRefusal refusal, @Nullable URI back) {
    String card =
        """
        <section class="card">
        <p class="subject">%s</p>
        <p class="amount">¥%s</p>
        <p class="state">%s</p>
        %s</section>
        """
            .formatted(
                escape(payment.order().description()),
                yuan(payment.order().amountFen()),
                state(payment),
                refusal == null ? "" : warning(refusal));
    return FRAME.around(card + buttons(payment, back) + details(payment));
  }

  /** The page for a code or number that belongs to no payment, or no longer. */
  static String notFound() {
    return FRAME.around(
        """
        <section class="card">
        <p class="state warning" role="alert">There is no such payment, or its code has been replaced<br>没有这笔支付，或支付码已更新</p>
        </section>
        """);
  }

  /** The page for what is not signed as it should be. */
  static String refused(WechatRefusal refusal) {
    return FRAME.around("<section class=\"card\">" + warning(refusal) + "</section>");
  }

  private String state(WechatPayment payment) {
    return switch (payment.tradeState()) {
      case "SUCCESS" -> "Paid · 已付款";
      case "REFUND" -> "Refunded, in part or in full · 已退款";
      case "CLOSED" -> "Closed · 订单已关闭";
      default ->
          payment.isOver(clock.instant()) ? "The code has expired · 支付码已失效" : "To be paid · 待付款";
    };
  }

  private String buttons(WechatPayment payment, @Nullable URI back) {
    if (payment.isPaid()) {
      return "";
    }
    return payment.closedAt() != null || payment.isOver(clock.instant())
        ? button(payment, back, "pay_late", "quiet", "Pay although expired · 过期后仍付款")
        : button(payment, back, "pay", "", "Pay · 付款");
  }

  private static String button(
      WechatPayment payment, @Nullable URI back, String action, String style, String label) {
    return """
    <form method="post" action="/buyer/pay/%s">%s
    <button class="%s" name="action" value="%s">%s</button>
    </form>
    """
        .formatted(
            escape(payment.code()),
            back == null
                ? ""
                : "<input type=\"hidden\" name=\"redirect_url\" value=\"%s\">"
                    .formatted(escape(back.toString())),
            style,
            action,
            label);
  }

  private static String details(WechatPayment payment) {
    WechatPayment.@Nullable Receipt receipt = payment.receipt();
    return """
    <section class="card"><dl>
    <dt>Order · 商户单号</dt><dd>%s</dd>
    <dt>Transaction · 交易单号</dt><dd>%s</dd>
    <dt>Merchant · 商户号</dt><dd>%s</dd>
    <dt>Pay before · 截止时间</dt><dd>%s</dd>
    <dt>Paid · 付款时间</dt><dd>%s</dd>
    <dt>Refunded · 已退款</dt><dd>¥%s</dd>
    </dl></section>
    """
        .formatted(
            escape(payment.outTradeNo()),
            receipt == null ? "–" : receipt.transactionId(),
            escape(payment.order().mchId()),
            WechatTime.readable(payment.payableUntil()),
            receipt == null ? "–" : WechatTime.readable(receipt.paidAt()),
            yuan(payment.refundedFen()));
  }

  static String warning(WechatRefusal refusal) {
    return "<p class=\"state warning\" role=\"alert\">%s<br>%s</p>\n"
        .formatted(refusal.code(), refusal.text());
  }

  static String yuan(long fen) {
    return BigDecimal.valueOf(fen, YUAN).toPlainString();
  }

  private static String escape(String text) {
    return htmlEscaper().escape(text);
  }
}
