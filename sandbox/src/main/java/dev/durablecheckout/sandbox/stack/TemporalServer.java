package dev.durablecheckout.sandbox.stack;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A Temporal server that the sandbox uses: its own, or yours. */
public interface TemporalServer extends AutoCloseable {
  /** {@code host:port} of the frontend. */
  String target();

  /** Where a browser sees it; absent where it has no UI. */
  @Nullable URI ui();

  /** One line for the screen: what it is, and what is missing with it. */
  String description();

  @Override
  void close();

  /** One that is running already: yours, not stopped at the end. */
  static TemporalServer yours(String target) {
    return new TemporalServer() {
      @Override
      public String target() {
        return target;
      }

      @Override
      public @Nullable URI ui() {
        return null;
      }

      @Override
      public String description() {
        return "yours, at " + target;
      }

      @Override
      public void close() {}
    };
  }
}
