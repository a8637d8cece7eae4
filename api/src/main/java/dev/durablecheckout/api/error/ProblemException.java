package dev.durablecheckout.api.error;

import com.google.common.collect.ImmutableMap;
import java.util.List;

/** Ends a request with a {@link Problem}. */
public final class ProblemException extends RuntimeException {
  private final transient Problem problem;
  private final transient ImmutableMap<String, String> headers;

  private ProblemException(Problem problem, ImmutableMap<String, String> headers) {
    super(problem.detail());
    this.problem = problem;
    this.headers = headers;
  }

  public static ProblemException of(ProblemCode code, String detail) {
    return new ProblemException(Problem.of(code, detail), ImmutableMap.of());
  }

  /** With a header of the answer, such as Retry-After. */
  public static ProblemException of(ProblemCode code, String detail, String header, String value) {
    return new ProblemException(Problem.of(code, detail), ImmutableMap.of(header, value));
  }

  /**
   * The request's fields are wrong.
   *
   * @param faults at least one
   */
  public static ProblemException of(List<FieldFault> faults) {
    return new ProblemException(Problem.ofFaults(faults), ImmutableMap.of());
  }

  public static ProblemException noSuchCheckout(String id) {
    return of(ProblemCode.NOT_FOUND, "this merchant has no checkout " + id);
  }

  /**
   * A number of the merchant's stands for another request.
   *
   * @param number with its name in front
   */
  public static ProblemException reused(ProblemCode code, String number) {
    return of(code, number + " exists with another request; a repeat must say the same");
  }

  public Problem problem() {
    return problem;
  }

  ImmutableMap<String, String> headers() {
    return headers;
  }
}
