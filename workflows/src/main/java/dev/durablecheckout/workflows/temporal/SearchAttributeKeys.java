package dev.durablecheckout.workflows.temporal;

import com.google.common.collect.ImmutableList;
import io.temporal.common.SearchAttributeKey;
import java.time.OffsetDateTime;

/**
 * What operators filter by in the Temporal UI. Plain text on the server: states and amounts only,
 * nothing about a buyer.
 */
public final class SearchAttributeKeys {
  /** Where a checkout, a service order or a withdrawal stands: the constant of its status. */
  public static final SearchAttributeKey<String> CHECKOUT_STATUS =
      SearchAttributeKey.forKeyword("CheckoutStatus");

  public static final SearchAttributeKey<String> PAY_CHANNEL =
      SearchAttributeKey.forKeyword("PayChannel");

  /** Why a person should look; unset if nobody needs to. */
  public static final SearchAttributeKey<String> ATTENTION =
      SearchAttributeKey.forKeyword("Attention");

  /** What is to be paid, in fen. */
  public static final SearchAttributeKey<Long> AMOUNT_FEN = SearchAttributeKey.forLong("AmountFen");

  public static final SearchAttributeKey<OffsetDateTime> PAY_DEADLINE =
      SearchAttributeKey.forOffsetDateTime("PayDeadline");

  public static final ImmutableList<SearchAttributeKey<?>> ALL =
      ImmutableList.of(CHECKOUT_STATUS, PAY_CHANNEL, ATTENTION, AMOUNT_FEN, PAY_DEADLINE);

  private SearchAttributeKeys() {}
}
