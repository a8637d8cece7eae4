package dev.durablecheckout.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of this module, as the tests read them. */
final class DockerFolder {
  /** Maven runs the tests in the module's folder. */
  static final Path ROOT = Path.of("").toAbsolutePath();

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)(?::[?-]([^}]*))?\\}");
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z0-9_]+)=(.*)");

  private DockerFolder() {}

  static String text(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A YAML file as plain maps and lists; a key that is there twice is an error. */
  static Map<String, Object> yaml(String file) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new Yaml(new SafeConstructor(options)).load(text(file));
  }

  /** The names of all {@code ${NAME}} in a text. */
  static Set<String> variablesIn(String text) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  static boolean isVariable(String value) {
    return VARIABLE.matcher(value).matches();
  }

  /** Puts values in place of {@code ${NAME}}, as compose does. */
  static String resolve(String text, Map<String, String> values) {
    return VARIABLE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), "")));
  }

  /** The assignments of an env file, in order. */
  static Map<String, String> assignments(Path file) {
    try {
      Map<String, String> values = new LinkedHashMap<>();
      for (String line : Files.readAllLines(file)) {
        Matcher matcher = ASSIGNMENT.matcher(line);
        if (matcher.matches()) {
          values.put(matcher.group(1), matcher.group(2));
        }
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, String> exampleValues() {
    return assignments(ROOT.resolve(".env.example"));
  }
}
