package dev.durablecheckout.api.withdrawal;

import dev.durablecheckout.activities.withdrawal.WithdrawalReader;
import dev.durablecheckout.activities.withdrawal.WithdrawalRow;
import dev.durablecheckout.api.answer.Unanswered;
import dev.durablecheckout.api.auth.Caller;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.workflows.client.NotRunningException;
import dev.durablecheckout.workflows.client.OutcomeUnknownException;
import dev.durablecheckout.workflows.client.RefusedException;
import dev.durablecheckout.workflows.client.WithdrawalClient;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalNo;
import dev.durablecheckout.workflows.withdrawal.WithdrawalRequest;
import dev.durablecheckout.workflows.withdrawal.WithdrawalStatus;
import dev.durablecheckout.workflows.withdrawal.WithdrawalView;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes answers of what the books and the workflow say of a withdrawal. The workflow writes the
 * books before it answers; only what the buyer confirms with, and why nothing is paid out now, are
 * the workflow's alone.
 */
public final class WithdrawalAnswers {
  private final WithdrawalReader books;
  private final WithdrawalClient client;
  private final URI publicUrl;
  private final Duration glance;

  /**
   * @param glance how long the workflow is waited for where an answer can do without it
   */
  public WithdrawalAnswers(
      WithdrawalReader books, WithdrawalClient client, URI publicUrl, Duration glance) {
    this.books = books;
    this.client = client;
    this.publicUrl = publicUrl;
    this.glance = glance;
  }

  /** Reads a merchant's number out of a path. It is the caller's own, or there is none. */
  static MerchantOrderNo number(String path) {
    try {
      return MerchantOrderNo.of(path);
    } catch (IllegalArgumentException e) {
      throw unknown(path);
    }
  }

  static WithdrawalNo no(SecurityContext security, MerchantOrderNo number) {
    return WithdrawalNo.of(Caller.of(security).merchant(), number);
  }

  private static ProblemException unknown(String number) {
    return ProblemException.of(ProblemCode.NOT_FOUND, "this merchant has no withdrawal " + number);
  }

  /** The answer to a POST that the workflow has answered. */
  Response opened(WithdrawalRequest request, WithdrawalView first) {
    if (!first.fingerprint().equals(request.fingerprint())) {
      throw reused(request);
    }
    WithdrawalRepresentation current = current(request.no(), request.merchantNo());
    return first.requestId().equals(request.requestId())
        ? Response.created(location(request.merchantNo())).entity(current).build()
        : Response.ok(current).build();
  }

  /**
   * The answer to a POST of one whose workflow has ended and has no first answer: it was started
   * again. A number without a row was refused: nothing was taken, and it is used up.
   */
  Response ended(WithdrawalRequest request) {
    if (books
        .find(request.no())
        .filter(row -> row.fingerprint().equals(request.fingerprint()))
        .isEmpty()) {
      throw reused(request);
    }
    return Response.ok(current(request.no(), request.merchantNo())).build();
  }

  private static ProblemException reused(WithdrawalRequest request) {
    return ProblemException.reused(
        ProblemCode.WITHDRAWAL_NO_REUSED, "withdrawal_no " + request.merchantNo());
  }

  /** The answer to a GET. */
  Response stored(WithdrawalNo no, MerchantOrderNo number) {
    return books
        .find(no)
        .map(row -> Response.ok(current(row)).build())
        .orElseGet(() -> notStored(no, number));
  }

  /**
   * The workflow may have been taken on and not have reached the books yet. Whoever is told that
   * there is none takes another number, and both are paid: so that is said only if it is certain.
   */
  private Response notStored(WithdrawalNo no, MerchantOrderNo number) {
    try {
      WithdrawalView unused = knownTo(no);
    } catch (RefusedException | NotRunningException e) {
      throw unknown(number.value());
    } catch (OutcomeUnknownException e) {
      return pending(number);
    }
    return books
        .find(no)
        .map(row -> Response.ok(current(row)).build())
        .orElseGet(() -> pending(number));
  }

  /** A server that was restarted may have lost the question of one that waits for its workers. */
  private WithdrawalView knownTo(WithdrawalNo no) {
    try {
      return client.firstAnswer(no, glance);
    } catch (NotRunningException e) {
      return client.view(no, glance);
    }
  }

  private WithdrawalRepresentation current(WithdrawalNo no, MerchantOrderNo number) {
    return current(found(no, number));
  }

  private WithdrawalRepresentation current(WithdrawalRow row) {
    return WithdrawalRepresentation.of(
        row, row.withdrawal().status().isHeld() ? live(row.no()) : null);
  }

  private WithdrawalRow found(WithdrawalNo no, MerchantOrderNo number) {
    return books.find(no).orElseThrow(() -> unknown(number.value()));
  }

  private @Nullable WithdrawalView live(WithdrawalNo no) {
    try {
      return client.view(no, glance);
    } catch (NotRunningException | OutcomeUnknownException e) {
      return null;
    }
  }

  /** The answer to a wish to take it back. */
  Response cancelled(WithdrawalNo no, MerchantOrderNo number, Supplier<WithdrawalView> command) {
    try {
      WithdrawalView unused = command.get();
      return stored(no, number);
    } catch (OutcomeUnknownException e) {
      return pending(number);
    } catch (NotRunningException e) {
      WithdrawalStatus status = found(no, number).withdrawal().status();
      if (status.isHeld()) {
        return pending(number);
      }
      if (status != WithdrawalStatus.FAILED) {
        throw ProblemException.of(ProblemCode.WITHDRAWAL_STATE, "the withdrawal is " + status);
      }
      return stored(no, number);
    }
  }

  /** The answer where nobody has answered in time. */
  Response pending(MerchantOrderNo number) {
    return Unanswered.of(new PendingWithdrawal(number.value(), "unknown"), location(number));
  }

  private URI location(MerchantOrderNo number) {
    return publicUrl.resolve("v1/withdrawals/" + number.value());
  }
}
