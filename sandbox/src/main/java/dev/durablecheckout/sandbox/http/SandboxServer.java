package dev.durablecheckout.sandbox.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler.Abstract;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server that gives every request to one handler. Jetty, as in the API: the JDK's own
 * rewrites the names of headers, by which clients of real channels find signatures.
 */
public final class SandboxServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SandboxServer.class);

  /** Faults hold a thread for as long as they last. */
  private static final int THREADS = 500;

  private static final int BUFFER = 1 << 16;

  /** Answers a request. May block; an exception becomes a 500. */
  @FunctionalInterface
  public interface Handler {
    Response handle(Request request) throws InterruptedException;
  }

  private final Server server;
  private final ServerConnector connector;

  private SandboxServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /** 127.0.0.1 at this port, 0 for any free one: reachable from this machine alone. */
  public static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /**
   * Starts a server.
   *
   * @param address where it listens; port 0 for any free one
   */
  public static SandboxServer start(String name, InetSocketAddress address, Handler handler)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName(name);
    threads.setDaemon(true);
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setUriCompliance(UriCompliance.UNSAFE);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(address.getAddress().getHostAddress());
    connector.setPort(address.getPort());
    server.addConnector(connector);
    server.setHandler(new Answering(handler));
    try {
      server.start();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(name + " does not start", e);
    }
    return new SandboxServer(server, connector);
  }

  private static final class Answering extends Abstract {
    private final SandboxServer.Handler handler;

    Answering(SandboxServer.Handler handler) {
      this.handler = handler;
    }

    @Override
    public boolean handle(
        org.eclipse.jetty.server.Request request,
        org.eclipse.jetty.server.Response response,
        Callback callback)
        throws IOException {
      Response answer = answer(request);
      if (answer.isNone()) {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        callback.failed(new IOException("no answer"));
        return true;
      }
      response.setStatus(answer.status());
      answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
      Response.BodyWriter writer = answer.writer();
      if (writer != null) {
        stream(writer, response, callback);
        return true;
      }
      response.write(true, ByteBuffer.wrap(answer.body()), callback);
      return true;
    }

    private static void stream(
        Response.BodyWriter writer, org.eclipse.jetty.server.Response response, Callback callback) {
      // In large pieces: what is small goes out at once, whether or not anybody reads it to its
      // end.
      try (OutputStream out =
          new BufferedOutputStream(Content.Sink.asOutputStream(response), BUFFER)) {
        writer.write(out);
      } catch (IOException e) {
        // Whoever asked has gone away.
        callback.failed(e);
        return;
      }
      callback.succeeded();
    }

    private Response answer(org.eclipse.jetty.server.Request request) throws IOException {
      try {
        return handler.handle(Request.of(request));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Response.none();
      } catch (RuntimeException e) {
        log.error("{} {} failed", request.getMethod(), request.getHttpURI().getPath(), e);
        return Response.text(500, "internal error");
      }
    }
  }

  /** The URL of a path on this server, as this machine reaches it. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
  }

  /** Stops at once: requests under way get no answer. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      log.warn("a simulated server did not stop", e);
    }
  }
}
