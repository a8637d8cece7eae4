package dev.durablecheckout.activities.channel.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Messages, signatures and certificates of the real Alipay and WeChat Pay, published by others and
 * not kept in this repository. They are looked for in the directory that the system property {@code
 * shared.vectors} names, else beside the repository; tests without them are skipped, or fail if
 * {@code CHECKOUT_REQUIRE_VECTORS=true} is in the environment.
 */
public final class SharedVectors {
  private static final Path DIRECTORY =
      Path.of(
          System.getProperty(
              "shared.vectors",
              Path.of(System.getProperty("project.root", ".."), "..", "shared", "vectors")
                  .toString()));

  private SharedVectors() {}

  static String text(String file) {
    return text("alipay-nodejs", file);
  }

  public static String text(String folder, String file) {
    Path path = DIRECTORY.resolve(folder).resolve(file);
    boolean present = Files.isRegularFile(path);
    if ("true".equals(System.getenv("CHECKOUT_REQUIRE_VECTORS"))) {
      assertThat(present).as("the published vector " + file + " is required here").isTrue();
    }
    assumeTrue(present, "the published vector " + file + " is not on this machine");
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String file) {
    return ScriptedGateway.json(text(file));
  }
}
