package dev.durablecheckout.sandbox.faults;

import ch.qos.logback.classic.Level;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.durablecheckout.sandbox.stack.Stack;
import dev.durablecheckout.sandbox.stack.StackOptions;
import io.dropwizard.logging.common.BootstrapLogging;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import net.sourceforge.argparse4j.ArgumentParsers;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import net.sourceforge.argparse4j.inf.Namespace;

/**
 * {@code ./checkout faults}: many random checkouts in bad weather, then the count of the money.
 * Exit code 0 only if every fen is where it has to be.
 */
public final class FaultsMain {
  private FaultsMain() {}

  public static void main(String[] arguments) throws Exception {
    BootstrapLogging.bootstrap(Level.ERROR);
    ArgumentParser parser = parser();
    try {
      System.exit(run(parser.parseArgs(arguments)));
    } catch (ArgumentParserException e) {
      parser.handleError(e);
      System.exit(2);
    }
  }

  private static ArgumentParser parser() {
    ArgumentParser parser =
        ArgumentParsers.newFor("./checkout faults")
            .build()
            .description(
                "Plays random checkouts (paid, left, cancelled, paid late, paid twice, refunded) and"
                    + " withdrawals while both simulated channels lose, double and delay what they can; then counts the money.");
    parser
        .addArgument("--checkouts")
        .type(Integer.class)
        .setDefault(1_000)
        .help("how many (default 1000)");
    parser
        .addArgument("--shoppers")
        .type(Integer.class)
        .setDefault(16)
        .help("how many of them at a time (default 16)");
    parser
        .addArgument("--seed")
        .type(Long.class)
        .setDefault(1L)
        .help("the same seed makes the same plans (default 1)");
    parser
        .addArgument("--data")
        .metavar("DIRECTORY")
        .help("where databases and logs are kept, empty before; default: thrown away afterwards");
    return parser;
  }

  private static int run(Namespace parsed) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    String data = parsed.getString("data");
    Path directory =
        data == null
            ? Files.createTempDirectory("checkout-faults")
            : Path.of(data).toAbsolutePath();
    out.println(
        "Starting PostgreSQL, Temporal, the simulated channels, the worker and the API ...");
    try (Stack stack = new Stack(StackOptions.forTests(directory).withDevServer())) {
      stack.startWorker();
      stack.startApi();
      out.println("Temporal: " + stack.temporal().description());
      BadDay day = new BadDay(stack, out, Clock.systemUTC());
      Conservation counted =
          day.play(parsed.getInt("checkouts"), parsed.getInt("shoppers"), parsed.getLong("seed"));
      day.print(counted);
      return counted.findings().isEmpty() ? 0 : 1;
    } finally {
      if (data == null) {
        delete(directory);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
  }
}
