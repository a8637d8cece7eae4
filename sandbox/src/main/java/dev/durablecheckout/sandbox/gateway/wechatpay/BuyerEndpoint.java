package dev.durablecheckout.sandbox.gateway.wechatpay;

import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /buyer...}: the buyer's phone. {@code /buyer} is what it shows; {@code /buyer/qr} takes
 * the text of a QR code, which no browser can open; {@code /buyer/h5} is where a phone's browser is
 * sent; {@code /buyer/jsapi} and {@code /buyer/app} take what pages and apps hand to WeChat.
 */
final class BuyerEndpoint {
  private static final Pattern WEB_URL = Pattern.compile("https?://[!-~]{1,2000}");
  private static final String PAY = "/buyer/pay/";

  private final PaymentRegister register;
  private final WechatBuyer buyer;
  private final BuyerPage page;
  private final ServiceOrderEndpoint serviceOrders;
  private final TransferEndpoint transfers;

  BuyerEndpoint(
      PaymentRegister register,
      WechatBuyer buyer,
      Clock clock,
      ServiceOrderEndpoint serviceOrders,
      TransferEndpoint transfers) {
    this.register = register;
    this.buyer = buyer;
    this.page = new BuyerPage(clock);
    this.serviceOrders = serviceOrders;
    this.transfers = transfers;
  }

  Response handle(Request request) {
    String path = request.path();
    return switch (path) {
      case "/buyer", "/buyer/" ->
          Response.page(
              200, page.overview(register.all(), serviceOrders.toConfirm(), transfers.toConfirm()));
      case "/buyer/qr" ->
          Response.seeOther(
              request
                  .base()
                  .resolve(
                      PAY
                          + URLEncoder.encode(
                              WechatNumbers.codeIn(
                                  request.query().getOrDefault("code_url", "").strip()),
                              StandardCharsets.UTF_8)));
      case "/buyer/h5" -> h5(request);
      case "/buyer/jsapi" -> handedOver(request, "get_brand_wcpay_request", buyer::payJsapi);
      case "/buyer/app" -> handedOver(request, "pay", buyer::payApp);
      case "/buyer/payscore" -> serviceOrders.opened(request);
      default -> {
        if (path.startsWith(ServiceOrderEndpoint.PATH)) {
          yield serviceOrders.handle(request);
        }
        if (path.startsWith(TransferEndpoint.PATH)) {
          yield transfers.handle(request);
        }
        yield path.startsWith(PAY)
            ? payment(request, path.substring(PAY.length()))
            : Response.page(404, BuyerPage.notFound());
      }
    };
  }

  /** The page that a phone's browser is sent to; from there it goes back to the merchant. */
  private Response h5(Request request) {
    return register
        .lookUp(request.query().getOrDefault("prepay_id", ""))
        .filter(payment -> payment.order().tradeType() == TradeType.MWEB)
        .map(
            payment ->
                Response.page(200, page.of(payment, null, returnUrl(request.query()).orElse(null))))
        .orElseGet(() -> Response.page(404, BuyerPage.notFound()));
  }

  private static Optional<URI> returnUrl(Map<String, String> parameters) {
    return Optional.ofNullable(parameters.get("redirect_url"))
        .filter(WEB_URL.asMatchPredicate())
        .map(URI::create);
  }

  private Response payment(Request request, String name) {
    Optional<WechatPayment> found = register.lookUp(name);
    if (found.isEmpty()) {
      return Response.page(404, BuyerPage.notFound());
    }
    return request.isPost()
        ? act(found.get(), request.form(), request.base())
        : Response.page(200, page.of(found.get(), null, null));
  }

  private Response act(WechatPayment payment, Map<String, String> form, URI base) {
    @Nullable URI back = returnUrl(form).orElse(null);
    try {
      switch (form.getOrDefault("action", "")) {
        case "pay" -> buyer.pay(payment.code());
        case "pay_late" -> buyer.payLate(payment.code());
        default -> {
          return Response.page(400, page.of(payment, WechatRefusal.PARAM_ERROR, back));
        }
      }
    } catch (WechatRefusedException e) {
      WechatPayment now = register.lookUp(payment.code()).orElse(payment);
      return Response.page(409, page.of(now, e.refusal(), back));
    }
    return Response.seeOther(back == null ? base.resolve(PAY + payment.code()) : back);
  }

  /**
   * Pays, and answers as WeChat answers the page: from any page, since WeChat's bridge is in each.
   * A person who sent a plain form goes back to its {@code redirect_url} instead.
   */
  private static Response handedOver(
      Request request, String name, Consumer<Map<String, String>> pay) {
    if (!request.isPost()) {
      return Response.text(405, "POST a form");
    }
    String outcome;
    try {
      pay.accept(request.form());
      Optional<URI> back = returnUrl(request.form());
      if (back.isPresent()) {
        return Response.seeOther(back.get());
      }
      outcome = ":ok";
    } catch (WechatRefusedException e) {
      outcome = ":fail " + e.getMessage();
    }
    return Response.json(200, Json.object().put("err_msg", name + outcome).toString())
        .with(Map.of("Access-Control-Allow-Origin", "*"));
  }
}
