package dev.durablecheckout.activities.secret;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A secret from the configuration: the text itself, or {@code {file: /path}}. It does not print,
 * and has no JSON form.
 */
public final class Secret {
  private static final int MAX_BYTES = 64 * 1024;

  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /**
   * Reads a file each time that the configuration is read; the line break at its end is no part of
   * the secret.
   *
   * @throws IllegalArgumentException naming the file that cannot be read, never what is in it
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Secret read(JsonNode json) {
    if (json.isTextual()) {
      return new Secret(json.textValue());
    }
    checkArgument(
        json.size() == 1 && json.path("file").isTextual(),
        "a secret is a text, or {file: /path/of/a/file}");
    return new Secret(contentOf(Path.of(json.get("file").textValue())));
  }

  private static String contentOf(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      checkArgument(content.length <= MAX_BYTES, "the secret in %s is too long", file);
      return new String(content, StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new IllegalArgumentException("the secret in " + file + " cannot be read", e);
    }
  }

  /** The secret itself: use it, do not keep it. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret that
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
