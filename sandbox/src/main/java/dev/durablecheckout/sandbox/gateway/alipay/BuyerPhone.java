package dev.durablecheckout.sandbox.gateway.alipay;

import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import java.util.List;
import java.util.Optional;

/**
 * Alipay's app on the buyer's phone: {@code /buyer/code} shows a code for a till, {@code
 * /buyer/app} takes the order that a merchant's app hands over.
 */
final class BuyerPhone {
  private static final String CODE = "/buyer/code";
  private static final String APP = "/buyer/app";

  private final AlipayBuyer buyer;
  private final AppOrders orders;
  private final TradeRegister register;

  BuyerPhone(AlipayBuyer buyer, AppOrders orders, TradeRegister register) {
    this.buyer = buyer;
    this.orders = orders;
    this.register = register;
  }

  /** Empty if the request is not for the phone. */
  Optional<Response> handle(Request request) {
    return switch (request.path()) {
      case CODE -> Optional.of(Response.page(200, BuyerPage.code(buyer.showCode(), toConfirm())));
      case APP ->
          Optional.of(request.isPost() ? open(request) : Response.page(200, BuyerPage.app()));
      default -> Optional.empty();
    };
  }

  private List<Trade> toConfirm() {
    return register.all().stream()
        .filter(trade -> trade.order().product() == Product.BARCODE)
        .filter(trade -> trade.status() == TradeStatus.WAIT_BUYER_PAY)
        .toList();
  }

  /**
   * A body that is the order itself is paid at once: that is what a test posts. One that holds it
   * as {@code order_string} comes from the page, whose buyer is to decide.
   */
  private Response open(Request request) {
    String typedIn = request.form().get("order_string");
    try {
      Trade trade = orders.open(typedIn == null ? request.text() : typedIn.strip());
      if (typedIn == null) {
        buyer.pay(trade.code());
      }
      return Response.seeOther(request.base().resolve("/buyer/" + trade.code()));
    } catch (InvalidRequestException e) {
      return Response.page(400, BuyerPage.invalid(e.answer()));
    } catch (TradeRefusedException e) {
      return Response.page(409, BuyerPage.invalid(Answer.refused(e.refusal())));
    }
  }
}
