package dev.durablecheckout.activities.channel.alipay;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Sockets below HTTP, for what a well-behaved server cannot do. Counts the requests it read. */
final class RawServer implements AutoCloseable {
  /** What happens on one connection; afterwards it is reset. */
  interface Connection {
    void serve(RawServer server, Socket socket) throws IOException;
  }

  private final ServerSocket server;
  private final Thread acceptor;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile @Nullable Socket current;

  RawServer(Connection connection) {
    try {
      server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    acceptor = new Thread(() -> accept(connection));
    acceptor.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/gateway.do");
  }

  int requests() {
    return requests.get();
  }

  private void accept(Connection connection) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        current = socket;
        socket.setSoLinger(true, 0);
        connection.serve(this, socket);
      } catch (IOException e) {
        // Closed by the test, or by the client: another connection may come.
      }
    }
  }

  void readRequest(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.append((char) next);
    }
    String lower = head.toString().toLowerCase(Locale.ROOT);
    int at = lower.indexOf("content-length:") + "content-length:".length();
    int length = Integer.parseInt(lower.substring(at, lower.indexOf("\r\n", at)).strip());
    if (in.readNBytes(length).length == length) {
      requests.incrementAndGet();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Socket open = current;
    if (open != null) {
      open.close();
    }
    Uninterruptibles.joinUninterruptibly(acceptor);
  }
}
