package dev.durablecheckout.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.scene.Http.Answer;
import dev.durablecheckout.api.scene.OnScene;
import io.swagger.v3.core.util.Yaml;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The description says what the API does, all of it and nothing else. */
final class OpenApiTest extends OnScene {
  /** Read once: to make the description takes longer than most answers that it describes. */
  private static OpenAPI document() {
    return Described.DOCUMENT;
  }

  private static final class Described {
    static final String YAML = OpenApiDocument.yaml();
    static final OpenAPI DOCUMENT = read();

    private static OpenAPI read() {
      try {
        return Yaml.mapper().readValue(YAML, OpenAPI.class);
      } catch (IOException e) {
        throw new AssertionError("the description is no OpenAPI", e);
      }
    }
  }

  @Test
  void isServedAsItStandsInTheDocs() throws IOException {
    Path committed = Path.of(System.getProperty("project.root"), "docs", "openapi.yaml");
    Answer served = scene.stranger().get("/openapi.yaml");
    assertThat(served.status()).isEqualTo(200);
    assertThat(served.header("Content-Type")).startsWith("application/yaml");
    if (Boolean.getBoolean("openapi.update")) {
      Files.writeString(committed, served.text());
    }

    assertThat(committed)
        .as("docs/openapi.yaml is what the API serves; write it anew with -Dopenapi.update=true")
        .hasContent(served.text());
  }

  @Test
  void isAValidDocument() throws IOException {
    OpenAPI api = document();
    JsonNode tree = Yaml.mapper().readTree(Described.YAML);

    assertThat(api.getOpenapi()).startsWith("3.0.");
    assertThat(api.getInfo().getTitle()).isNotEmpty();
    assertThat(api.getInfo().getVersion()).isNotEmpty();
    for (String reference : tree.findValuesAsText("$ref")) {
      assertThat(tree.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
    List<String> ids = new ArrayList<>();
    api.getPaths()
        .forEach(
            (path, item) ->
                item.readOperations()
                    .forEach(
                        operation -> {
                          ids.add(operation.getOperationId());
                          assertIsWhole(path, operation);
                        }));
    assertThat(ids).doesNotHaveDuplicates().doesNotContainNull();
  }

  private static void assertIsWhole(String path, Operation operation) {
    List<Parameter> parameters =
        operation.getParameters() == null ? List.of() : operation.getParameters();
    List<String> declared =
        parameters.stream().filter(p -> p.getIn().equals("path")).map(Parameter::getName).toList();
    List<String> named =
        Pattern.compile("\\{(\\w+)}").matcher(path).results().map(m -> m.group(1)).toList();
    assertThat(declared).as(path).containsExactlyInAnyOrderElementsOf(named);
    assertThat(operation.getSummary()).as(path).isNotEmpty();
    assertThat(operation.getResponses()).as(path).isNotEmpty();
    operation
        .getResponses()
        .forEach(
            (status, response) ->
                assertThat(response.getDescription()).as(path + " " + status).isNotEmpty());
  }

  @Test
  void namesEveryCodeOfAProblem() {
    Schema<?> code =
        (Schema<?>)
            document().getComponents().getSchemas().get("Problem").getProperties().get("code");

    assertThat(code.getEnum())
        .map(String::valueOf)
        .containsExactlyElementsOf(
            Arrays.stream(ProblemCode.values()).map(ProblemCode::wire).toList());
  }

  @Test
  void theGuideNamesEveryCodeThatAnIntegratorMayMeet() throws IOException {
    String guide =
        Files.readString(Path.of(System.getProperty("project.root"), "docs", "integrating.md"));

    for (ProblemCode code : ProblemCode.values()) {
      // Only a buyer meets an expired link.
      if (code != ProblemCode.LINK_EXPIRED) {
        assertThat(guide).contains("| `" + code.wire() + "` |");
      }
    }
  }

  @Test
  void eachAnswerItDescribesIsGivenSomewhere() {
    List<String> described = new ArrayList<>();
    document()
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach(
                        (method, operation) ->
                            operation
                                .getResponses()
                                .keySet()
                                .forEach(
                                    status ->
                                        described.add(operation.getOperationId() + " " + status))));

    assertThat(new TreeSet<>(described))
        .isEqualTo(
            new TreeSet<>(DescribedAnswers.all().stream().map(DescribedAnswer::name).toList()));
  }

  static List<DescribedAnswer> answers() {
    return DescribedAnswers.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void answersAsDescribed(DescribedAnswer expected) throws Exception {
    OpenAPI api = document();
    Call call = call(api, expected.operation());
    ApiResponse described = call.operation().getResponses().get(expected.status());

    Answer answer = expected.scenario().play(scene, new Route(call.method(), call.path()));

    assertThat(answer.http().request().method()).isEqualTo(call.method());
    assertThat(answer.http().uri().getPath()).matches(call.path().replaceAll("\\{\\w+}", "[^/]+"));
    if (expected.status().equals("default")) {
      assertThat(call.operation().getResponses())
          .doesNotContainKey(String.valueOf(answer.status()));
    } else {
      assertThat(answer.status()).as(answer.text()).hasToString(expected.status());
    }
    if (described.getHeaders() != null) {
      described.getHeaders().keySet().forEach(h -> assertThat(answer.header(h)).isNotEmpty());
    }
    if (described.getContent() != null) {
      assertHasBody(api, described.getContent(), answer);
    }
  }

  private static void assertHasBody(OpenAPI api, Map<String, MediaType> content, Answer answer)
      throws IOException {
    String type = answer.header("Content-Type").replaceFirst(";.*", "");
    assertThat(content).containsKey(type);
    JsonNode body =
        type.endsWith("json")
            ? answer.json()
            : new ObjectMapper().getNodeFactory().textNode(answer.text());
    assertThat(new Conformance(api).faults(body, content.get(type).getSchema())).isEmpty();
  }

  private record Call(String method, String path, Operation operation) {}

  private static Call call(OpenAPI api, String operationId) {
    for (Map.Entry<String, PathItem> path : api.getPaths().entrySet()) {
      for (var operation : path.getValue().readOperationsMap().entrySet()) {
        if (operation.getValue().getOperationId().equals(operationId)) {
          return new Call(operation.getKey().name(), path.getKey(), operation.getValue());
        }
      }
    }
    throw new AssertionError("no operation " + operationId);
  }
}
