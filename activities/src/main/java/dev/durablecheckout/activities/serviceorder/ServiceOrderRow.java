package dev.durablecheckout.activities.serviceorder;

import dev.durablecheckout.workflows.serviceorder.RiskFund;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRecord;
import java.time.Instant;
import java.util.Map;

/** A service order with what only the API and the events need of it. */
public record ServiceOrderRow(
    ServiceOrderRecord order,
    String requestId,
    String fingerprint,
    String introduction,
    RiskFund riskFund,
    String buyerId,
    Map<String, String> metadata,
    Instant createdAt) {}
