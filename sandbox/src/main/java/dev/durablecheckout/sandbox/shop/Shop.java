package dev.durablecheckout.sandbox.shop;

import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import dev.durablecheckout.sandbox.http.SandboxServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The shop's site, where a person buys a book, or rents an umbrella by PayScore, and pays in any
 * way there is. It is a merchant's backend: it knows the API key, and nothing of the checkout but
 * what the API says.
 */
public final class Shop implements AutoCloseable {
  private static final long PRICE_FEN = 12_800;
  private static final long EXPIRES_IN_SECONDS = 1_800;
  private static final long DEPOSIT_FEN = 9_900;
  private static final long RENT_FEN = 350;
  private static final String BUYER = "buyer-1";

  /** What the shop pays out at once, at most: see the merchant's limits. */
  private static final long MOST_PAID_OUT_FEN = 500_000;

  private static final String ALIPAY_USER = "2088102146225135";
  private static final int SHOWN = 12;
  private static final DateTimeFormatter NUMBER =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS").withZone(ZoneId.of("UTC"));

  /**
   * Where the buyer's phones are.
   *
   * @param alipay the simulated Alipay
   * @param wechat the simulated WeChat
   * @param officialAccount the appid behind the shop's pages inside WeChat
   * @param miniProgram the appid of the shop's mini program
   * @param openid of the buyer in that mini program, to whom the wallet is paid out
   */
  public record Phones(
      URI alipay, URI wechat, String officialAccount, String miniProgram, String openid) {}

  private final CheckoutApi api;
  private final ShopPage page;
  private final Phones phones;
  private final Clock clock;
  private final List<String> orders = new CopyOnWriteArrayList<>();
  private final List<String> rentals = new CopyOnWriteArrayList<>();
  private final List<String> withdrawals = new CopyOnWriteArrayList<>();
  private final SandboxServer server;

  private Shop(InetSocketAddress address, CheckoutApi api, Phones phones, Clock clock)
      throws IOException {
    this.api = api;
    this.page = new ShopPage(phones);
    this.phones = phones;
    this.clock = clock;
    this.server = SandboxServer.start("shop", address, this::handle);
  }

  /** Opens the shop; it serves when this returns. */
  public static Shop start(InetSocketAddress address, CheckoutApi api, Phones phones, Clock clock)
      throws IOException {
    return new Shop(address, api, phones, clock);
  }

  /** A URL of the shop. */
  public URI uri(String path) {
    return server.uri(path);
  }

  private Response handle(Request request) {
    String path = request.path();
    if (path.equals("/")) {
      return Response.page(
          200, page.front(api.wallet(BUYER), recent(orders), recent(rentals), recent(withdrawals)));
    } else if (path.equals("/buy")) {
      // By GET too: WeChat sends the buyer back here, with a code.
      return buy(request, fields(request));
    } else if (path.equals("/top-up") && request.isPost()) {
      return shown(api.topUp("TOPUP" + NUMBER.format(clock.instant()), PRICE_FEN, BUYER, Map.of()));
    } else if (path.equals("/rent") && request.isPost()) {
      return rent();
    } else if (path.equals("/withdraw") && request.isPost()) {
      return withdraw(request.form().getOrDefault("channel", ""));
    } else if (path.startsWith("/withdrawals/")) {
      return withdrawal(request, path.substring("/withdrawals/".length()));
    } else if (path.startsWith("/orders/")) {
      return order(request, path.substring("/orders/".length()));
    } else if (path.startsWith("/rentals/")) {
      return rental(request, path.substring("/rentals/".length()));
    }
    return Response.text(404, "not found");
  }

  private static List<String> recent(List<String> ids) {
    return ids.subList(Math.max(0, ids.size() - SHOWN), ids.size());
  }

  private static Map<String, String> fields(Request request) {
    Map<String, String> fields = new LinkedHashMap<>(request.query());
    fields.putAll(request.form());
    return fields;
  }

  /** Opens a checkout, or pays an open one in another way. */
  private Response buy(Request request, Map<String, String> fields) {
    Optional<ShopWay> chosen = ShopWay.of(fields.getOrDefault("way", ""));
    if (chosen.isEmpty()) {
      return Response.page(400, page.problem("Choose a way to pay · 请选择支付方式"));
    }
    ShopWay way = chosen.get();
    String order = fields.getOrDefault("order", "");
    String code = fields.getOrDefault("code", "").strip();
    if (way.needsLogin() && code.isEmpty()) {
      return Response.seeOther(login(way, order));
    }
    if (!request.isPost() && code.isEmpty()) {
      return Response.seeOther(uri("/"));
    }
    CheckoutApi.Answer answer =
        order.isEmpty()
            ? api.open(
                "SHOP" + NUMBER.format(clock.instant()),
                PRICE_FEN,
                "book",
                EXPIRES_IN_SECONDS,
                BUYER,
                way.choice(code))
            : api.post("/v1/checkouts/" + order + "/payments", way.choice(code));
    return shown(answer);
  }

  /** Sends the buyer to the order that was opened. */
  private Response shown(CheckoutApi.Answer answer) {
    String id = answer.body().path("checkout_id").asText();
    if (id.isEmpty()) {
      return refused(answer);
    }
    if (!orders.contains(id)) {
      orders.add(id);
    }
    return Response.seeOther(uri("/orders/" + id));
  }

  /** WeChat tells who the buyer is, and sends the buyer back here with a code. */
  private URI login(ShopWay way, String order) {
    String back = uri("/buy") + "?way=" + way.name() + "&order=" + order;
    String appId =
        way == ShopWay.WECHAT_MINI_PROGRAM ? phones.miniProgram() : phones.officialAccount();
    return phones
        .wechat()
        .resolve(
            "/connect/oauth2/authorize?appid="
                + appId
                + "&redirect_uri="
                + URLEncoder.encode(back, StandardCharsets.UTF_8)
                + "&response_type=code&scope=snsapi_base&state=shop");
  }

  private Response order(Request request, String id) {
    if (request.isPost()) {
      CheckoutApi.Answer unused = api.post("/v1/checkouts/" + id + "/cancel", Map.of());
      return Response.seeOther(uri("/orders/" + id));
    }
    CheckoutApi.Answer answer = api.get("/v1/checkouts/" + id);
    return answer.status() == 200
        ? Response.page(200, page.order(answer.body(), uri("/orders/" + id).toString()))
        : refused(answer);
  }

  private Response rent() {
    CheckoutApi.Answer answer =
        api.rent("RENT" + NUMBER.format(clock.instant()), DEPOSIT_FEN, BUYER);
    String id = answer.body().path("service_order_id").asText();
    if (id.isEmpty()) {
      return refused(answer);
    }
    rentals.add(id);
    return Response.seeOther(uri("/rentals/" + id));
  }

  /** Shows a rental; a POST ends it, by bringing the umbrella back or by giving it up. */
  private Response rental(Request request, String id) {
    String path = "/v1/service-orders/" + id;
    CheckoutApi.Answer answer;
    if (request.isPost()) {
      answer =
          request.form().containsKey("cancel")
              ? api.post(path + "/cancel", Map.of("reason", "用户取消"))
              : api.complete(id, RENT_FEN);
      if (answer.status() < 300) {
        return Response.seeOther(uri("/rentals/" + id));
      }
    } else {
      answer = api.get(path);
    }
    return answer.status() < 300 ? Response.page(200, page.rental(answer.body())) : refused(answer);
  }

  /** Pays the wallet out to the buyer's account at a channel. */
  private Response withdraw(String channel) {
    Map<String, String> payee =
        channel.equals("alipay")
            ? Map.of("kind", "alipay_user_id", "account", ALIPAY_USER)
            : Map.of("kind", "wechat_openid", "account", phones.openid());
    long fen = Math.min(api.wallet(BUYER), MOST_PAID_OUT_FEN);
    CheckoutApi.Answer answer =
        api.withdraw("OUT" + NUMBER.format(clock.instant()), fen, BUYER, channel, payee);
    String no = answer.body().path("withdrawal_no").asText();
    if (no.isEmpty()) {
      return refused(answer);
    }
    withdrawals.add(no);
    return Response.seeOther(uri("/withdrawals/" + no));
  }

  /** Shows a withdrawal; a POST takes it back. */
  private Response withdrawal(Request request, String no) {
    String path = "/v1/withdrawals/" + no;
    if (request.isPost()) {
      CheckoutApi.Answer unused = api.post(path + "/cancel", Map.of("reason", "用户取消"));
      return Response.seeOther(uri("/withdrawals/" + no));
    }
    CheckoutApi.Answer answer = api.get(path);
    return answer.status() < 300
        ? Response.page(200, page.withdrawal(answer.body()))
        : refused(answer);
  }

  private Response refused(CheckoutApi.Answer answer) {
    return Response.page(
        answer.status(), page.problem(answer.body().path("detail").asText("no answer yet")));
  }

  @Override
  public void close() {
    server.close();
  }
}
