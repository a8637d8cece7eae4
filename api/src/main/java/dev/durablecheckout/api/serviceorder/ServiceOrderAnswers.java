package dev.durablecheckout.api.serviceorder;

import dev.durablecheckout.activities.serviceorder.ServiceOrderReader;
import dev.durablecheckout.activities.serviceorder.ServiceOrderRow;
import dev.durablecheckout.api.answer.Unanswered;
import dev.durablecheckout.api.auth.Caller;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.workflows.client.NotRunningException;
import dev.durablecheckout.workflows.client.OutcomeUnknownException;
import dev.durablecheckout.workflows.client.RefusedException;
import dev.durablecheckout.workflows.client.ServiceOrderClient;
import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRequest;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderStatus;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderView;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes answers of what the books and the workflow say of a service order. */
public final class ServiceOrderAnswers {
  private final ServiceOrderReader books;
  private final ServiceOrderClient client;
  private final URI publicUrl;
  private final Duration glance;

  /**
   * @param glance how long the workflow is waited for where an answer can do without it
   */
  public ServiceOrderAnswers(
      ServiceOrderReader books, ServiceOrderClient client, URI publicUrl, Duration glance) {
    this.books = books;
    this.client = client;
    this.publicUrl = publicUrl;
    this.glance = glance;
  }

  /** Reads an id out of a path. Another merchant's is as unknown as one that never was. */
  static ServiceOrderId id(SecurityContext security, String path) {
    try {
      ServiceOrderId id = ServiceOrderId.parse(path);
      if (id.merchant().equals(Caller.of(security).merchant())) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // No id at all.
    }
    throw unknownOrder(path);
  }

  static ProblemException unknownOrder(String id) {
    return ProblemException.of(ProblemCode.NOT_FOUND, "this merchant has no service order " + id);
  }

  /** The answer to a POST that the workflow has answered. */
  Response opened(ServiceOrderRequest request, ServiceOrderView first) {
    if (!first.fingerprint().equals(request.fingerprint())) {
      throw reused(request);
    }
    return first.requestId().equals(request.requestId())
        ? Response.created(location(request.id()))
            .entity(ServiceOrderRepresentation.of(first))
            .build()
        : stored(request.id());
  }

  /**
   * The answer to a POST of one whose workflow has ended and has no first answer: it was started
   * again. A number without a row was refused, and is used up.
   */
  Response ended(ServiceOrderRequest request) {
    return books
        .find(request.id())
        .filter(row -> row.fingerprint().equals(request.fingerprint()))
        .map(row -> Response.ok(current(row)).build())
        .orElseThrow(() -> reused(request));
  }

  private static ProblemException reused(ServiceOrderRequest request) {
    return ProblemException.reused(
        ProblemCode.MERCHANT_ORDER_NO_REUSED, "merchant_order_no " + request.id().orderNo());
  }

  /** The answer to a GET. */
  Response stored(ServiceOrderId id) {
    return books
        .find(id)
        .map(row -> Response.ok(current(row)).build())
        .orElseGet(() -> notStored(id));
  }

  /** The workflow may have been taken on and not have reached the books yet. */
  private Response notStored(ServiceOrderId id) {
    try {
      ServiceOrderView unused = knownTo(id);
    } catch (RefusedException | NotRunningException e) {
      throw unknownOrder(id.value());
    } catch (OutcomeUnknownException e) {
      return pending(id);
    }
    return books
        .find(id)
        .map(row -> Response.ok(current(row)).build())
        .orElseGet(() -> pending(id));
  }

  /** A server that was restarted may have lost the question of one that waits for its workers. */
  private ServiceOrderView knownTo(ServiceOrderId id) {
    try {
      return client.firstAnswer(id, glance);
    } catch (NotRunningException e) {
      return client.view(id, glance);
    }
  }

  private ServiceOrderRepresentation current(ServiceOrderRow row) {
    @Nullable PayCredential credential =
        row.order().status() == ServiceOrderStatus.CREATED ? credential(row.order().id()) : null;
    return ServiceOrderRepresentation.of(row, credential);
  }

  private ServiceOrderRow found(ServiceOrderId id) {
    return books.find(id).orElseThrow(() -> unknownOrder(id.value()));
  }

  /** Only the workflow has it. */
  private @Nullable PayCredential credential(ServiceOrderId id) {
    try {
      return client.view(id, glance).credential();
    } catch (NotRunningException | OutcomeUnknownException e) {
      return null;
    }
  }

  /**
   * The answer to a command.
   *
   * @param isDone whether an order that has ended so is what the command asked for
   */
  Response commanded(
      ServiceOrderId id, Supplier<ServiceOrderView> command, Predicate<ServiceOrderRow> isDone) {
    try {
      return Response.ok(ServiceOrderRepresentation.of(command.get())).build();
    } catch (OutcomeUnknownException e) {
      return pending(id);
    } catch (NotRunningException e) {
      ServiceOrderRow row = found(id);
      if (!row.order().status().isFinal()) {
        return pending(id);
      }
      if (!isDone.test(row)) {
        throw ProblemException.of(
            ProblemCode.SERVICE_ORDER_STATE, "the order is " + row.order().status());
      }
      return Response.ok(ServiceOrderRepresentation.of(row, null)).build();
    }
  }

  /** The answer where nobody has answered in time. */
  Response pending(ServiceOrderId id) {
    return Unanswered.of(PendingServiceOrder.of(id), location(id));
  }

  private URI location(ServiceOrderId id) {
    return publicUrl.resolve("v1/service-orders/" + id.value());
  }
}
