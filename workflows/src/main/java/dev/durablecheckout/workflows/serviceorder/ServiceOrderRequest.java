package dev.durablecheckout.workflows.serviceorder;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's wish to render a service and be paid afterwards, as the workflow's input.
 * Idempotency key: {@code id}.
 *
 * @param requestId made anew for each HTTP request: a first answer that carries another one answers
 *     an earlier request
 * @param fingerprint digest of everything in the request that a repeat must not change
 * @param idempotencyKey the caller's {@code Idempotency-Key}, unique per merchant, if there was one
 * @param introduction of the service, at most 20 characters
 */
public record ServiceOrderRequest(
    ServiceOrderId id,
    String requestId,
    String fingerprint,
    @Nullable String idempotencyKey,
    String introduction,
    RiskFund riskFund,
    String buyerId,
    Map<String, String> metadata) {
  /** What Temporal's list of workflows shows of it. */
  public String summary() {
    return id + ", service order";
  }
}
