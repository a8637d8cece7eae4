package dev.durablecheckout.activities.checkout;

import dev.durablecheckout.workflows.checkout.CheckoutPurpose;
import dev.durablecheckout.workflows.checkout.CheckoutRecord;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.order.Item;
import dev.durablecheckout.workflows.order.Voucher;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checkout as callers of the API see it.
 *
 * @param requestId that of the request which opened it
 * @param fingerprint that of the request which opened it
 * @param voucher what paid a part of the items' price, if anything did
 * @param paid what has settled the checkout: the whole amount or nothing
 * @param refunded what has gone back of all its payments, also of those that did not settle it
 * @param refundedOfPaid what has gone back of the one that settled it
 */
public record CheckoutDetails(
    CheckoutRecord checkout,
    String requestId,
    String fingerprint,
    String subject,
    String buyerId,
    List<Item> items,
    @Nullable Voucher voucher,
    @Nullable String returnUrl,
    Map<String, String> metadata,
    CheckoutPurpose purpose,
    Money paid,
    Money refunded,
    Money refundedOfPaid,
    Instant createdAt) {}
