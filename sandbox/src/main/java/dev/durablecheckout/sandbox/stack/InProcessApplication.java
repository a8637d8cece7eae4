package dev.durablecheckout.sandbox.stack;

import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.util.JarLocation;
import java.nio.file.Path;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/** The API or the worker as it is in production, from its YAML, inside this JVM. */
public final class InProcessApplication<C extends Configuration> implements AutoCloseable {
  private final Application<C> application;
  private @Nullable Server server;

  private InProcessApplication(Application<C> application) {
    this.application = application;
  }

  /** Starts it and returns when it serves. */
  public static <C extends Configuration> InProcessApplication<C> start(
      Application<C> application, Path yaml) throws Exception {
    InProcessApplication<C> running = new InProcessApplication<>(application);
    running.start(yaml);
    return running;
  }

  private void start(Path yaml) throws Exception {
    Bootstrap<C> bootstrap =
        new Bootstrap<>(application) {
          @Override
          public void run(C configuration, Environment environment) throws Exception {
            super.run(configuration, environment);
            environment.lifecycle().addServerLifecycleListener(InProcessApplication.this::took);
          }
        };
    bootstrap.addCommand(new ServerCommand<>(application));
    application.initialize(bootstrap);
    Cli cli = new Cli(new JarLocation(getClass()), bootstrap, System.out, System.err);
    cli.run("server", yaml.toString()).ifPresent(InProcessApplication::rethrow);
  }

  /** Whoever started it stops it, in order; Jetty would do so at once when the JVM ends. */
  private void took(Server started) {
    started.setStopAtShutdown(false);
    server = started;
  }

  private static void rethrow(Throwable e) {
    throw new IllegalStateException("does not start", e);
  }

  /** The port of its first connector. */
  public int port() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return ((NetworkConnector) server.getConnectors()[0]).getLocalPort();
  }

  @Override
  public void close() {
    if (server == null) {
      return;
    }
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(application.getName() + " does not stop", e);
    }
  }
}
