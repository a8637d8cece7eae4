package dev.durablecheckout.api.cashier;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import dev.durablecheckout.activities.channel.health.ChannelHealth;
import dev.durablecheckout.activities.checkout.CheckoutDetails;
import dev.durablecheckout.activities.checkout.CheckoutReader;
import dev.durablecheckout.api.cashier.CashierLinks.Link;
import dev.durablecheckout.api.cashier.CashierPage.Message;
import dev.durablecheckout.api.checkout.PayOffers;
import dev.durablecheckout.api.error.BooksTrouble;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.checkout.CheckoutView;
import dev.durablecheckout.workflows.client.CheckoutClient;
import dev.durablecheckout.workflows.client.NotRunningException;
import dev.durablecheckout.workflows.client.OutcomeUnknownException;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayMethod;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.glassfish.jersey.server.ChunkedOutput;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page on which a buyer pays. Whoever has its link may see it, and nothing else. */
@Path("/cashier/{token}")
@Hidden
public final class CashierResource {
  private static final Logger log = LoggerFactory.getLogger(CashierResource.class);
  private static final String HTML = "text/html; charset=utf-8";
  private static final String EVENTS = "text/event-stream";
  private static final Duration MAX_GLANCE = Duration.ofSeconds(2);

  private final CashierLinks links;
  private final CashierPage page;
  private final CashierFeed feed;
  private final Throttle throttle;
  private final ChosenPayments payments;
  private final PayOffers offers;
  private final ChannelHealth health;
  private final CheckoutReader books;
  private final CheckoutClient client;
  private final Duration patience;
  private final Clock clock;

  private CashierResource(
      CashierLinks links,
      CashierPage page,
      CashierFeed feed,
      Throttle throttle,
      ChosenPayments payments,
      PayOffers offers,
      ChannelHealth health,
      CheckoutReader books,
      CheckoutClient client,
      Duration patience,
      Clock clock) {
    this.links = links;
    this.page = page;
    this.feed = feed;
    this.throttle = throttle;
    this.payments = payments;
    this.offers = offers;
    this.health = health;
    this.books = books;
    this.client = client;
    this.patience = patience;
    this.clock = clock;
  }

  /** The resource of these merchants' checkouts, with what only the cashier needs. */
  public static CashierResource of(
      CashierConfiguration configuration,
      Supplier<ImmutableMap<MerchantId, String>> merchantNames,
      PayOffers offers,
      ChannelHealth health,
      CashierAssets assets,
      CashierLinks links,
      CashierFeed feed,
      ChosenPayments payments,
      CheckoutReader books,
      CheckoutClient client,
      Duration patience,
      Clock clock) {
    return new CashierResource(
        links,
        new CashierPage(merchantNames, assets.version()),
        feed,
        new Throttle(configuration.confirmInterval(), clock),
        payments,
        offers,
        health,
        books,
        client,
        patience,
        clock);
  }

  @GET
  @Produces(HTML)
  public Response show(
      @PathParam("token") String token,
      @QueryParam("lang") @Nullable String lang,
      @QueryParam("go") @Nullable String go,
      @QueryParam("back") @Nullable String back,
      @Context HttpHeaders headers) {
    CashierTexts texts = CashierTexts.choose(lang, headers.getAcceptableLanguages());
    Optional<Link> link = links.read(token);
    if (link.isEmpty()) {
      return html(404, page.message(Message.LINK_UNKNOWN, texts));
    }
    if (link.get().isExpired(clock.instant())) {
      return html(410, page.message(Message.LINK_EXPIRED, texts));
    }
    CheckoutId id = link.get().checkoutId();
    Optional<CheckoutDetails> details;
    try {
      details = books.find(id);
    } catch (JdbiException e) {
      if (BooksTrouble.isTemporary(e)) {
        return html(503, page.message(Message.UNAVAILABLE, texts));
      }
      throw e;
    }
    Visit visit =
        new Visit(
            Device.of(headers.getHeaderString(HttpHeaders.USER_AGENT)),
            offers.of(id.merchant()),
            down(id.merchant()),
            links.page(token),
            Visit.Arrival.of(go, back));
    return details
        .map(
            found ->
                html(200, page.checkout(token, found, live(found), visit, texts, clock.instant())))
        .orElseGet(() -> html(200, page.message(Message.PREPARING, texts)));
  }

  /** The credential lives in the workflow alone; a page without it says so and asks again. */
  private @Nullable CheckoutView live(CheckoutDetails details) {
    if (details.checkout().status() != CheckoutStatus.AWAITING_PAYMENT) {
      return null;
    }
    try {
      Duration glance = patience.compareTo(MAX_GLANCE) < 0 ? patience : MAX_GLANCE;
      return client.view(details.checkout().checkoutId(), glance);
    } catch (NotRunningException | OutcomeUnknownException e) {
      return null;
    }
  }

  @GET
  @Path("/status")
  @Produces(MediaType.APPLICATION_JSON)
  public CashierStatus status(@PathParam("token") String token) {
    return statusOf(links.open(token, clock.instant()));
  }

  /**
   * Suspended from the start: otherwise Jersey writes what there is to write, and only then
   * suspends the request; a stream that was ended in between would leave its request open for ever.
   */
  @GET
  @Path("/events")
  @Produces(EVENTS)
  public void events(@PathParam("token") String token, @Suspended AsyncResponse response) {
    CheckoutId id = links.open(token, clock.instant());
    ChunkedOutput<String> output =
        feed.open(id, statusOf(id))
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ProblemCode.TOO_MANY_REQUESTS, "too many pages are open; ask for status"));
    response.resume(Response.ok(output).type(EVENTS).header("X-Accel-Buffering", "no").build());
  }

  @POST
  @Path("/confirm")
  public Response confirm(
      @PathParam("token") String token,
      @QueryParam("lang") @Nullable String lang,
      @Context HttpHeaders headers) {
    CheckoutId id = links.open(token, clock.instant());
    boolean fromScript =
        headers.getAcceptableMediaTypes().contains(MediaType.APPLICATION_JSON_TYPE);
    boolean admitted = throttle.admits(id);
    if (admitted) {
      askChannel(id);
    } else if (fromScript) {
      throw ProblemException.of(
          ProblemCode.TOO_MANY_REQUESTS,
          "the channel was asked a moment ago",
          HttpHeaders.RETRY_AFTER,
          "5");
    }
    if (fromScript) {
      return Response.ok(statusOf(id), MediaType.APPLICATION_JSON_TYPE).build();
    }
    CashierTexts texts = CashierTexts.choose(lang, headers.getAcceptableLanguages());
    return Response.seeOther(URI.create(links.page(token) + "?lang=" + texts.language())).build();
  }

  /** The buyer chooses a way to pay, or another one. */
  @POST
  @Path("/pay")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response pay(
      @PathParam("token") String token,
      @FormParam("way") @Nullable String way,
      @FormParam("again") @Nullable String again,
      @QueryParam("lang") @Nullable String lang,
      @Context HttpHeaders headers,
      @Context HttpServletRequest request) {
    CheckoutId id = links.open(token, clock.instant());
    Device device = Device.of(headers.getHeaderString(HttpHeaders.USER_AGENT));
    Way chosen =
        Way.of(device, offers.of(id.merchant())).stream()
            .filter(offered -> offered.word().equals(way) && !offered.asksWhoPays())
            .findFirst()
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ProblemCode.METHOD_NOT_OFFERED, "choose one of the ways on the page"));
    CashierTexts texts = CashierTexts.choose(lang, headers.getAcceptableLanguages());
    String page = links.page(token) + "?lang=" + texts.language();
    payments.begin(
        id, chosen.choice(clientIp(chosen, request), page + "&back=1", "1".equals(again)), null);
    return Response.seeOther(URI.create(page + "&go=1")).build();
  }

  /** As the proxy in front says it, if there is one; WeChat compares it with what it sees. */
  private static String clientIp(Way way, HttpServletRequest request) {
    String address = request.getRemoteAddr().replaceAll("[\\[\\]]", "");
    if (way.method() == PayMethod.H5 && !InetAddresses.isInetAddress(address)) {
      throw ProblemException.of(
          ProblemCode.METHOD_NOT_OFFERED, "the address of the buyer's phone is not known");
    }
    return address;
  }

  /** Whoever cannot be asked is taken to be up: the page is for paying. */
  private ImmutableSet<Channel> down(MerchantId merchant) {
    try {
      return health.down(merchant);
    } catch (JdbiException e) {
      log.warn("it is not known which channels answer: {}", e.getMessage());
      return ImmutableSet.of();
    }
  }

  private void askChannel(CheckoutId id) {
    try {
      client.confirm(id, null, patience);
    } catch (NotRunningException | OutcomeUnknownException e) {
      // The books know how it ended, or the polls go on: the page shows what is known.
      return;
    }
  }

  private CashierStatus statusOf(CheckoutId id) {
    return books
        .find(id)
        .map(details -> CashierStatus.of(details, clock.instant()))
        .orElseGet(() -> new CashierStatus("preparing", "preparing"));
  }

  private static Response html(int status, String body) {
    return Response.status(status).type(HTML).entity(body).build();
  }
}
