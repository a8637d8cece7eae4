package dev.durablecheckout.activities.checkout;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.durablecheckout.activities.db.Columns;
import dev.durablecheckout.activities.json.BookJson;
import dev.durablecheckout.workflows.checkout.Attention;
import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutPurpose;
import dev.durablecheckout.workflows.checkout.CheckoutRequest;
import dev.durablecheckout.workflows.checkout.CheckoutStatus;
import dev.durablecheckout.workflows.checkout.CloseReason;
import dev.durablecheckout.workflows.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Rows of checkouts and their orders. States move only by compare-and-set over {@link
 * CheckoutStatus#MOVES}.
 */
final class CheckoutDao {
  private static final String INSERT =
      """
      insert into checkouts (checkout_id, merchant, merchant_order_no, request_id, fingerprint, idempotency_key, subject,
        amount_fen, buyer_id, return_url, metadata, policy, purpose, status, deadline, created_at, updated_at)
      values (:id, :merchant, :orderNo, :requestId, :fingerprint, :key, :subject,
        :amountFen, :buyer, :returnUrl, cast(:metadata as jsonb), cast(:policy as jsonb), :purpose, 'AWAITING_PAYMENT',
        :deadline, :at, :at)
      on conflict do nothing
      """;
  private static final String INSERT_ORDER =
      """
      insert into orders (checkout_id, order_no, amount_fen, items)
      values (:id, :orderNo, :amountFen, cast(:items as jsonb))
      """;
  private static final String FIND = "select * from checkouts where checkout_id = :id";
  private static final String FIND_ALL = "select * from checkouts where checkout_id = any(:ids)";
  private static final String MOVE =
      """
      update checkouts set status = :to, close_reason = :reason, updated_at = :at
      where checkout_id = :id and status = any(:from)
      """;
  private static final String ATTENTION =
      """
      update checkouts set attention = :attention, attention_detail = :detail, updated_at = :at
      where checkout_id = :id and (attention is null or attention = any(:lesser))
      """;
  private static final String NO_ATTENTION =
      """
      update checkouts set attention = null, attention_detail = null, updated_at = :at
      where checkout_id = :id and attention = :attention
      """;

  private CheckoutDao() {}

  /** Returns false if the id, or the idempotency key, exists: {@link #find} tells which. */
  static boolean insert(Handle handle, CheckoutRequest request, Instant at) {
    CheckoutId id = request.checkoutId();
    int inserted =
        handle
            .createUpdate(INSERT)
            .bind("id", id.value())
            .bind("merchant", id.merchant().value())
            .bind("orderNo", id.orderNo().value())
            .bind("requestId", request.requestId())
            .bind("fingerprint", request.fingerprint())
            .bind("key", request.idempotencyKey())
            .bind("subject", request.subject())
            .bind("amountFen", request.amount().amountFen())
            .bind("buyer", request.buyerId())
            .bind("returnUrl", request.returnUrl())
            .bind("metadata", BookJson.write(request.metadata()))
            .bind("policy", BookJson.write(request.policy()))
            .bind("purpose", request.purpose().name())
            .bind("deadline", request.deadline())
            .bind("at", at)
            .execute();
    if (inserted == 1) {
      handle
          .createUpdate(INSERT_ORDER)
          .bind("id", id.value())
          .bind("orderNo", id.orderNo().value())
          .bind("amountFen", request.amount().amountFen())
          .bind("items", BookJson.write(request.items()))
          .execute();
    }
    return inserted == 1;
  }

  static Optional<CheckoutRow> find(Handle handle, CheckoutId id) {
    return handle
        .createQuery(FIND)
        .bind("id", id.value())
        .map((row, context) -> checkout(row))
        .findOne();
  }

  /** The row, locked until the end of the transaction. */
  static CheckoutRow lock(Handle handle, CheckoutId id) {
    return handle
        .createQuery(FIND + " for update")
        .bind("id", id.value())
        .map((row, context) -> checkout(row))
        .one();
  }

  static List<CheckoutRow> findAll(Handle handle, Collection<CheckoutId> ids) {
    return handle
        .createQuery(FIND_ALL)
        .bindArray("ids", String.class, ids.stream().map(CheckoutId::value).toList())
        .map((row, context) -> checkout(row))
        .list();
  }

  /** Moves the state; returns false if that is not allowed from where it stands. */
  static boolean move(
      Handle handle, CheckoutId id, CheckoutStatus to, @Nullable CloseReason reason, Instant at) {
    return handle
            .createUpdate(MOVE)
            .bind("id", id.value())
            .bind("to", to.name())
            .bind("reason", reason == null ? null : reason.name())
            .bindArray(
                "from",
                String.class,
                CheckoutStatus.MOVES.into(to).stream().map(CheckoutStatus::name).toList())
            .bind("at", at)
            .execute()
        == 1;
  }

  /** Returns false if the same or a graver reason stands there. */
  static boolean setAttention(
      Handle handle, CheckoutId id, Attention attention, String detail, Instant at) {
    return handle
            .createUpdate(ATTENTION)
            .bind("id", id.value())
            .bind("attention", attention.name())
            .bind("detail", detail)
            .bindArray(
                "lesser",
                String.class,
                Arrays.stream(Attention.values())
                    .filter(other -> other.compareTo(attention) > 0)
                    .map(Attention::name)
                    .toList())
            .bind("at", at)
            .execute()
        == 1;
  }

  /** Returns false if another reason stands there, or none. */
  static boolean takeBackAttention(Handle handle, CheckoutId id, Attention attention, Instant at) {
    return handle
            .createUpdate(NO_ATTENTION)
            .bind("id", id.value())
            .bind("attention", attention.name())
            .bind("at", at)
            .execute()
        == 1;
  }

  private static CheckoutRow checkout(ResultSet row) throws SQLException {
    Map<String, String> metadata =
        BookJson.read(row.getString("metadata"), new TypeReference<>() {});
    return new CheckoutRow(
        CheckoutId.parse(row.getString("checkout_id")),
        row.getString("request_id"),
        row.getString("fingerprint"),
        row.getString("subject"),
        Money.ofFen(row.getLong("amount_fen")),
        row.getString("buyer_id"),
        row.getString("return_url"),
        metadata,
        Columns.constant(row, "purpose", CheckoutPurpose.class),
        Columns.constant(row, "status", CheckoutStatus.class),
        Columns.constantOrNull(row, "close_reason", CloseReason.class),
        Columns.constantOrNull(row, "attention", Attention.class),
        Columns.instant(row, "deadline"),
        Columns.instant(row, "created_at"));
  }
}
