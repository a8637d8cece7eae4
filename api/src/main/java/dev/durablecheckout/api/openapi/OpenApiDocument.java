package dev.durablecheckout.api.openapi;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.api.checkout.CheckoutActionResource;
import dev.durablecheckout.api.checkout.CheckoutResource;
import dev.durablecheckout.api.error.Problem;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.ledger.LedgerResource;
import dev.durablecheckout.api.notify.NotifyResource;
import dev.durablecheckout.api.reconciliation.ReconciliationResource;
import dev.durablecheckout.api.refund.CheckoutRefundsResource;
import dev.durablecheckout.api.refund.RefundResource;
import dev.durablecheckout.api.serviceorder.ServiceOrderResource;
import dev.durablecheckout.api.wallet.WalletResource;
import dev.durablecheckout.api.withdrawal.WalletWithdrawalResource;
import dev.durablecheckout.api.withdrawal.WithdrawalResource;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Yaml;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Describes the API, from the resources themselves. */
final class OpenApiDocument {
  private static final String API_KEY = "api_key";
  private static final String PROBLEM = "#/components/schemas/Problem";

  private static final ImmutableSet<String> WRITES =
      ImmutableSet.of(
          "openCheckout",
          "pay",
          "cancel",
          "createRefund",
          "openServiceOrder",
          "completeServiceOrder",
          "modifyServiceOrder",
          "cancelServiceOrder",
          "syncServiceOrder",
          "openWithdrawal",
          "cancelWithdrawal");

  private OpenApiDocument() {}

  /** The description as YAML, the same in each run. */
  static String yaml() {
    OpenAPI api =
        new Reader(frame())
            .read(
                ImmutableSet.of(
                    CheckoutResource.class,
                    CheckoutActionResource.class,
                    RefundResource.class,
                    CheckoutRefundsResource.class,
                    ServiceOrderResource.class,
                    WalletResource.class,
                    WalletWithdrawalResource.class,
                    WithdrawalResource.class,
                    LedgerResource.class,
                    ReconciliationResource.class,
                    NotifyResource.class));
    ModelConverters.getInstance()
        .readAll(new AnnotatedType(Problem.class))
        .forEach(api.getComponents()::addSchemas);
    nameEveryCode(requireNonNull(api.getComponents().getSchemas().get("Problem")));
    api.getPaths()
        .forEach(
            (path, item) -> {
              if (!path.startsWith("/v1/notify")) {
                item.readOperations().forEach(operation -> forMerchants(path, operation));
              }
            });
    return Yaml.pretty(inOrder(api));
  }

  /** Reflection has no order of its own. */
  private static OpenAPI inOrder(OpenAPI api) {
    Paths paths = new Paths();
    paths.putAll(new TreeMap<>(api.getPaths()));
    api.setPaths(paths);
    api.getComponents().setSchemas(new TreeMap<>(api.getComponents().getSchemas()));
    return api;
  }

  private static OpenAPI frame() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Durable Checkout")
                .version("v1")
                .description(
                    "A checkout for Alipay and WeChat Pay that cannot lose an order. Amounts are integers in fen,"
                        + " times RFC 3339, errors application/problem+json with a stable code.")
                .license(
                    new License()
                        .name("Apache-2.0")
                        .url("https://www.apache.org/licenses/LICENSE-2.0")))
        .components(
            new Components()
                .addSecuritySchemes(
                    API_KEY,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("The API key of a merchant")));
  }

  private static void nameEveryCode(Schema<?> problem) {
    StringSchema code = (StringSchema) requireNonNull(problem.getProperties().get("code"));
    Arrays.stream(ProblemCode.values()).map(ProblemCode::wire).forEach(code::addEnumItem);
  }

  private static void forMerchants(String path, Operation operation) {
    operation.addSecurityItem(new SecurityRequirement().addList(API_KEY));
    ApiResponses responses = operation.getResponses();
    responses.addApiResponse("401", problem("No valid API key"));
    if (path.contains("{id}")) {
      responses.addApiResponse("404", problem("This merchant has no such thing"));
    }
    if (operation.getRequestBody() != null) {
      responses.addApiResponse("400", problem("The request is wrong; errors names each field"));
      responses.addApiResponse("413", problem("The body is longer than 64 KiB"));
      responses.addApiResponse("415", problem("The body is not application/json"));
    } else if (operation.getParameters().stream().anyMatch(p -> "header".equals(p.getIn()))) {
      responses.addApiResponse("400", problem("The Idempotency-Key is not valid"));
    }
    if (WRITES.contains(operation.getOperationId())) {
      responses.addApiResponse("409", problem("It contradicts what is stored; see code"));
    }
    if (path.contains("{")) {
      responses.addApiResponse("503", problem("Ask again; see code").headers(retryAfter()));
    }
    responses.addApiResponse("default", problem("Anything else; see code"));
    ApiResponse created = responses.get("201");
    if (created != null) {
      created.setHeaders(location());
    }
    ApiResponse accepted = responses.get("202");
    if (accepted != null) {
      accepted.setHeaders(location());
      accepted.getHeaders().putAll(retryAfter());
    }
  }

  private static Map<String, Header> location() {
    Map<String, Header> headers = new LinkedHashMap<>();
    headers.put(
        "Location",
        new Header().description("what was opened").schema(new StringSchema().format("uri")));
    return headers;
  }

  private static Map<String, Header> retryAfter() {
    return Map.of("Retry-After", new Header().description("seconds").schema(new IntegerSchema()));
  }

  private static ApiResponse problem(String description) {
    return new ApiResponse()
        .description(description)
        .content(
            new Content()
                .addMediaType(
                    Problem.MEDIA_TYPE,
                    new MediaType().schema(new Schema<Problem>().$ref(PROBLEM))));
  }
}
