package dev.durablecheckout.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The example of docs/adding-a-channel.md is the one that is compiled, and keeps the contract. */
class AddingAChannelTest {
  private static final Path PAGE =
      DockerFolder.ROOT.resolveSibling("docs").resolve("adding-a-channel.md");
  private static final Pattern BLOCK =
      Pattern.compile("\\[`(\\w+\\.java)`\\]\\(([^)]+)\\)\\n\\n```java\\n(.*?)```", Pattern.DOTALL);

  private static List<MatchResult> blocks() throws IOException {
    return BLOCK.matcher(Files.readString(PAGE)).results().toList();
  }

  /** From the class's javadoc on. */
  private static String withoutImports(String source) {
    return source.substring(source.indexOf("/**"));
  }

  @Test
  void eachBlockIsItsFileWithoutImports() throws IOException {
    for (MatchResult block : blocks()) {
      Path file = PAGE.resolveSibling(block.group(2)).normalize();
      assertThat(file.getFileName().toString()).isEqualTo(block.group(1));
      assertThat(block.group(3))
          .as("the block of %s", block.group(1))
          .isEqualTo(withoutImports(Files.readString(file)));
    }
  }

  @Test
  void noFileOfTheFolderIsLeftOutAndNoOtherCodeIsThere() throws IOException {
    List<MatchResult> blocks = blocks();
    assertThat(Pattern.compile("```java").matcher(Files.readString(PAGE)).results())
        .hasSameSizeAs(blocks);
    Path folder = PAGE.resolveSibling(blocks.get(0).group(2)).normalize().getParent();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(blocks.stream().map(block -> block.group(1)))
          .containsExactlyInAnyOrderElementsOf(
              files.map(file -> file.getFileName().toString()).toList());
    }
  }
}
