package dev.durablecheckout.api.refund;

import dev.durablecheckout.activities.refund.RefundDetails;
import dev.durablecheckout.activities.refund.RefundReader;
import dev.durablecheckout.api.answer.Unanswered;
import dev.durablecheckout.api.error.BooksTrouble;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.workflows.client.NotRunningException;
import dev.durablecheckout.workflows.client.OutcomeUnknownException;
import dev.durablecheckout.workflows.client.RefundClient;
import dev.durablecheckout.workflows.client.RefusedException;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.refund.OutRefundNo;
import dev.durablecheckout.workflows.refund.RefundNo;
import dev.durablecheckout.workflows.refund.RefundOrder;
import dev.durablecheckout.workflows.refund.RefundRequest;
import dev.durablecheckout.workflows.refund.RefundView;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Makes answers of what the books and the workflow say of a refund. */
public final class RefundAnswers {
  private final RefundReader books;
  private final RefundClient client;
  private final URI publicUrl;
  private final Duration glance;

  /**
   * @param glance how long the workflow is waited for where an answer can do without it
   */
  public RefundAnswers(RefundReader books, RefundClient client, URI publicUrl, Duration glance) {
    this.books = books;
    this.client = client;
    this.publicUrl = publicUrl;
    this.glance = glance;
  }

  /** The answer to a POST that the workflow has answered. */
  Response accepted(RefundOrder refund, RefundRequest request, RefundView first) {
    checkRepeats(request.refundNo(), first.fingerprint(), request.fingerprint());
    RefundRepresentation representation = current(refund, request.refundNo(), first);
    return request.requestId().equals(first.requestId())
        ? Response.created(location(request.refundNo())).entity(representation).build()
        : Response.ok(representation).build();
  }

  private RefundRepresentation current(RefundOrder refund, RefundNo refundNo, RefundView first) {
    RefundDetails accepted = new RefundDetails(refund, first.status(), null, null);
    try {
      return RefundRepresentation.of(
          books.find(refund.checkoutId().merchant(), refundNo).orElse(accepted));
    } catch (JdbiException e) {
      if (BooksTrouble.isTemporary(e)) {
        return RefundRepresentation.of(accepted);
      }
      throw e;
    }
  }

  /** The answer to a POST of a refund that is in the books. */
  Response repeated(RefundNo refundNo, RefundDetails details, String fingerprint) {
    RefundRequest request = details.refund().request();
    checkRepeats(refundNo, request == null ? null : request.fingerprint(), fingerprint);
    return Response.ok(RefundRepresentation.of(details)).build();
  }

  /**
   * The answer to a POST of one whose workflow has ended and has no first answer. A number without
   * a row was refused, and is used up.
   */
  Response ended(RefundOrder refund, RefundRequest request) {
    return books
        .find(refund.checkoutId().merchant(), request.refundNo())
        .map(details -> repeated(request.refundNo(), details, request.fingerprint()))
        .orElseThrow(() -> reused(request.refundNo()));
  }

  private static ProblemException reused(RefundNo refundNo) {
    return ProblemException.reused(ProblemCode.REFUND_NO_REUSED, "refund_no " + refundNo);
  }

  private static void checkRepeats(RefundNo refundNo, @Nullable String known, String asked) {
    if (!asked.equals(known)) {
      throw reused(refundNo);
    }
  }

  /** The answer to a GET. */
  Response stored(MerchantId merchant, String number) {
    return books
        .find(merchant, number)
        .map(details -> Response.ok(RefundRepresentation.of(details)).build())
        .orElseGet(() -> notStored(merchant, number));
  }

  /** The workflow may have been taken on and not have reached the books yet. */
  private Response notStored(MerchantId merchant, String number) {
    if (!number.matches(RefundNo.FORM)) {
      throw unknownRefund(number);
    }
    RefundNo refundNo = RefundNo.of(number);
    try {
      RefundView unused = client.firstAnswer(OutRefundNo.requested(merchant, refundNo), glance);
    } catch (RefusedException | NotRunningException e) {
      throw unknownRefund(number);
    } catch (OutcomeUnknownException e) {
      return pending(refundNo);
    }
    return books
        .find(merchant, number)
        .map(details -> Response.ok(RefundRepresentation.of(details)).build())
        .orElseGet(() -> pending(refundNo));
  }

  private static ProblemException unknownRefund(String number) {
    return ProblemException.of(ProblemCode.NOT_FOUND, "this merchant has no refund " + number);
  }

  /** The answer where nobody has answered in time. */
  Response pending(RefundNo refundNo) {
    return Unanswered.of(PendingRefund.of(refundNo), location(refundNo));
  }

  private URI location(RefundNo refundNo) {
    return publicUrl.resolve("v1/refunds/" + refundNo.value());
  }
}
