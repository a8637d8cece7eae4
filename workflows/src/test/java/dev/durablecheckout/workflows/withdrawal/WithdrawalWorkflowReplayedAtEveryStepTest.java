package dev.durablecheckout.workflows.withdrawal;

import io.temporal.worker.WorkerFactoryOptions;

/** The same without a cache: each workflow task replays the history, and must come to the same. */
final class WithdrawalWorkflowReplayedAtEveryStepTest extends WithdrawalWorkflowTest {
  @Override
  WorkerFactoryOptions factoryOptions() {
    return WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(0).build();
  }
}
