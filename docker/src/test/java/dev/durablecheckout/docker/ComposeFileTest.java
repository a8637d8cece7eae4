package dev.durablecheckout.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ComposeFileTest {
  private static final Pattern PINNED =
      Pattern.compile("[a-z0-9/-]+:[0-9]+\\.[0-9]+[0-9A-Za-z._-]*");
  private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:([0-9]+):([0-9]+)");

  static Stream<ComposeService> services() {
    return ComposeService.all().values().stream();
  }

  @Test
  void runsEverythingThatACheckoutNeeds() {
    assertThat(ComposeService.all().keySet())
        .contains("postgres", "temporal", "temporal-ui", "migrate", "worker", "api", "sandbox");
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyImageIsPinnedToAVersion(ComposeService service) {
    assertThat(DockerFolder.resolve(service.image(), DockerFolder.exampleValues())).matches(PINNED);
  }

  @Test
  void theBaseImageIsPinnedToAVersion() {
    List<String> bases =
        DockerFolder.text("Dockerfile")
            .lines()
            .filter(line -> line.startsWith("FROM ") && !line.startsWith("FROM runtime "))
            .map(line -> line.split(" ", -1)[1])
            .toList();
    assertThat(bases).hasSize(1).allMatch(base -> PINNED.matcher(base).matches());
  }

  @ParameterizedTest
  @MethodSource("services")
  void waitsOnlyForWhatCanComeTrue(ComposeService service) {
    service
        .dependsOn()
        .forEach(
            (name, condition) -> {
              ComposeService other = ComposeService.named(name);
              assertThat(other).as(name).isNotNull();
              switch (condition) {
                case "service_healthy" ->
                    assertThat(other.hasHealthcheck()).as("%s has a health check", name).isTrue();
                case "service_completed_successfully" ->
                    assertThat(other.isOneShot()).as("%s ends by itself", name).isTrue();
                default -> assertThat(condition).isIn("service_healthy");
              }
            });
  }

  @ParameterizedTest
  @MethodSource("services")
  void whatStaysUpIsWatched(ComposeService service) {
    assertThat(service.hasHealthcheck()).isNotEqualTo(service.isOneShot());
  }

  @Test
  void hostPortsAreOnLoopbackAndDoNotClash() {
    Set<String> taken = new HashSet<>();
    services()
        .flatMap(service -> service.ports().stream())
        .map(port -> DockerFolder.resolve(port, DockerFolder.exampleValues()))
        .forEach(
            port -> {
              Matcher matcher = PORT.matcher(port);
              assertThat(matcher.matches()).as(port).isTrue();
              assertThat(taken.add(matcher.group(1))).as("%s is free", port).isTrue();
            });
    assertThat(taken).isNotEmpty();
  }

  @Test
  void everyMountedFileExistsAndEveryVolumeIsDeclared() {
    Map<?, ?> declared = (Map<?, ?>) DockerFolder.yaml("compose.yaml").get("volumes");
    services()
        .flatMap(service -> service.volumes().stream())
        .map(volume -> volume.split(":", -1)[0])
        .forEach(
            source -> {
              if (source.startsWith("./")) {
                assertThat(DockerFolder.ROOT.resolve(source).normalize()).matches(Files::exists);
              } else {
                assertThat(declared.containsKey(source)).as(source).isTrue();
              }
            });
  }

  @Test
  void theDatabaseSurvivesItsContainer() {
    assertThat(ComposeService.named("postgres").volumes()).contains("postgres:/var/lib/postgresql");
  }

  @Test
  void nothingOfOursRunsAsRoot() {
    assertThat(DockerFolder.text("Dockerfile").lines().filter(line -> line.startsWith("USER ")))
        .containsExactly("USER 10001:10001");
  }
}
