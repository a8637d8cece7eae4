package dev.durablecheckout.sandbox.gateway.wechatpay;

import static com.google.common.html.HtmlEscapers.htmlEscaper;

import dev.durablecheckout.sandbox.gateway.wechatpay.TransferBill.State;
import org.jspecify.annotations.Nullable;

/** The page on which a person takes the money of a transfer, and sees what became of it. */
final class TransferPage {
  private TransferPage() {}

  static String of(TransferBill bill, @Nullable WechatRefusal refusal) {
    TransferRequest request = bill.request();
    return BuyerPage.FRAME.around(
        """
        <section class="card">
        <p class="subject">%s</p>
        <p class="amount">¥%s</p>
        <p class="state">%s</p>
        %s</section>
        %s
        <section class="card"><dl>
        <dt>Order · 商户单号</dt><dd>%s</dd>
        <dt>Transfer · 转账单号</dt><dd>%s</dd>
        </dl></section>
        """
            .formatted(
                escape(request.remark()),
                BuyerPage.yuan(request.amountFen()),
                said(bill.state()),
                refusal == null ? "" : BuyerPage.warning(refusal),
                bill.state() == State.WAIT_USER_CONFIRM ? button(bill) : "",
                escape(request.outBillNo()),
                escape(bill.billNo())));
  }

  static String line(TransferBill bill) {
    return "<li><a href=\"/buyer/transfer/%s\">¥%s · %s</a></li>\n"
        .formatted(
            escape(bill.billNo()),
            BuyerPage.yuan(bill.request().amountFen()),
            escape(bill.request().remark()));
  }

  private static String said(State state) {
    return switch (state) {
      case WAIT_USER_CONFIRM -> "To be received · 待收款";
      case TRANSFERING -> "On its way · 到账中";
      case CANCELING -> "Being taken back · 撤销中";
      case SUCCESS -> "Received · 已收款";
      case FAIL -> "Failed · 已失败";
      case CANCELLED -> "Taken back · 已撤销";
    };
  }

  private static String button(TransferBill bill) {
    return """
    <form method="post" action="/buyer/transfer/%s">
    <button name="action" value="confirm">Receive · 收款</button>
    </form>
    """
        .formatted(escape(bill.billNo()));
  }

  private static String escape(String text) {
    return htmlEscaper().escape(text);
  }
}
