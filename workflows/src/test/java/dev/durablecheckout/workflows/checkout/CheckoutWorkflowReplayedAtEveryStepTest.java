package dev.durablecheckout.workflows.checkout;

import io.temporal.worker.WorkerFactoryOptions;

/**
 * The same paths with a worker that forgets everything after each step, as if it were restarted
 * there.
 */
final class CheckoutWorkflowReplayedAtEveryStepTest extends CheckoutWorkflowTest {
  @Override
  WorkerFactoryOptions factoryOptions() {
    return WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(0).build();
  }
}
