package dev.durablecheckout.api.cashier;

import com.google.common.collect.ImmutableMap;
import dev.durablecheckout.activities.checkout.CheckoutDetails;
import dev.durablecheckout.activities.checkout.CheckoutReader;
import dev.durablecheckout.api.cashier.CashierLinks.Link;
import dev.durablecheckout.api.cashier.CashierPage.Message;
import dev.durablecheckout.api.error.BooksTrouble;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.client.CheckoutClient;
import dev.durablecheckout.workflows.client.NotRunningException;
import dev.durablecheckout.workflows.client.OutcomeUnknownException;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.PaymentView;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.glassfish.jersey.server.ChunkedOutput;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** The page on which a buyer pays. Whoever has its link may see it, and nothing else. */
@Path("/cashier/{token}")
@Hidden
public final class CashierResource {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String EVENTS = "text/event-stream";
  private static final Duration MAX_GLANCE = Duration.ofSeconds(2);

  private final CashierLinks links;
  private final CashierPage page;
  private final CashierFeed feed;
  private final ConfirmThrottle throttle;
  private final CheckoutReader books;
  private final CheckoutClient client;
  private final Duration patience;
  private final Clock clock;

  private CashierResource(
      CashierLinks links,
      CashierPage page,
      CashierFeed feed,
      ConfirmThrottle throttle,
      CheckoutReader books,
      CheckoutClient client,
      Duration patience,
      Clock clock) {
    this.links = links;
    this.page = page;
    this.feed = feed;
    this.throttle = throttle;
    this.books = books;
    this.client = client;
    this.patience = patience;
    this.clock = clock;
  }

  /** The resource of these merchants' checkouts, with what only the cashier needs. */
  public static CashierResource of(
      CashierConfiguration configuration,
      ImmutableMap<MerchantId, String> merchantNames,
      CashierAssets assets,
      CashierLinks links,
      CashierFeed feed,
      CheckoutReader books,
      CheckoutClient client,
      Duration patience,
      Clock clock) {
    return new CashierResource(
        links,
        new CashierPage(merchantNames, assets.version()),
        feed,
        new ConfirmThrottle(configuration.confirmInterval(), clock),
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
      @Context HttpHeaders headers) {
    CashierTexts texts = CashierTexts.choose(lang, headers.getAcceptableLanguages());
    Optional<Link> link = links.read(token);
    if (link.isEmpty()) {
      return html(404, page.message(Message.LINK_UNKNOWN, texts));
    }
    if (isExpired(link.get())) {
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
    return details
        .map(found -> html(200, page.checkout(token, found, live(found), texts, clock.instant())))
        .orElseGet(() -> html(200, page.message(Message.PREPARING, texts)));
  }

  /** The credential lives in the workflow alone; a page without it says so and asks again. */
  private @Nullable PaymentView live(CheckoutDetails details) {
    if (details.checkout().status() != CheckoutStatus.AWAITING_PAYMENT) {
      return null;
    }
    try {
      Duration glance = patience.compareTo(MAX_GLANCE) < 0 ? patience : MAX_GLANCE;
      return client.view(details.checkout().checkoutId(), glance).payment();
    } catch (NotRunningException | OutcomeUnknownException e) {
      return null;
    }
  }

  @GET
  @Path("/status")
  @Produces(MediaType.APPLICATION_JSON)
  public CashierStatus status(@PathParam("token") String token) {
    return statusOf(checkoutOf(token));
  }

  @GET
  @Path("/events")
  @Produces(EVENTS)
  public Response events(@PathParam("token") String token) {
    CheckoutId id = checkoutOf(token);
    ChunkedOutput<String> output =
        feed.open(id, statusOf(id))
            .orElseThrow(
                () ->
                    ProblemException.of(
                        ProblemCode.TOO_MANY_REQUESTS, "too many pages are open; ask for status"));
    return Response.ok(output).type(EVENTS).header("X-Accel-Buffering", "no").build();
  }

  @POST
  @Path("/confirm")
  public Response confirm(
      @PathParam("token") String token,
      @QueryParam("lang") @Nullable String lang,
      @Context HttpHeaders headers) {
    CheckoutId id = checkoutOf(token);
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
    return Response.seeOther(
            URI.create(links.publicUrl().resolve("cashier/" + token) + "?lang=" + texts.language()))
        .build();
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

  private CheckoutId checkoutOf(String token) {
    Link link =
        links
            .read(token)
            .orElseThrow(
                () -> ProblemException.of(ProblemCode.NOT_FOUND, "the link is not one of ours"));
    if (isExpired(link)) {
      throw ProblemException.of(ProblemCode.LINK_EXPIRED, "the link has expired");
    }
    return link.checkoutId();
  }

  private boolean isExpired(Link link) {
    return !clock.instant().isBefore(link.expires());
  }

  private static Response html(int status, String body) {
    return Response.status(status).type(HTML).entity(body).build();
  }
}
