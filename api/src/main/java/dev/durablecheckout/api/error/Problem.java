package dev.durablecheckout.api.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.common.collect.ImmutableList;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as callers see it (RFC 9457).
 *
 * @param field the first field that is wrong, where one is
 * @param errors everything that is wrong with the fields
 */
@Schema(description = "An error (RFC 9457). Branch on code; title and detail are for people")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    @Schema(example = "urn:durable-checkout:problem:invalid_request") String type,
    @Schema(example = "The request is not valid") String title,
    @Schema(example = "400") int status,
    @Schema(example = "invalid_request") String code,
    @Schema(example = "amount_fen must be at least 1") String detail,
    @Schema(example = "amount_fen", nullable = true) @Nullable String field,
    @Schema(nullable = true) @Nullable List<FieldFault> errors) {
  /** The media type of errors. */
  public static final String MEDIA_TYPE = "application/problem+json";

  public static Problem of(ProblemCode code, String detail) {
    return new Problem(type(code), code.title(), code.status(), code.wire(), detail, null, null);
  }

  /** A problem with a status of the HTTP layer that no code of ours has. */
  static Problem ofStatus(int status, String detail) {
    ProblemCode code = ProblemCode.REQUEST_REFUSED;
    return new Problem(type(code), code.title(), status, code.wire(), detail, null, null);
  }

  static Problem ofFaults(List<FieldFault> faults) {
    ProblemCode code = ProblemCode.INVALID_REQUEST;
    FieldFault first = faults.get(0);
    String detail =
        (first.field() + " " + first.detail()).strip()
            + (faults.size() > 1 ? " (and " + (faults.size() - 1) + " more)" : "");
    return new Problem(
        type(code),
        code.title(),
        code.status(),
        code.wire(),
        detail,
        first.field(),
        ImmutableList.copyOf(faults));
  }

  private static String type(ProblemCode code) {
    return "urn:durable-checkout:problem:" + code.wire();
  }
}
