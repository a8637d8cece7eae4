package dev.durablecheckout.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where values come from, and that no secret is among the files. */
class VariablesTest {
  private static final Pattern SECRET_NAME =
      Pattern.compile(".*(password|pwd|secret|private_key|api_key|token).*");
  private static final Pattern LOOKS_LIKE_A_KEY = Pattern.compile("[0-9A-Za-z+/_-]{40,}={0,2}");

  @Test
  void whatComposeReadsIsInTheExampleAndNothingElseIs() {
    // API_KEY is for whoever calls the API; no container is given it.
    assertThat(DockerFolder.exampleValues().keySet())
        .containsExactlyInAnyOrderElementsOf(
            union(DockerFolder.variablesIn(DockerFolder.text("compose.yaml")), Set.of("API_KEY")));
  }

  @ParameterizedTest
  @CsvSource({"api.yml, api", "worker.yml, worker", "worker.yml, migrate"})
  void whatAConfigurationReadsIsWhatItsContainerIsGiven(String file, String service) {
    assertThat(ComposeService.named(service).environment().keySet())
        .containsExactlyInAnyOrderElementsOf(
            DockerFolder.variablesIn(DockerFolder.text("config/" + file)));
  }

  @ParameterizedTest
  @CsvSource({
    "api.yml, 'public_url temporal database cashier limits policy notify_relay patience merchants"
        + " server logging'",
    "worker.yml, 'temporal database merchants server logging'"
  })
  void aConfigurationHasOnlyKeysThatItsProcessKnows(String file, String known) {
    assertThat(Set.of(known.split(" ", -1)))
        .containsAll(DockerFolder.yaml("config/" + file).keySet());
  }

  @Test
  void eachProcessIsGivenOnlyTheSecretsThatItNeeds() {
    assertThat(ComposeService.named("api").environment())
        .doesNotContainKeys(
            "ALIPAY_PRIVATE_KEY",
            "WECHAT_PAY_PRIVATE_KEY",
            "WECHAT_PAY_API_V2_KEY",
            "WECHAT_MINI_PROGRAM_SECRET",
            "EVENTS_SECRET",
            "API_KEY");
    assertThat(ComposeService.named("worker").environment())
        .doesNotContainKeys("API_KEY_SHA256", "CASHIER_SECRET", "API_KEY");
    assertThat(
            ComposeService.all().values().stream()
                .filter(service -> service.environment().containsKey("SANDBOX_ALIPAY_PRIVATE_KEY"))
                .map(ComposeService::name))
        .containsExactly("sandbox");
  }

  @ParameterizedTest
  @ValueSource(strings = {"compose.yaml", "config/api.yml", "config/worker.yml"})
  void noFileHoldsASecret(String file) {
    List<String> secrets = new ArrayList<>();
    visit(
        "",
        DockerFolder.yaml(file),
        (key, value) -> {
          if (SECRET_NAME.matcher(key.toLowerCase(Locale.ROOT)).matches()) {
            assertThat(DockerFolder.isVariable(value)).as("%s: %s", key, value).isTrue();
            secrets.add(key);
          }
          assertThat(LOOKS_LIKE_A_KEY.matcher(value).matches()).as("%s: %s", key, value).isFalse();
        });
    assertThat(secrets).as("secrets are looked at").isNotEmpty();
  }

  @Test
  void theExampleHoldsNoSecretEither() {
    assertThat(DockerFolder.exampleValues())
        .allSatisfy(
            (name, value) -> {
              if (SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
                assertThat(value).as(name).isEmpty();
              }
              assertThat(value).doesNotMatch(LOOKS_LIKE_A_KEY);
            });
  }

  private static void visit(String key, Object node, BiConsumer<String, String> visitor) {
    if (node instanceof Map<?, ?> map) {
      map.forEach((name, value) -> visit((String) name, value, visitor));
    } else if (node instanceof List<?> list) {
      list.forEach(value -> visit(key, value, visitor));
    } else if (node != null) {
      visitor.accept(key, node.toString());
    }
  }

  private static List<String> union(Set<String> a, Set<String> b) {
    return Stream.concat(a.stream(), b.stream()).distinct().toList();
  }
}
