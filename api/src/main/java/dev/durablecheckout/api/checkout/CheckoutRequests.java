package dev.durablecheckout.api.checkout;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.checkout.CheckoutPolicy;
import dev.durablecheckout.workflows.checkout.CheckoutRequest;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.MerchantOrderNo;
import dev.durablecheckout.workflows.payment.PayChoice;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a workflow's input of a request that was checked. */
public final class CheckoutRequests {
  private final PayOffers offers;
  private final Limits limits;
  private final CheckoutPolicy policy;
  private final Clock clock;
  private final Supplier<UUID> requestIds;

  public CheckoutRequests(
      PayOffers offers,
      Limits limits,
      CheckoutPolicy policy,
      Clock clock,
      Supplier<UUID> requestIds) {
    this.offers = offers;
    this.limits = limits;
    this.policy = policy;
    this.clock = clock;
    this.requestIds = requestIds;
  }

  CheckoutRequest of(
      MerchantId merchant, CreateCheckoutBody body, @Nullable String idempotencyKey) {
    Optional<PayChoice> choice = body.choice();
    choice.ifPresent(chosen -> offers.check(merchant, chosen));
    Long expiresIn = body.expiresIn();
    Duration untilDeadline =
        expiresIn == null ? limits.defaultExpiresIn() : Duration.ofSeconds(expiresIn);
    return new CheckoutRequest(
        new CheckoutId(merchant, MerchantOrderNo.of(body.merchantOrderNo())),
        requestIds.get().toString(),
        Fingerprint.of(merchant, body),
        idempotencyKey,
        body.subject(),
        Money.ofFen(body.amountFen()),
        body.buyerId(),
        body.items().stream().map(ItemBody::item).toList(),
        choice.orElse(null),
        clock.instant().plus(untilDeadline).truncatedTo(ChronoUnit.MILLIS),
        body.returnUrl(),
        body.metadata(),
        policy,
        body.purpose(),
        body.voucher() == null ? null : body.voucher().voucher());
  }
}
