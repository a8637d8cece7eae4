package dev.durablecheckout.activities.notify;

import dev.durablecheckout.workflows.checkout.CheckoutId;
import dev.durablecheckout.workflows.payment.PaymentNotified;

/** A verified notify that was logged, yet of which it is not known that a workflow has it. */
public record UnrelayedNotify(long id, CheckoutId checkoutId, PaymentNotified notified)
    implements NotifyLogDao.Unrelayed {}
