package dev.durablecheckout.api.error;

import dev.durablecheckout.api.answer.Unanswered;
import dev.durablecheckout.workflows.client.OutcomeUnknownException;
import dev.durablecheckout.workflows.client.RefusedException;
import dev.durablecheckout.workflows.temporal.FailureType;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where whatever went wrong becomes an answer. Nothing of our insides is told. */
public final class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger log = LoggerFactory.getLogger(ProblemMapper.class);

  private final Supplier<UUID> references;

  // Jersey hands in a proxy per field.
  @Context
  private @SuppressWarnings("NullAway.Init") UriInfo uri;

  @Context
  private @SuppressWarnings("NullAway.Init") Request request;

  /**
   * @param references ties the answer to a line of the log
   */
  public ProblemMapper(Supplier<UUID> references) {
    this.references = references;
  }

  @Override
  public Response toResponse(Throwable e) {
    if (e instanceof ProblemException ours) {
      Response.ResponseBuilder response = response(ours.problem());
      ours.headers().forEach(response::header);
      return response.build();
    }
    if (e instanceof RefusedException refused) {
      return response(refusal(refused)).build();
    }
    if (e instanceof OutcomeUnknownException) {
      log.warn("no answer from Temporal: {}", e.getMessage());
      return retryLater(
          Problem.of(
              ProblemCode.OUTCOME_UNKNOWN,
              "no answer in time; the request may have been taken: ask again"));
    }
    if (e instanceof JdbiException books && BooksTrouble.isTemporary(books)) {
      log.warn("the books cannot be reached: {}", e.getMessage());
      return retryLater(
          Problem.of(ProblemCode.BOOKS_UNAVAILABLE, "the books cannot be read; ask again"));
    }
    if (e instanceof WebApplicationException http) {
      return ofHttp(http);
    }
    return internal(e);
  }

  private static Problem refusal(RefusedException refused) {
    return Problem.of(codeOf(refused.type()), String.valueOf(refused.getMessage()));
  }

  private static ProblemCode codeOf(FailureType type) {
    return switch (type) {
      case MERCHANT_ORDER_NO_REUSED -> ProblemCode.MERCHANT_ORDER_NO_REUSED;
      case IDEMPOTENCY_KEY_REUSED -> ProblemCode.IDEMPOTENCY_KEY_REUSED;
      case OUT_OF_STOCK -> ProblemCode.OUT_OF_STOCK;
      case VOUCHER_NOT_USABLE -> ProblemCode.VOUCHER_NOT_USABLE;
      case ALREADY_PAID -> ProblemCode.ALREADY_PAID;
      case ALREADY_CLOSED -> ProblemCode.ALREADY_CLOSED;
      case TOO_LATE_TO_PAY -> ProblemCode.TOO_LATE_TO_PAY;
      case TOO_MANY_ATTEMPTS -> ProblemCode.TOO_MANY_ATTEMPTS;
      case PAYER_NOT_IDENTIFIED -> ProblemCode.PAYER_NOT_IDENTIFIED;
      case CLOSING -> ProblemCode.CLOSING;
      case REFUND_NO_REUSED -> ProblemCode.REFUND_NO_REUSED;
      case CHECKOUT_NOT_PAID -> ProblemCode.CHECKOUT_NOT_PAID;
      case REFUND_EXCEEDS_LEFT -> ProblemCode.REFUND_EXCEEDS_LEFT;
      case REFUND_ITEMS_MISMATCH -> ProblemCode.REFUND_ITEMS_MISMATCH;
      case TOO_MANY_REFUNDS -> ProblemCode.TOO_MANY_REFUNDS;
      case REFUND_STATE -> ProblemCode.REFUND_STATE;
      case WITHDRAWAL_NO_REUSED -> ProblemCode.WITHDRAWAL_NO_REUSED;
      case INSUFFICIENT_BALANCE -> ProblemCode.INSUFFICIENT_BALANCE;
      case WITHDRAWAL_LIMIT -> ProblemCode.WITHDRAWAL_LIMIT;
      case WITHDRAWAL_STATE -> ProblemCode.WITHDRAWAL_STATE;
      case SERVICE_ORDER_STATE -> ProblemCode.SERVICE_ORDER_STATE;
      case SERVICE_END_INVALID -> ProblemCode.SERVICE_END_INVALID;
      case RISK_FUND_EXCEEDED -> ProblemCode.RISK_FUND_EXCEEDED;
      case BILL_NOT_LOWER -> ProblemCode.BILL_NOT_LOWER;
      case CHANNEL_REFUSED -> ProblemCode.CHANNEL_REFUSED;
      case NO_SUCH_ITEM -> ProblemCode.NOT_FOUND;
      case REASON_MISSING -> ProblemCode.INVALID_REQUEST;
      case TOP_UP_NOT_REFUNDABLE -> ProblemCode.TOP_UP_NOT_REFUNDABLE;
      case NOT_PAID_YET,
          BILL_DAMAGED,
          NOT_CHANGED_YET,
          CHANNEL_OUTCOME_UNKNOWN,
          CHANNEL_REST,
          EVENT_NOT_ACKNOWLEDGED ->
          ProblemCode.OUTCOME_UNKNOWN;
    };
  }

  private Response ofHttp(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    if (status >= 500) {
      return internal(e);
    }
    String route = request.getMethod() + " /" + uri.getPath();
    Problem problem =
        switch (status) {
          case 404 -> Problem.of(ProblemCode.NOT_FOUND, "there is no " + route);
          case 405 ->
              Problem.of(
                  ProblemCode.METHOD_NOT_ALLOWED,
                  "there is no " + route + "; the Allow header says what there is");
          case 406 ->
              Problem.of(
                  ProblemCode.NOT_ACCEPTABLE, "the Accept header fits no answer of " + route);
          case 415 ->
              Problem.of(
                  ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                  "send the body of " + route + " with Content-Type: application/json");
          default -> Problem.ofStatus(status, "the request for " + route + " cannot be served");
        };
    Response.ResponseBuilder response = response(problem);
    Object allow = e.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
    if (allow != null) {
      response.header(HttpHeaders.ALLOW, allow);
    }
    return response.build();
  }

  private Response internal(Throwable e) {
    UUID reference = references.get();
    log.error("unexpected, reference {}", reference, e);
    return response(Problem.of(ProblemCode.INTERNAL_ERROR, "our log knows more under " + reference))
        .build();
  }

  private static Response retryLater(Problem problem) {
    return response(problem).header(HttpHeaders.RETRY_AFTER, Unanswered.RETRY_SECONDS).build();
  }

  private static Response.ResponseBuilder response(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
  }
}
