package dev.durablecheckout.api.checkout;

import dev.durablecheckout.activities.checkout.CheckoutDetails;
import dev.durablecheckout.activities.checkout.CheckoutReader;
import dev.durablecheckout.api.answer.Unanswered;
import dev.durablecheckout.api.cashier.CashierLinks;
import dev.durablecheckout.api.error.BooksTrouble;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutPurpose;
import dev.durablecheckout.workflows.checkout.CheckoutRequest;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.checkout.CheckoutView;
import dev.durablecheckout.workflows.client.CheckoutClient;
import dev.durablecheckout.workflows.client.NotRunningException;
import dev.durablecheckout.workflows.client.OutcomeUnknownException;
import dev.durablecheckout.workflows.client.RefusedException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Makes answers of what the books and the workflow say. The books are asked first: the workflow
 * writes them before it answers, so they are never behind it. Only the credential is the workflow's
 * alone.
 */
public final class CheckoutAnswers {
  private final CheckoutReader books;
  private final CheckoutClient client;
  private final CashierLinks links;
  private final Duration glance;

  /**
   * @param glance how long the workflow is waited for where an answer can do without it
   */
  public CheckoutAnswers(
      CheckoutReader books, CheckoutClient client, CashierLinks links, Duration glance) {
    this.books = books;
    this.client = client;
    this.links = links;
    this.glance = glance;
  }

  /** The answer to a POST that the workflow has answered. */
  Response opened(CheckoutRequest request, CheckoutView first) {
    boolean ours = first.requestId().equals(request.requestId());
    if (ours && first.status() == CheckoutStatus.AWAITING_PAYMENT) {
      return created(request.checkoutId(), CheckoutRepresentation.of(first, request, url(first)));
    }
    if (!first.fingerprint().equals(request.fingerprint())) {
      throw reused(request);
    }
    Optional<CheckoutDetails> details = findIfReachable(first.checkoutId());
    if (details.isEmpty()) {
      CheckoutView view = glance(first.checkoutId()).orElse(first);
      return Response.ok(CheckoutRepresentation.of(view, url(view))).build();
    }
    // Paid at once. Of a checkout that ended long ago this may be the first the workflow hears, not
    // the books.
    return details.get().requestId().equals(request.requestId())
        ? created(request.checkoutId(), current(details.get()))
        : Response.ok(current(details.get())).build();
  }

  /**
   * The answer to a POST of one whose workflow has ended and has no first answer: it was started
   * again. A number without a row was refused, and is used up.
   */
  Response ended(CheckoutRequest request) {
    return books
        .find(request.checkoutId())
        .filter(details -> details.fingerprint().equals(request.fingerprint()))
        .map(details -> Response.ok(current(details)).build())
        .orElseThrow(() -> reused(request));
  }

  private static ProblemException reused(CheckoutRequest request) {
    return ProblemException.reused(
        ProblemCode.MERCHANT_ORDER_NO_REUSED,
        "merchant_order_no " + request.checkoutId().orderNo());
  }

  private Response created(CheckoutId id, CheckoutRepresentation representation) {
    return Response.created(location(id)).entity(representation).build();
  }

  /** Whether it is the buyer's wallet that is paid for. While the books are down, not known: no. */
  boolean fillsWallet(CheckoutId id) {
    return findIfReachable(id)
        .filter(details -> details.purpose() == CheckoutPurpose.WALLET_TOP_UP)
        .isPresent();
  }

  /** The answer to a POST that nobody has answered in time. */
  Response opening(CheckoutId id) {
    return pending(id, PendingRepresentation.opening(id));
  }

  /** The answer to a GET. */
  Response stored(CheckoutId id) {
    return books
        .find(id)
        .map(details -> Response.ok(current(details)).build())
        .orElseGet(() -> notStored(id));
  }

  /** The workflow may have been taken on and not have reached the books yet. */
  private Response notStored(CheckoutId id) {
    try {
      client.view(id, glance);
    } catch (NotRunningException e) {
      throw ProblemException.noSuchCheckout(id.value());
    }
    try {
      client.firstAnswer(id, glance);
    } catch (RefusedException | NotRunningException e) {
      throw ProblemException.noSuchCheckout(id.value());
    } catch (OutcomeUnknownException e) {
      return opening(id);
    }
    return books
        .find(id)
        .map(details -> Response.ok(current(details)).build())
        .orElseGet(() -> opening(id));
  }

  /** The answer to an action that the workflow has carried out. */
  Response done(CheckoutView view) {
    CheckoutRepresentation representation =
        findIfReachable(view.checkoutId())
            .map(details -> CheckoutRepresentation.of(details, view.payment(), url(view)))
            .orElseGet(() -> CheckoutRepresentation.of(view, url(view)));
    return Response.ok(representation).build();
  }

  /** The answer to an action of which it is not known whether it was carried out. */
  Response unknown(CheckoutId id) {
    return pending(
        id,
        findIfReachable(id)
            .<Object>map(details -> CheckoutRepresentation.of(details, null, url(details)))
            .orElseGet(() -> PendingRepresentation.unknown(id)));
  }

  /** What the books have of a checkout whose workflow does not run; 404 if nothing. */
  CheckoutDetails ended(CheckoutId id) {
    return books.find(id).orElseThrow(() -> ProblemException.noSuchCheckout(id.value()));
  }

  Response ok(CheckoutDetails details) {
    return Response.ok(CheckoutRepresentation.of(details, null, url(details))).build();
  }

  private CheckoutRepresentation current(CheckoutDetails details) {
    if (details.checkout().status() != CheckoutStatus.AWAITING_PAYMENT) {
      return CheckoutRepresentation.of(details, null, url(details));
    }
    CheckoutId id = details.checkout().checkoutId();
    @Nullable CheckoutView live = glance(id).orElse(null);
    if (live != null && live.status() != CheckoutStatus.AWAITING_PAYMENT) {
      // It ended between the two questions.
      CheckoutDetails ended = books.find(id).orElse(details);
      return CheckoutRepresentation.of(ended, null, url(ended));
    }
    return CheckoutRepresentation.of(details, live == null ? null : live.payment(), url(details));
  }

  private Optional<CheckoutView> glance(CheckoutId id) {
    try {
      return Optional.of(client.view(id, glance));
    } catch (NotRunningException | OutcomeUnknownException e) {
      return Optional.empty();
    }
  }

  private Optional<CheckoutDetails> findIfReachable(CheckoutId id) {
    try {
      return books.find(id);
    } catch (JdbiException e) {
      if (BooksTrouble.isTemporary(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Response pending(CheckoutId id, Object entity) {
    return Unanswered.of(entity, location(id));
  }

  private String url(CheckoutView view) {
    return links.url(view.checkoutId(), view.deadline());
  }

  private String url(CheckoutDetails details) {
    return links.url(details.checkout().checkoutId(), details.checkout().deadline());
  }

  private URI location(CheckoutId id) {
    return links.publicUrl().resolve("v1/checkouts/" + id.value());
  }
}
