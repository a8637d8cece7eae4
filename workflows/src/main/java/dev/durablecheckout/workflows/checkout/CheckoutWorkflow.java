package dev.durablecheckout.workflows.checkout;

import dev.durablecheckout.workflows.payment.PayChoice;
import dev.durablecheckout.workflows.payment.PaymentNotified;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One checkout, from the request to the end of every payment made for it. Its id is {@link
 * CheckoutId#workflowId}, so there is one owner per merchant order number; the books' unique keys
 * guard what outlives the id.
 */
@WorkflowInterface
public interface CheckoutWorkflow {
  @WorkflowMethod
  CheckoutResult run(CheckoutRequest request);

  /**
   * Answers as soon as the channel has: with the credential, or with its refusal to create the
   * payment. Sent together with the start, under the fixed update id {@link #OPEN_UPDATE_ID}, so
   * each repeat gets the first answer. Fails, for good, with {@code MERCHANT_ORDER_NO_REUSED},
   * {@code IDEMPOTENCY_KEY_REUSED}, {@code OUT_OF_STOCK} or {@code VOUCHER_NOT_USABLE}.
   */
  @UpdateMethod(description = "The first answer: what the buyer needs to pay")
  CheckoutView open();

  /** The fixed id of the {@link #open} update. */
  String OPEN_UPDATE_ID = "open";

  /** A verified notify of the channel. Repeats and notifies of other states change nothing. */
  @SignalMethod(description = "A verified notify of the channel")
  void paymentNotified(PaymentNotified notified);

  /**
   * The books have come further than the workflow: it takes up what they say. Does nothing if they
   * have not.
   */
  @SignalMethod(description = "Take up what the books say")
  void booksAreAhead();

  /** The buyer came back: asks the channel now and answers with what is known then. */
  @UpdateMethod(description = "Ask the channel now whether it was paid")
  CheckoutView confirm();

  /**
   * Ends the checkout unpaid, unless the channel says that it was paid first. Answers when it is
   * decided.
   */
  @UpdateMethod(description = "Close the checkout now, unless it was paid")
  CheckoutView cancel();

  @UpdateValidatorMethod(updateName = "cancel")
  void validateCancel();

  /**
   * Pays again, or in another way: the same choice gives the credential that lives; another one
   * closes the first attempt and begins the next. Refused with {@code ALREADY_PAID}, {@code
   * ALREADY_CLOSED}, {@code CLOSING}, {@code TOO_LATE_TO_PAY} or {@code TOO_MANY_ATTEMPTS}.
   */
  @UpdateMethod(description = "Pay again, or by another method")
  CheckoutView pay(PayChoice choice);

  @UpdateValidatorMethod(updateName = "pay")
  void validatePay(PayChoice choice);

  @QueryMethod(description = "Where the checkout stands")
  CheckoutView view();
}
