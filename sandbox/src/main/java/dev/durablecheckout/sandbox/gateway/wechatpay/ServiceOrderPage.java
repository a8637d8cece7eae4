package dev.durablecheckout.sandbox.gateway.wechatpay;

import static com.google.common.html.HtmlEscapers.htmlEscaper;

import dev.durablecheckout.sandbox.gateway.wechatpay.ServiceOrder.Bill;
import dev.durablecheckout.sandbox.gateway.wechatpay.ServiceOrder.State;
import org.jspecify.annotations.Nullable;

/** The page on which a person confirms a service order, and sees what became of it. */
final class ServiceOrderPage {
  private ServiceOrderPage() {}

  /**
   * The page of an order.
   *
   * @param hasMoney whether WeChat finds money when it collects
   */
  static String of(
      ServiceOrder order, State state, boolean hasMoney, @Nullable WechatRefusal refusal) {
    ServiceRequest request = order.request();
    @Nullable Bill bill = order.bill();
    return BuyerPage.FRAME.around(
        """
        <section class="card">
        <p class="subject">%s</p>
        <p class="amount">¥%s</p>
        <p class="state">%s</p>
        %s</section>
        %s%s
        <section class="card"><dl>
        <dt>Order · 商户单号</dt><dd>%s</dd>
        <dt>PayScore · 支付分单号</dt><dd>%s</dd>
        <dt>Vouched for · 免押金额</dt><dd>¥%s</dd>
        <dt>From · 开始时间</dt><dd>%s</dd>
        <dt>Until · 结束时间</dt><dd>%s</dd>
        </dl></section>
        """
            .formatted(
                escape(request.introduction()),
                BuyerPage.yuan(bill == null ? request.riskFundFen() : bill.totalFen()),
                said(state),
                refusal == null ? "" : BuyerPage.warning(refusal),
                state == State.CREATED ? button(order, "confirm", "", "Confirm · 确认") : "",
                hasMoney
                    ? button(order, "money_off", "quiet", "Have no money · 余额不足")
                    : button(order, "money_on", "quiet", "Have money again · 充值"),
                escape(request.outOrderNo()),
                escape(order.orderId()),
                BuyerPage.yuan(request.riskFundFen()),
                escape(ServiceOrderReader.startTime(order)),
                bill == null ? "–" : escape(bill.endTime())));
  }

  static String line(ServiceOrder order) {
    return "<li><a href=\"/buyer/service/%s\">%s</a></li>\n"
        .formatted(escape(order.orderId()), escape(order.request().introduction()));
  }

  private static String said(State state) {
    return switch (state) {
      case CREATED -> "To be confirmed · 待确认";
      case USER_CONFIRM -> "In service · 服务中";
      case MCH_COMPLETE -> "Being collected · 扣款中";
      case DONE -> "Done · 已完成";
      case REVOKED -> "Cancelled · 已取消";
      case EXPIRED -> "Expired · 已失效";
    };
  }

  private static String button(ServiceOrder order, String action, String style, String label) {
    return """
    <form method="post" action="/buyer/service/%s">
    <button class="%s" name="action" value="%s">%s</button>
    </form>
    """
        .formatted(escape(order.orderId()), style, action, label);
  }

  private static String escape(String text) {
    return htmlEscaper().escape(text);
  }
}
