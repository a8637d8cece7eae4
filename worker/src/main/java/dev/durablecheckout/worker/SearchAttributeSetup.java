package dev.durablecheckout.worker;

import dev.durablecheckout.workflows.temporal.SearchAttributeKeys;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the namespace knows our search attributes: a checkout that names an unknown one
 * cannot start. Done before the workers poll.
 */
public final class SearchAttributeSetup {
  private static final Logger LOG = LoggerFactory.getLogger(SearchAttributeSetup.class);

  private SearchAttributeSetup() {}

  /**
   * Creates what is missing.
   *
   * @throws IllegalStateException if something is missing and may not be created; the message says
   *     what to run by hand
   */
  public static void ensure(WorkflowServiceStubs stubs, String namespace) {
    OperatorServiceStubs operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setChannel(stubs.getRawChannel())
                .validateAndBuildWithDefaults());
    Map<String, IndexedValueType> missing = missing(operator, namespace);
    if (missing.isEmpty()) {
      return;
    }
    try {
      operator
          .blockingStub()
          .addSearchAttributes(
              AddSearchAttributesRequest.newBuilder()
                  .setNamespace(namespace)
                  .putAllSearchAttributes(missing)
                  .build());
      LOG.info("created the search attributes {}", missing.keySet());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
        throw new IllegalStateException(
            "The Temporal namespace '"
                + namespace
                + "' lacks search attributes, and creating them is not permitted ("
                + e.getStatus().getCode()
                + "). Have them created:\n"
                + commands(missing, namespace),
            e);
      }
    }
  }

  private static Map<String, IndexedValueType> missing(
      OperatorServiceStubs operator, String namespace) {
    Map<String, IndexedValueType> missing = new TreeMap<>();
    for (SearchAttributeKey<?> key : SearchAttributeKeys.ALL) {
      missing.put(key.getName(), key.getValueType());
    }
    try {
      missing
          .keySet()
          .removeAll(
              operator
                  .blockingStub()
                  .listSearchAttributes(
                      ListSearchAttributesRequest.newBuilder().setNamespace(namespace).build())
                  .getCustomAttributesMap()
                  .keySet());
    } catch (StatusRuntimeException e) {
      LOG.info("cannot list search attributes ({}): creating them all", e.getStatus().getCode());
    }
    return missing;
  }

  private static String commands(Map<String, IndexedValueType> missing, String namespace) {
    return missing.entrySet().stream()
        .map(
            entry ->
                "  temporal operator search-attribute create --namespace "
                    + namespace
                    + " --name "
                    + entry.getKey()
                    + " --type "
                    + cliType(entry.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String cliType(IndexedValueType type) {
    String name = type.name().replace("INDEXED_VALUE_TYPE_", "");
    return name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT);
  }
}
