package dev.durablecheckout.activities.health;

import com.codahale.metrics.health.HealthCheck;
import io.grpc.StatusRuntimeException;
import io.temporal.serviceclient.WorkflowServiceStubs;

/** Whether Temporal answers. */
public final class TemporalHealthCheck extends HealthCheck {
  private final WorkflowServiceStubs stubs;

  public TemporalHealthCheck(WorkflowServiceStubs stubs) {
    this.stubs = stubs;
  }

  @Override
  protected Result check() {
    try {
      stubs.healthCheck();
      return Result.healthy();
    } catch (StatusRuntimeException e) {
      return Result.unhealthy("Temporal does not answer: " + e.getStatus().getCode());
    }
  }
}
