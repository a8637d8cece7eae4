package dev.durablecheckout.workflows.command;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Commands whose handlers wait for a workflow's {@code run}, which alone acts: one after the other,
 * in the order in which they were asked.
 *
 * @param <V> what they are answered
 */
public final class AskedCommands<V> {
  private final Deque<Asked> asked = new ArrayDeque<>();

  /** One that waits. */
  @FunctionalInterface
  public interface Asked {
    /** Carries it out, and answers its handler; only a refusal is an answer, too. */
    void serve();
  }

  /** For a handler: hands the work to {@code run} and waits for what comes of it. */
  public V ask(Functions.Func<V> work) {
    CompletablePromise<V> answer = Workflow.newPromise();
    asked.add(() -> serve(work, answer));
    return answer.get();
  }

  private static <V> void serve(Functions.Func<V> work, CompletablePromise<V> answer) {
    try {
      answer.complete(work.apply());
    } catch (ApplicationFailure e) {
      answer.completeExceptionally(e);
    }
  }

  public boolean isEmpty() {
    return asked.isEmpty();
  }

  /** Takes the one that was asked first. */
  public Asked remove() {
    return asked.remove();
  }
}
