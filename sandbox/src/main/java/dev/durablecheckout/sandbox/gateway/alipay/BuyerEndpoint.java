package dev.durablecheckout.sandbox.gateway.alipay;

import dev.durablecheckout.sandbox.gateway.RsaKeys;
import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** {@code /buyer/...} and {@code /qr/...}: the buyer's page and its buttons. */
final class BuyerEndpoint {
  private final TradeRegister register;
  private final AlipayBuyer buyer;
  private final BuyerPhone phone;
  private final BuyerPage page;
  private final RsaKeys keys;
  private final Clock clock;

  BuyerEndpoint(
      TradeRegister register, AlipayBuyer buyer, BuyerPhone phone, RsaKeys keys, Clock clock) {
    this.register = register;
    this.buyer = buyer;
    this.phone = phone;
    this.page = new BuyerPage(clock);
    this.keys = keys;
    this.clock = clock;
  }

  /** Answers a request whose path ends in a trade's code or number, or is one of the phone's. */
  Response handle(Request request) {
    Optional<Response> ofPhone = phone.handle(request);
    return ofPhone.orElseGet(() -> ofTrade(request));
  }

  private Response ofTrade(Request request) {
    Optional<Trade> found = register.lookUp(request.path());
    if (found.isEmpty()) {
      return Response.page(404, BuyerPage.notFound());
    }
    Trade trade = found.get();
    return request.isPost()
        ? act(trade, request.form().getOrDefault("action", ""), request.base())
        : Response.page(200, page.of(trade, null));
  }

  private Response act(Trade trade, String action, URI base) {
    try {
      switch (action) {
        case "scan" -> buyer.scan(trade.code());
        case "pay" -> buyer.pay(trade.code());
        case "pay_late" -> buyer.payLate(trade.code());
        case "wrong_password" -> {
          // As at the real one: nothing comes of it, not even a trade.
        }
        case "walk_away" -> buyer.walkAway(trade.code());
        default -> {
          return Response.page(400, page.of(trade, TradeRefusal.INVALID_PARAMETER));
        }
      }
    } catch (TradeRefusedException e) {
      return Response.page(409, page.of(now(trade), e.refusal()));
    }
    Optional<URI> returnUrl =
        action.startsWith("pay")
            ? ReturnUrl.of(now(trade), keys, clock.instant())
            : Optional.empty();
    return Response.seeOther(returnUrl.orElseGet(() -> base.resolve("/buyer/" + trade.code())));
  }

  private Trade now(Trade trade) {
    return register.lookUp(trade.code()).orElse(trade);
  }
}
