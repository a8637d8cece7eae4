package dev.durablecheckout.sandbox.stack;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.internal.testservice.GRPCServerHelper;
import io.temporal.internal.testservice.TestServicesStarter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Temporal's test server in this JVM, in real time: enough for the stories, without UI,
 * persistence, lists or schedules. Its public factory binds every interface, hence the internal
 * classes: this one is bound to loopback.
 */
final class InProcessTemporal implements TemporalServer {
  private final TestServicesStarter services;
  private final Server server;

  private InProcessTemporal(TestServicesStarter services, Server server) {
    this.services = services;
    this.server = server;
  }

  static InProcessTemporal start() throws IOException {
    boolean realTime = true;
    TestServicesStarter services = new TestServicesStarter(realTime, 0);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    GRPCServerHelper.registerServicesAndHealthChecks(services.getServices(), builder);
    return new InProcessTemporal(services, builder.build().start());
  }

  @Override
  public String target() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public @Nullable URI ui() {
    return null;
  }

  @Override
  public String description() {
    return "in this process (no `temporal` on the PATH: no UI, nothing survives the end of the demo)";
  }

  @Override
  public void close() {
    server.shutdownNow();
    services.close();
  }
}
