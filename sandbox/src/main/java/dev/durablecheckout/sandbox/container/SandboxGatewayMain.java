package dev.durablecheckout.sandbox.container;

import ch.qos.logback.classic.Level;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayGateway;
import dev.durablecheckout.sandbox.gateway.wechatpay.WechatPayGateway;
import dev.durablecheckout.sandbox.ordersystem.OrderSystem;
import io.dropwizard.logging.common.BootstrapLogging;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/**
 * The simulated Alipay, WeChat Pay and order system, configured by environment variables. Runs
 * until it is asked to stop; exit code 2 if it is told nonsense, 1 if it cannot start.
 */
public final class SandboxGatewayMain {
  private static final int BAD_SETTINGS = 2;

  private SandboxGatewayMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    BootstrapLogging.bootstrap(Level.WARN);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      serve(GatewaySettings.of(System.getenv()), out);
    } catch (InvalidSettingsException e) {
      e.faults().forEach(System.err::println);
      System.exit(BAD_SETTINGS);
    } catch (IOException e) {
      System.err.println("cannot start: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void serve(GatewaySettings settings, PrintStream out)
      throws IOException, InterruptedException {
    Clock clock = Clock.systemUTC();
    try (AlipayGateway alipay = AlipayGateway.start(settings.alipay(clock));
        WechatPayGateway wechatPay = WechatPayGateway.start(settings.wechatPay(clock));
        OrderSystem orders =
            OrderSystem.start(settings.orderSystem(), settings.eventsSecret(), clock)) {
      out.println("simulated Alipay:        " + alipay.gatewayUrl());
      out.println("simulated WeChat Pay:    " + wechatPay.gatewayUrl());
      out.println("simulated order system:  " + orders.uri("/"));
      untilAskedToStop();
    }
    out.println("stopped");
  }

  /** Returns at SIGTERM or SIGINT; the JVM then waits for the caller to close what it has open. */
  private static void untilAskedToStop() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    Thread main = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  asked.countDown();
                  try {
                    main.join(5_000);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
    asked.await();
  }
}
