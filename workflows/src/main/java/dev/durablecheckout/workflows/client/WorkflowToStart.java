package dev.durablecheckout.workflows.client;

import io.temporal.common.SearchAttributes;

/**
 * A workflow that the books want to be running.
 *
 * @param workflowId its business id
 * @param type the workflow's interface
 * @param input its one argument
 * @param summary for the list of workflows in the UI
 * @param attributes what operators find it by
 */
public record WorkflowToStart(
    String workflowId, Class<?> type, Object input, String summary, SearchAttributes attributes) {
  public WorkflowToStart(String workflowId, Class<?> type, Object input, String summary) {
    this(workflowId, type, input, summary, SearchAttributes.EMPTY);
  }
}
