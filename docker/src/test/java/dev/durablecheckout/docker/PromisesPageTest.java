package dev.durablecheckout.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each test that docs/promises.md names is there, is a test, and is run. */
class PromisesPageTest {
  private static final Path PROJECT = DockerFolder.ROOT.getParent();
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)#(\\w+)`");
  private static final Pattern TEST =
      Pattern.compile("\\n +@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b");
  private static final int FEWEST_ROWS = 22;

  private static final Map<String, String> TESTS = sources();

  /** Of every class among the tests of all modules: its source, by its name. */
  private static Map<String, String> sources() {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> modules = Files.list(PROJECT)) {
      for (Path tests : modules.map(module -> module.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(tests)) {
          try (Stream<Path> files = Files.walk(tests)) {
            files
                .filter(file -> file.toString().endsWith(".java"))
                .forEach(file -> sources.merge(name(file), read(file), String::concat));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> rows() throws IOException {
    return Files.readAllLines(PROJECT.resolve("docs/promises.md")).stream()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| what goes wrong"))
        .toList();
  }

  @Test
  void eachRowNamesATest() throws IOException {
    assertThat(rows())
        .hasSizeGreaterThanOrEqualTo(FEWEST_ROWS)
        .allSatisfy(row -> assertThat(row).containsPattern(NAMED));
  }

  @Test
  void eachNamedTestIsThereAndIsRun() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String row : rows()) {
      for (MatchResult named : NAMED.matcher(row).results().toList()) {
        if (!isTest(named.group(1), named.group(2)) || !isRun(named.group(1))) {
          missing.add(named.group());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void otherNamesWouldBeMissed() {
    assertThat(isTest("PromisesPageTest", "otherNamesWouldBeMissed")).isTrue();
    assertThat(isTest("PromisesPageTest", "isRun")).as("no test").isFalse();
    assertThat(isTest("PromisesPageTest", "isGone")).isFalse();
    assertThat(isTest("GoneTest", "isTest")).isFalse();
    assertThat(isRun("PromisesPageTest")).isTrue();
    assertThat(isRun("DockerFolder")).isFalse();
  }

  /** A method that annotations right above it make a test. */
  private static boolean isTest(String className, String method) {
    String source = TESTS.getOrDefault(className, "");
    Matcher found =
        Pattern.compile("\n +(?:default |final )*(?:void|Stream<DynamicTest>) " + method + "\\(")
            .matcher(source);
    if (!found.find()) {
      return false;
    }
    // What is above it, down from the end of what comes before.
    String above = source.substring(source.lastIndexOf("\n\n", found.start()) + 1, found.start());
    return TEST.matcher(above).find() && !above.contains("@Disabled");
  }

  /** The build runs what is called so; the rest is run if it is part of such a one. */
  private static boolean isRun(String className) {
    return className.endsWith("Test")
        || TESTS.entrySet().stream()
            .filter(
                each ->
                    Pattern.compile("(?:extends|implements)[^{(;]{0,300}\\b" + className + "\\b")
                        .matcher(each.getValue())
                        .find())
            .anyMatch(each -> isRun(each.getKey()));
  }
}
