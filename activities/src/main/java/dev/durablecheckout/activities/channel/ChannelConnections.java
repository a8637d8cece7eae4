package dev.durablecheckout.activities.channel;

import dev.durablecheckout.activities.http.BoundedHttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** What channels reach the world with. Accounts with the same timeout share their connections. */
public final class ChannelConnections {
  private final Clock clock;
  private final Jdbi books;
  private final Map<Duration, BoundedHttpClient> clients = new HashMap<>();

  public ChannelConnections(Clock clock, Jdbi books) {
    this.clock = clock;
    this.books = books;
  }

  public Clock clock() {
    return clock;
  }

  public Jdbi books() {
    return books;
  }

  /** The client for those who wait so long for a connection. */
  public synchronized BoundedHttpClient http(Duration connectTimeout) {
    return clients.computeIfAbsent(connectTimeout, BoundedHttpClient::new);
  }
}
