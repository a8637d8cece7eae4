package dev.durablecheckout.api.scene;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/** Takes away from the API, and from it alone, what it stands on. */
public final class Switch {
  private volatile boolean booksAway;
  private volatile boolean booksBehind;
  private volatile boolean temporalAway;
  private volatile boolean temporalRefuses;
  private volatile boolean temporalSilent;

  public void booksAway(boolean away) {
    booksAway = away;
  }

  /** The API reads books in which nothing is written yet. */
  public void booksBehind(boolean behind) {
    booksBehind = behind;
  }

  /** Everything is there again. */
  public void reset() {
    booksAway = false;
    booksBehind = false;
    temporalAway = false;
    temporalRefuses = false;
    temporalSilent = false;
  }

  public void temporalAway(boolean away) {
    temporalAway = away;
  }

  /**
   * Temporal does nothing, and says so at once, as to one whose certificate has lapsed. For who
   * asks what a caller is answered then, and need not see that it was tried until patience ran out.
   */
  public void temporalRefuses(boolean refuses) {
    temporalRefuses = refuses;
  }

  private boolean temporalTakesNothing() {
    return temporalAway || temporalRefuses;
  }

  /** Temporal is connected to, and answers nothing. */
  public void temporalSilent(boolean silent) {
    temporalSilent = silent;
  }

  ConnectionFactory connections(DataSource books, DataSource empty) {
    return () -> connection(booksBehind ? empty : books);
  }

  private Connection connection(DataSource dataSource) throws SQLException {
    if (booksAway) {
      throw new SQLException("connection refused", "08001");
    }
    return dataSource.getConnection();
  }

  ClientInterceptor calls() {
    return new ClientInterceptor() {
      @Override
      public <Q, A> ClientCall<Q, A> interceptCall(
          MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
          @Override
          public void start(Listener<A> listener, Metadata headers) {
            if (temporalTakesNothing()) {
              Status status = temporalAway ? Status.UNAVAILABLE : Status.PERMISSION_DENIED;
              listener.onClose(status.withDescription("away"), new Metadata());
            } else {
              super.start(listener, headers);
            }
          }

          @Override
          public void sendMessage(Q message) {
            if (!temporalTakesNothing() && !temporalSilent) {
              super.sendMessage(message);
            }
          }

          @Override
          public void halfClose() {
            if (!temporalTakesNothing() && !temporalSilent) {
              super.halfClose();
            }
          }

          @Override
          public void request(int count) {
            if (!temporalTakesNothing()) {
              super.request(count);
            }
          }
        };
      }
    };
  }
}
