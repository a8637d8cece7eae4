package dev.durablecheckout.api.cashier;

import com.google.common.hash.Hashing;
import dev.durablecheckout.activities.merchant.Merchants;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayMethod;
import dev.durablecheckout.workflows.payment.Payer;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The buyer's way by WeChat, which knows who it is. A visit begins nothing: only a code that WeChat
 * gave for this page does, and each of our requests for one begins at most one payment. Whoever
 * comes back goes on to the page without code and state, which then can be reloaded.
 */
@Path("/cashier/{token}/wechat")
@Hidden
public final class WechatPayerResource {
  private static final Pattern CODE = Pattern.compile("[0-9A-Za-z_-]{1,128}");

  private final CashierLinks links;
  private final WechatAuthorization authorization;
  private final ChosenPayments payments;
  private final Clock clock;

  private WechatPayerResource(
      CashierLinks links, WechatAuthorization authorization, ChosenPayments payments, Clock clock) {
    this.links = links;
    this.authorization = authorization;
    this.payments = payments;
    this.clock = clock;
  }

  /**
   * The resource of these merchants' official accounts.
   *
   * @param nonces never the same twice
   */
  public static WechatPayerResource of(
      CashierConfiguration configuration,
      Merchants merchants,
      CashierLinks links,
      ChosenPayments payments,
      Clock clock,
      Supplier<UUID> nonces) {
    return new WechatPayerResource(
        links,
        new WechatAuthorization(
            configuration.wechatAuthorizeUrl(), merchants, links, clock, nonces),
        payments,
        clock);
  }

  @GET
  public Response ask(
      @PathParam("token") String token,
      @QueryParam("lang") @Nullable String lang,
      @Context HttpHeaders headers) {
    CheckoutId id = links.open(token, clock.instant());
    CashierTexts texts = CashierTexts.choose(lang, headers.getAcceptableLanguages());
    boolean inWechat = Device.of(headers.getHeaderString(HttpHeaders.USER_AGENT)) == Device.WECHAT;
    URI page = page(token, texts, "");
    return Response.seeOther(
            inWechat ? authorization.begin(id.merchant(), token, texts).orElse(page) : page)
        .build();
  }

  @GET
  @Path("/payer")
  public Response payer(
      @PathParam("token") String token,
      @QueryParam("code") @Nullable String code,
      @QueryParam("state") @Nullable String state,
      @QueryParam("lang") @Nullable String lang,
      @Context HttpHeaders headers) {
    CheckoutId id = links.open(token, clock.instant());
    CashierTexts texts = CashierTexts.choose(lang, headers.getAcceptableLanguages());
    if (code == null
        || state == null
        || !CODE.matcher(code).matches()
        || !authorization.isOurs(token, state)) {
      return Response.seeOther(page(token, texts, "")).build();
    }
    payments.begin(
        id,
        new PayChoice(Channel.WECHAT_PAY, PayMethod.JSAPI, Payer.ofLoginCode(code)),
        "wechat-" + Hashing.sha256().hashString(state, StandardCharsets.UTF_8));
    return Response.seeOther(page(token, texts, "&go=1")).build();
  }

  private URI page(String token, CashierTexts texts, String more) {
    return URI.create(links.page(token) + "?lang=" + texts.language() + more);
  }
}
