package dev.durablecheckout.api.checkout;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSetMultimap;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;
import dev.durablecheckout.activities.merchant.Merchants;
import dev.durablecheckout.api.error.ProblemCode;
import dev.durablecheckout.api.error.ProblemException;
import dev.durablecheckout.workflows.merchant.MerchantId;
import dev.durablecheckout.workflows.payment.Channel;
import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PayMethod;
import java.util.function.Supplier;

/** How each merchant can be paid. */
public final class PayOffers {
  private final Supplier<ImmutableMap<MerchantId, ImmutableSetMultimap<Channel, PayMethod>>> offers;

  public PayOffers(Merchants merchants) {
    offers =
        merchants.derive(
            configured ->
                configured.stream()
                    .collect(
                        toImmutableMap(MerchantConfiguration::id, MerchantConfiguration::methods)));
  }

  /** The ways to pay a merchant that exists. */
  public ImmutableSetMultimap<Channel, PayMethod> of(MerchantId merchant) {
    return requireNonNull(offers.get().get(merchant));
  }

  /** ProblemException if the merchant cannot be paid so. */
  void check(MerchantId merchant, PayChoice choice) {
    ImmutableSetMultimap<Channel, PayMethod> offered = of(merchant);
    if (!offered.containsEntry(choice.channel(), choice.method())) {
      throw ProblemException.of(
          ProblemCode.METHOD_NOT_OFFERED,
          Wire.word(choice.channel())
              + " "
              + Wire.word(choice.method())
              + " is not set up for this merchant; it takes: "
              + offered.asMap().entrySet().stream()
                  .map(way -> Wire.word(way.getKey()) + " " + Wire.words(way.getValue()))
                  .collect(joining("; ")));
    }
  }
}
