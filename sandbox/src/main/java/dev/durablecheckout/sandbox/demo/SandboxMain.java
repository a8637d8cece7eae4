package dev.durablecheckout.sandbox.demo;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import dev.durablecheckout.activities.db.DatabaseConfiguration;
import dev.durablecheckout.activities.secret.Secret;
import dev.durablecheckout.sandbox.gateway.alipay.AlipayGatewayConfiguration;
import dev.durablecheckout.sandbox.stack.Stack;
import dev.durablecheckout.sandbox.stack.StackOptions;
import io.dropwizard.logging.common.BootstrapLogging;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.sourceforge.argparse4j.ArgumentParsers;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import net.sourceforge.argparse4j.inf.Namespace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code ./checkout demo}: everything in one JVM, with links to click. {@code --once} plays the
 * stories by itself and exits 0 only if they went as told.
 */
public final class SandboxMain {
  private static final long A_WHILE_SECONDS = 600;
  private static final long LEFT_ALONE_SECONDS = 90;
  private static final long STOP_SECONDS = 30;

  private SandboxMain() {}

  public static void main(String[] arguments) throws Exception {
    // Before the API and the worker bring their own logging, warnings only.
    BootstrapLogging.bootstrap(Level.WARN);
    ArgumentParser parser = parser();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      Namespace parsed = parser.parseArgs(arguments);
      CountDownLatch stopped = new CountDownLatch(1);
      int code = run(options(parsed), parsed.getBoolean("once"), out, stopped);
      stopped.countDown();
      System.exit(code);
    } catch (ArgumentParserException e) {
      parser.handleError(e);
      System.exit(2);
    }
  }

  private static ArgumentParser parser() {
    ArgumentParser parser =
        ArgumentParsers.newFor("./checkout demo")
            .build()
            .description(
                "Everything in one JVM, with a simulated Alipay, WeChat Pay and order system.");
    parser
        .addArgument("--once")
        .action(Arguments.storeTrue())
        .help("play the stories by itself and stop; exit 0 only if all went as told");
    parser.addArgument("--temporal").metavar("HOST:PORT").help("use this Temporal server");
    parser
        .addArgument("--in-process-temporal")
        .action(Arguments.storeTrue())
        .help("use the server in this process even where a temporal binary is at hand");
    parser
        .addArgument("--database")
        .metavar("URL")
        .help(
            "use this PostgreSQL, jdbc:postgresql://...; user and password by DATABASE_USER,"
                + " DATABASE_PASSWORD");
    parser
        .addArgument("--data")
        .metavar("DIRECTORY")
        .setDefault(".checkout")
        .help("where keys, databases and logs are kept (default .checkout)");
    return parser;
  }

  private static StackOptions options(Namespace parsed) {
    return new StackOptions(
        Path.of(parsed.getString("data")).toAbsolutePath(),
        parsed.getString("temporal"),
        parsed.getBoolean("in_process_temporal"),
        database(parsed.getString("database")),
        true,
        AlipayGatewayConfiguration.HASTY_NOTIFIES);
  }

  private static @Nullable DatabaseConfiguration database(@Nullable String url) {
    if (url == null) {
      return null;
    }
    String user = System.getenv("DATABASE_USER");
    String password = System.getenv("DATABASE_PASSWORD");
    return new DatabaseConfiguration(
        url,
        user == null ? "postgres" : user,
        password == null ? null : new Secret(password),
        null);
  }

  private static int run(
      StackOptions options, boolean once, PrintStream out, CountDownLatch stopped)
      throws Exception {
    out.println("Starting PostgreSQL, Temporal, the simulated channels and order system ...");
    try (Stack stack = new Stack(options)) {
      out.println("Starting the worker and the API ...");
      stack.startWorker();
      stack.startApi();
      out.println("Temporal: " + stack.temporal().description());
      Stories stories = new Stories(stack, out, Clock.systemUTC());
      stories.stockUp(100);
      return once ? tell(stories, out) : stay(stack, stories, out, stopped);
    }
  }

  private static int tell(Stories stories, PrintStream out) {
    try {
      stories.paid();
      stories.leftAlone();
      stories.changedChannel();
      stories.paidFromTheWallet();
      stories.rented();
      stories.audited();
      out.println();
      out.println("All went as told.");
      return 0;
    } catch (StoryFailedException e) {
      out.println("  ✗ " + e.getMessage());
      return 1;
    }
  }

  private static int stay(Stack stack, Stories stories, PrintStream out, CountDownLatch stopped)
      throws InterruptedException {
    JsonNode toPay = stories.open("DEMO", A_WHILE_SECONDS);
    JsonNode toLeave = stories.open("LEFT", LEFT_ALONE_SECONDS);
    out.println();
    out.println("Pay this one:            " + toPay.get("cashier_url").asText());
    out.println("  as the buyer's phone:  " + toPay.at("/payment/credential/content").asText());
    out.println("The buyer's WeChat:      " + stack.wechatPay().uri("/buyer"));
    out.println("Leave this one alone:    " + toLeave.get("cashier_url").asText());
    out.println("  it closes at           " + toLeave.get("deadline").asText());
    out.println("Buy in every way:        " + stack.shop().uri("/"));
    out.println("What the shop heard:     " + stack.orderSystem().uri("/"));
    if (stack.temporal().ui() != null) {
      out.println("Temporal UI:             " + stack.temporal().ui());
    }
    out.println("API:                     " + stack.apiUrl() + "/openapi.yaml");
    out.println("  key                    in " + stack.yaml("keys/api-key"));
    out.println();
    out.println("Ctrl-C ends it; the data stays in " + stack.yaml("").toAbsolutePath());
    CountDownLatch interrupted = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  interrupted.countDown();
                  await(stopped);
                }));
    interrupted.await();
    // A terminal sends Ctrl-C to the Temporal server too; what is said of its absence is no news.
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)
        instanceof ch.qos.logback.classic.Logger l) {
      l.setLevel(Level.OFF);
    }
    out.println("Stopping ...");
    return 0;
  }

  private static void await(CountDownLatch stopped) {
    try {
      if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("The demo does not stop by itself.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
