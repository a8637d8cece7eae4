package dev.durablecheckout.workflows.serviceorder;

import dev.durablecheckout.workflows.payment.PayCredential;
import dev.durablecheckout.workflows.payment.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * WeChat's definite answer to a command: how the order stands, or a refusal. Where WeChat says that
 * the order's state does not allow it, that state is the answer.
 *
 * @param credential what the buyer confirms the order with, of a new one
 */
public record ServiceOrderAnswer(
    @Nullable ServiceOrderResult order,
    @Nullable PayCredential credential,
    @Nullable Refusal refusal) {
  public static ServiceOrderAnswer of(ServiceOrderResult order) {
    return new ServiceOrderAnswer(order, null, null);
  }

  public static ServiceOrderAnswer created(ServiceOrderResult order, PayCredential credential) {
    return new ServiceOrderAnswer(order, credential, null);
  }

  public static ServiceOrderAnswer refused(Refusal refusal) {
    return new ServiceOrderAnswer(null, null, refusal);
  }
}
