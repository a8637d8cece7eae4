package dev.durablecheckout.workflows.serviceorder;

import io.temporal.worker.WorkerFactoryOptions;

/** The same without a cache: each workflow task replays the history, and must come to the same. */
final class ServiceOrderWorkflowReplayedAtEveryStepTest extends ServiceOrderWorkflowTest {
  @Override
  WorkerFactoryOptions factoryOptions() {
    return WorkerFactoryOptions.newBuilder().setWorkflowCacheSize(0).build();
  }
}
