package dev.durablecheckout.activities.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a secret can come from, and where it never goes. */
final class SecretTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void isTheTextItself() throws Exception {
    assertThat(JSON.readValue("\"hush\"", Secret.class).reveal()).isEqualTo("hush");
  }

  @Test
  void isWhatAFileHoldsWithoutTheLineBreakAtItsEnd() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), "-----BEGIN\nhush\n-----END\n\n");

    assertThat(read(file).reveal()).isEqualTo("-----BEGIN\nhush\n-----END");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> read(folder.resolve("nowhere")))
        .rootCause()
        .hasMessageContaining("nowhere");
  }

  @Test
  void aFileThatIsTooLongIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), "x".repeat(64 * 1024 + 1));

    assertThatThrownBy(() -> read(file))
        .hasMessageContaining("is too long")
        .message()
        .doesNotContain("xxx");
  }

  @Test
  void anotherFormIsRefused() {
    assertThatThrownBy(() -> JSON.readValue("{\"path\":\"/x\"}", Secret.class))
        .hasMessageContaining("a secret is a text, or {file: /path/of/a/file}");
  }

  @Test
  void equalsWhatSaysTheSameAndPrintsNothing() {
    assertThat(new Secret("hush")).isEqualTo(new Secret("hush")).isNotEqualTo(new Secret("hust"));
    assertThat(new Secret("hush")).hasToString("(secret)");
  }

  private Secret read(Path file) throws Exception {
    return JSON.readValue(JSON.writeValueAsString(Map.of("file", file.toString())), Secret.class);
  }
}
