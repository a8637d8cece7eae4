package dev.durablecheckout.sandbox.gateway.wechatpay;

import dev.durablecheckout.sandbox.gateway.wechatpay.ServiceOrder.State;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /buyer/service/...}: the buyer's page of a service order; {@code /buyer/payscore} opens it
 * with what a mini program hands over.
 */
final class ServiceOrderEndpoint {
  static final String PATH = "/buyer/service/";

  private final ServiceOrderRegister register;
  private final PayScoreBuyer buyer;
  private final ClientSignature signatures;

  ServiceOrderEndpoint(
      ServiceOrderRegister register, PayScoreBuyer buyer, ClientSignature signatures) {
    this.register = register;
    this.buyer = buyer;
    this.signatures = signatures;
  }

  List<ServiceOrder> toConfirm() {
    return register.all().stream().filter(order -> register.state(order) == State.CREATED).toList();
  }

  /** From a mini program: its parameters are in the query. */
  Response opened(Request request) {
    try {
      return register
          .lookUp(signatures.packageOfPayScore(request.query()))
          .map(order -> Response.seeOther(request.base().resolve(PATH + order.orderId())))
          .orElseGet(() -> Response.page(404, BuyerPage.notFound()));
    } catch (WechatRefusedException e) {
      return Response.page(400, BuyerPage.refused(e.refusal()));
    }
  }

  Response handle(Request request) {
    Optional<ServiceOrder> found = register.lookUp(request.path().substring(PATH.length()));
    if (found.isEmpty()) {
      return Response.page(404, BuyerPage.notFound());
    }
    ServiceOrder order = found.get();
    return request.isPost() ? act(request, order) : page(200, order, null);
  }

  private Response act(Request request, ServiceOrder order) {
    try {
      switch (request.form().getOrDefault("action", "")) {
        case "confirm" -> buyer.confirm(order.orderId());
        case "money_on" -> buyer.hasMoney(true);
        case "money_off" -> buyer.hasMoney(false);
        default -> {
          return page(400, order, WechatRefusal.PARAM_ERROR);
        }
      }
    } catch (WechatRefusedException e) {
      return page(409, order, e.refusal());
    }
    return Response.seeOther(request.base().resolve(PATH + order.orderId()));
  }

  private Response page(int status, ServiceOrder order, @Nullable WechatRefusal refusal) {
    return Response.page(
        status,
        ServiceOrderPage.of(order, register.state(order), register.buyerHasMoney(), refusal));
  }
}
