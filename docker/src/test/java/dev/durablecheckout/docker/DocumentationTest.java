package dev.durablecheckout.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.common.base.CaseFormat;
import dev.durablecheckout.activities.channel.ChannelAccount;
import dev.durablecheckout.activities.channel.wechatpay.PayScoreConfiguration;
import dev.durablecheckout.activities.channel.wechatpay.WechatAppConfiguration;
import dev.durablecheckout.activities.db.DatabaseConfiguration;
import dev.durablecheckout.activities.merchant.EventEndpointConfiguration;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.api.CheckoutApiConfiguration;
import dev.durablecheckout.api.cashier.CashierConfiguration;
import dev.durablecheckout.api.checkout.Limits;
import dev.durablecheckout.api.checkout.PolicyConfiguration;
import dev.durablecheckout.api.notify.NotifyRelayConfiguration;
import dev.durablecheckout.worker.CheckoutWorkerConfiguration;
import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.client.TemporalConfiguration;
import dev.durablecheckout.workflows.temporal.FailureType;
import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import io.temporal.api.enums.v1.IndexedValueType;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents promise to name, they name; what they link to is there. */
class DocumentationTest {
  private static final Path PROJECT = DockerFolder.ROOT.getParent();
  private static final Pattern LINK =
      Pattern.compile("(?:]\\(|<img src=\")([^)\"#:]+)(?:#[^)\"]*)?[)\"]");

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path document : documents()) {
      Matcher matcher = LINK.matcher(Files.readString(document));
      while (matcher.find()) {
        links++;
        Path target = document.resolveSibling(matcher.group(1)).normalize();
        if (!Files.exists(target)) {
          broken.add(PROJECT.relativize(document) + " -> " + matcher.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(30);
  }

  @Test
  void theRunbookHasASectionForEachAttentionGravestFirst() throws IOException {
    List<String> sections =
        Files.readAllLines(PROJECT.resolve("docs/runbook.md")).stream()
            .filter(line -> line.matches("### [A-Z_]+"))
            .map(line -> line.substring("### ".length()))
            .toList();
    assertThat(sections)
        .containsExactlyElementsOf(Stream.of(Attention.values()).map(Enum::name).toList());
  }

  @Test
  void operatorsCanCreateEverySearchAttributeByHand() throws IOException {
    String guide = Files.readString(PROJECT.resolve("docs/operating.md"));
    assertThat(SearchAttributeKeys.ALL)
        .isNotEmpty()
        .allSatisfy(
            key ->
                assertThat(guide)
                    .contains("--name " + key.getName() + " --type " + kind(key.getValueType())));
  }

  private static String kind(IndexedValueType type) {
    return switch (type) {
      case INDEXED_VALUE_TYPE_KEYWORD -> "Keyword";
      case INDEXED_VALUE_TYPE_INT -> "Int";
      case INDEXED_VALUE_TYPE_DATETIME -> "Datetime";
      default -> fail("no search attribute of ours is " + type);
    };
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "NOT_PAID_YET",
        "NOT_CHANGED_YET",
        "CHANNEL_OUTCOME_UNKNOWN",
        "CHANNEL_REST",
        "EVENT_NOT_ACKNOWLEDGED",
        "NO_SUCH_ITEM",
        "REASON_MISSING",
        "BILL_DAMAGED"
      })
  void integratorsFindEveryRefusalInTheTableOfErrors(FailureType type) throws IOException {
    assertThat(Files.readAllLines(PROJECT.resolve("docs/integrating.md")))
        .anyMatch(
            line -> line.startsWith("| 409 | `" + type.name().toLowerCase(Locale.ROOT) + "` |"));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        CheckoutApiConfiguration.class,
        CheckoutWorkerConfiguration.class,
        Limits.class,
        PolicyConfiguration.class,
        NotifyRelayConfiguration.class,
        CashierConfiguration.class,
        TemporalConfiguration.class,
        TemporalConfiguration.Tls.class,
        DatabaseConfiguration.class,
        MerchantConfiguration.class,
        WechatAppConfiguration.class,
        PayScoreConfiguration.class,
        EventEndpointConfiguration.class
      })
  void operatorsFindEverySettingInTheTable(Class<?> settings) throws IOException {
    assertThat(keys(settings)).isNotEmpty();
    assertInTheTable(settings);
  }

  /** Of which the wallet has none. */
  @Test
  void operatorsFindEverySettingOfEachChannelInTheTable() throws IOException {
    List<? extends Class<?>> accounts =
        Arrays.stream(MerchantConfiguration.class.getRecordComponents())
            .map(RecordComponent::getType)
            .filter(ChannelAccount.class::isAssignableFrom)
            .toList();
    assertThat(accounts).hasSizeGreaterThan(1);
    for (Class<?> account : accounts) {
      assertInTheTable(account);
    }
  }

  private static void assertInTheTable(Class<?> settings) throws IOException {
    String guide = Files.readString(PROJECT.resolve("docs/operating.md"));
    assertThat(keys(settings))
        .allSatisfy(key -> assertThat(guide).containsPattern("[`.\\[]" + key + "[`.\\[]"));
  }

  /** As the YAML calls them: by its annotations, or the names of the record in snake case. */
  private static List<String> keys(Class<?> settings) {
    Stream<AnnotatedElement> parameters =
        Stream.of(settings.getDeclaredConstructors(), settings.getDeclaredMethods())
            .flatMap(Arrays::stream)
            .flatMap(creator -> Arrays.stream(creator.getParameters()));
    List<String> annotated =
        Stream.concat(parameters, Arrays.stream(settings.getDeclaredFields()))
            .filter(each -> each.isAnnotationPresent(JsonProperty.class))
            .map(DocumentationTest::key)
            .toList();
    return annotated.isEmpty()
        ? Arrays.stream(settings.getRecordComponents())
            .map(each -> CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, each.getName()))
            .toList()
        : annotated;
  }

  private static String key(AnnotatedElement element) {
    String name = element.getAnnotation(JsonProperty.class).value();
    return name.isEmpty() && element instanceof Field field ? field.getName() : name;
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(PROJECT);
        Stream<Path> docs = Files.walk(PROJECT.resolve("docs"))) {
      return Stream.concat(top, docs).filter(path -> path.toString().endsWith(".md")).toList();
    }
  }
}
