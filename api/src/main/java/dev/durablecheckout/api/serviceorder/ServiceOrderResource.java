package dev.durablecheckout.api.serviceorder;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableSet;
import dev.durablecheckout.activities.checkout.TimelineEntry;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.activities.merchant.Merchants;
import dev.durablecheckout.activities.serviceorder.ServiceOrderReader;
import dev.durablecheckout.api.auth.Caller;
import dev.durablecheckout.api.auth.ForMerchants;
import dev.durablecheckout.api.checkout.IdempotencyKey;
import dev.durablecheckout.api.checkout.TimelineRepresentation;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.api.json.JsonBody;
import dev.durablecheckout.workflows.client.NotRunningException;
import dev.durablecheckout.workflows.client.OutcomeUnknownException;
import dev.durablecheckout.workflows.client.ServiceOrderClient;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.serviceorder.CompleteServiceOrder;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderId;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderRequest;
import dev.durablecheckout.workflows.serviceorder.ServiceOrderStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Service orders of WeChat PayScore. */
@Path("/v1/service-orders")
@ForMerchants
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "service orders")
public final class ServiceOrderResource {
  private final Supplier<ImmutableSet<MerchantId>> offering;
  private final ServiceOrderClient client;
  private final ServiceOrderAnswers answers;
  private final ServiceOrderReader books;
  private final Supplier<UUID> requestIds;
  private final Duration patience;

  public ServiceOrderResource(
      Merchants merchants,
      ServiceOrderClient client,
      ServiceOrderAnswers answers,
      ServiceOrderReader books,
      Supplier<UUID> requestIds,
      Duration patience) {
    offering =
        merchants.derive(
            configured ->
                configured.stream()
                    .filter(MerchantConfiguration::takesServiceOrders)
                    .map(MerchantConfiguration::id)
                    .collect(toImmutableSet()));
    this.client = client;
    this.answers = answers;
    this.books = books;
    this.requestIds = requestIds;
    this.patience = patience;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "openServiceOrder",
      summary = "Open a service order",
      description =
          "The service begins when the buyer confirms it with the credential. Idempotent on"
              + " merchant_order_no: a repeat with the same body is answered 200 with the current"
              + " state, one with another body 409. A definite refusal by WeChat is a 201 with"
              + " status refused.")
  @ApiResponse(
      responseCode = "201",
      description = "Opened: credential is what the buyer confirms it with",
      content = @Content(schema = @Schema(implementation = ServiceOrderRepresentation.class)))
  @ApiResponse(
      responseCode = "200",
      description = "A repeat: the service order as it stands now",
      content = @Content(schema = @Schema(implementation = ServiceOrderRepresentation.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Taken, not answered yet: ask at Location, or repeat the request",
      content = @Content(schema = @Schema(implementation = PendingServiceOrder.class)))
  public Response open(
      @Context SecurityContext security,
      @Parameter(
              description = "1 to 64 visible ASCII characters, unique per merchant",
              schema = @Schema(type = "string", maxLength = 64))
          @HeaderParam(IdempotencyKey.HEADER)
          @Nullable String idempotencyKey,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = CreateServiceOrderBody.class)))
          JsonBody body) {
    MerchantId merchant = Caller.of(security).merchant();
    ServiceOrderRequest request =
        CreateServiceOrderBody.read(body)
            .request(merchant, requestIds.get(), IdempotencyKey.checked(idempotencyKey));
    if (!offering.get().contains(merchant)) {
      throw ProblemException.of(
          ProblemCode.METHOD_NOT_OFFERED, "PayScore is not set up for this merchant");
    }
    try {
      return answers.opened(request, client.open(request, patience));
    } catch (OutcomeUnknownException e) {
      return answers.pending(request.id());
    } catch (NotRunningException e) {
      return answers.ended(request);
    }
  }

  @GET
  @Path("/{id}")
  @Operation(operationId = "getServiceOrder", summary = "A service order as it stands now")
  @ApiResponse(
      responseCode = "200",
      description = "The service order",
      content = @Content(schema = @Schema(implementation = ServiceOrderRepresentation.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Asked for, not stored yet: ask again",
      content = @Content(schema = @Schema(implementation = PendingServiceOrder.class)))
  public Response get(@Context SecurityContext security, @PathParam("id") String id) {
    return answers.stored(ServiceOrderAnswers.id(security, id));
  }

  @GET
  @Path("/{id}/timeline")
  @Operation(
      operationId = "getServiceOrderTimeline",
      summary = "Everything that happened to a service order")
  @ApiResponse(
      responseCode = "200",
      description = "Each notify, decision and delivery, in order",
      content = @Content(schema = @Schema(implementation = TimelineRepresentation.class)))
  public TimelineRepresentation timeline(
      @Context SecurityContext security, @PathParam("id") String id) {
    ServiceOrderId serviceOrderId = ServiceOrderAnswers.id(security, id);
    List<TimelineEntry> entries = books.timeline(serviceOrderId);
    if (entries.isEmpty()) {
      throw ServiceOrderAnswers.unknownOrder(id);
    }
    return TimelineRepresentation.of(serviceOrderId, entries);
  }

  @POST
  @Path("/{id}/complete")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "completeServiceOrder",
      summary = "The service has ended: collect what it costs",
      description =
          "A repeat with the same bill gets the same answer. WeChat collects until it is paid.")
  @ApiResponse(
      responseCode = "200",
      description = "Being collected, or settled already",
      content = @Content(schema = @Schema(implementation = ServiceOrderRepresentation.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Taken, not answered yet: ask at Location, or repeat under the same key",
      content = @Content(schema = @Schema(implementation = PendingServiceOrder.class)))
  public Response complete(
      @Context SecurityContext security,
      @PathParam("id") String id,
      @Parameter(description = IdempotencyKey.DESCRIPTION) @HeaderParam(IdempotencyKey.HEADER)
          @Nullable String idempotencyKey,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = CompleteServiceOrderBody.class)))
          JsonBody body) {
    ServiceOrderId order = ServiceOrderAnswers.id(security, id);
    CompleteServiceOrder command = CompleteServiceOrderBody.read(body);
    String updateId = IdempotencyKey.updateId("complete", idempotencyKey);
    return answers.commanded(
        order,
        () -> client.complete(order, command, updateId, patience),
        row ->
            row.order().status() == ServiceOrderStatus.SETTLED
                && command.bill().equals(row.order().bill()));
  }

  @POST
  @Path("/{id}/modify")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "modifyServiceOrder", summary = "Lower the bill that is being collected")
  @ApiResponse(
      responseCode = "200",
      description = "The lower bill is being collected",
      content = @Content(schema = @Schema(implementation = ServiceOrderRepresentation.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Taken, not answered yet: ask at Location, or repeat under the same key",
      content = @Content(schema = @Schema(implementation = PendingServiceOrder.class)))
  public Response modify(
      @Context SecurityContext security,
      @PathParam("id") String id,
      @Parameter(description = IdempotencyKey.DESCRIPTION) @HeaderParam(IdempotencyKey.HEADER)
          @Nullable String idempotencyKey,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = ModifyServiceOrderBody.class)))
          JsonBody body) {
    ServiceOrderId order = ServiceOrderAnswers.id(security, id);
    ModifyServiceOrderBody.Command command = ModifyServiceOrderBody.read(body);
    String updateId = IdempotencyKey.updateId("modify", idempotencyKey);
    return answers.commanded(
        order,
        () -> client.modify(order, command.bill(), command.reason(), updateId, patience),
        row ->
            row.order().status() == ServiceOrderStatus.SETTLED
                && command.bill().equals(row.order().bill()));
  }

  @POST
  @Path("/{id}/cancel")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "cancelServiceOrder",
      summary = "Give the order up, before the service has ended")
  @ApiResponse(
      responseCode = "200",
      description = "Cancelled",
      content = @Content(schema = @Schema(implementation = ServiceOrderRepresentation.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Taken, not answered yet: ask at Location, or repeat under the same key",
      content = @Content(schema = @Schema(implementation = PendingServiceOrder.class)))
  public Response cancel(
      @Context SecurityContext security,
      @PathParam("id") String id,
      @Parameter(description = IdempotencyKey.DESCRIPTION) @HeaderParam(IdempotencyKey.HEADER)
          @Nullable String idempotencyKey,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = CancelServiceOrderBody.class)))
          JsonBody body) {
    ServiceOrderId order = ServiceOrderAnswers.id(security, id);
    String reason = CancelServiceOrderBody.read(body);
    String updateId = IdempotencyKey.updateId("cancel", idempotencyKey);
    return answers.commanded(
        order,
        () -> client.cancel(order, reason, updateId, patience),
        row -> row.order().status() == ServiceOrderStatus.CANCELLED);
  }

  @POST
  @Path("/{id}/sync")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "syncServiceOrder",
      summary = "The buyer has paid in another way: WeChat stops collecting")
  @ApiResponse(
      responseCode = "200",
      description = "Settled",
      content = @Content(schema = @Schema(implementation = ServiceOrderRepresentation.class)))
  @ApiResponse(
      responseCode = "202",
      description = "Taken, not answered yet: ask at Location, or repeat under the same key",
      content = @Content(schema = @Schema(implementation = PendingServiceOrder.class)))
  public Response sync(
      @Context SecurityContext security,
      @PathParam("id") String id,
      @Parameter(description = IdempotencyKey.DESCRIPTION) @HeaderParam(IdempotencyKey.HEADER)
          @Nullable String idempotencyKey,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = SyncServiceOrderBody.class)))
          JsonBody body) {
    ServiceOrderId order = ServiceOrderAnswers.id(security, id);
    Instant paidAt = SyncServiceOrderBody.read(body);
    String updateId = IdempotencyKey.updateId("sync", idempotencyKey);
    return answers.commanded(
        order,
        () -> client.sync(order, paidAt, updateId, patience),
        row -> row.order().status() == ServiceOrderStatus.SETTLED);
  }
}
