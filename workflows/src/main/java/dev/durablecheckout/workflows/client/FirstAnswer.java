package dev.durablecheckout.workflows.client;

/**
 * Where the answer that a workflow was started for is kept: one update of one id, whose outcome the
 * server stores. Who asks again under the same number is answered what the first call was answered.
 */
record FirstAnswer<V>(String workflowId, String updateId, Class<V> type) {}
